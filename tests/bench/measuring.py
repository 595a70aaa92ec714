"""Asks targets in turns, and says what each answer cost the server."""

import time
from itertools import cycle
from statistics import median

ROUNDS = 5
_LONGEST_S = 60  # that an answer is waited for
_SLOW_S = 2  # of CPU, from which on an answer is asked for once, and no more
_SECONDS = 0.4  # of one target in one round
_MOST = 20  # requests of one target in one round


class Asker:
    """Asks one server over one connection, which is opened anew where it broke."""

    def __init__(self, server):
        self.server, self.connection, self.count = server, None, 0

    def ask(self, address, *, host=None, gzip=False, tag=None):
        """What an answer was: status, bytes, seconds to its first byte and its last.

        Status 0 is no answer: none in time, or the connection was closed.
        """
        if self.connection is None:
            self.connection = self.server.connect(_LONGEST_S)
        headers = {"Accept-Encoding": "gzip" if gzip else "identity"}
        if host:
            headers["Host"] = host
        if tag:
            headers["If-None-Match"] = tag
        start = time.monotonic()
        try:
            self.connection.request("GET", address, headers=headers)
            response = self.connection.getresponse()
            body_start = response.read(1)
            first = time.monotonic() - start
            count, chunk = len(body_start), body_start
            kept = [chunk] if len(body_start) else []
            while chunk := response.read(1 << 20):
                count += len(chunk)
                if count < 1 << 22:  # an export is not kept
                    kept.append(chunk)
        except OSError:
            self.close()
            return Answer(0, 0, None, time.monotonic() - start, b"", None)
        last = time.monotonic() - start
        if response.will_close:
            self.close()
        tag = response.headers.get("ETag")
        return Answer(response.status, count, first, last, b"".join(kept), tag)

    def new_host(self):
        """A name of the site that nobody has asked for yet."""
        self.count += 1
        return f"b{self.count}.localhost"

    def close(self):
        if self.connection:
            self.connection.close()
        self.connection = None


class Answer:
    def __init__(self, status, size, first_byte_s, seconds, body, tag):
        self.status, self.size, self.tag = status, size, tag
        self.first_byte_s, self.seconds, self.body = first_byte_s, seconds, body


class Measured:
    """All samples of one target."""

    def __init__(self, target, addresses):
        self.target, self.count = target, len(addresses)
        self.addresses = cycle(addresses)
        self.first_address = addresses[0]
        self.samples, self.requests, self.tag = [], 0, None
        self.status = self.size = self.growth = self.first_byte_s = None
        self.is_slow = False

    def warm_up(self, asker):
        """Ask once; of what is slow, or no answer, this is the only sample."""
        sample = self._sample(asker, 1)
        self.growth = sample["growth"]
        if self.status not in (200, 304) or sample["cpu_s"] > _SLOW_S:
            self.is_slow = True
            self.samples.append(sample)
        if self.status == 0:
            asker.server.restart()  # it may still be at work

    def measure(self, asker):
        if not self.is_slow:
            self.samples.append(self._sample(asker, _MOST))

    def _sample(self, asker, most):
        """CPU and wall seconds an answer, over as many as fit the time."""
        target, processes = self.target, asker.server.processes
        asker.close()  # the server ends connections that are idle for long
        if target.again:
            self._ask(asker)  # so that it is kept by the worker that is now asked
        processes.forget_peak()
        memory = processes.memory()
        used, start, count, firsts = processes.cpu(), time.monotonic(), 0, []
        while count < most and (count == 0 or time.monotonic() - start < _SECONDS):
            answer = self._ask(asker)
            count += 1
            self.status, self.size = answer.status, answer.size
            if answer.first_byte_s is not None:
                firsts.append(answer.first_byte_s)
            if answer.status == 0:
                break
        wall = (time.monotonic() - start) / count
        cpu = (processes.cpu() - used) / count
        peak = processes.peak()
        grown = max(
            (peak[pid] - memory[pid] for pid in peak if pid in memory), default=0
        )
        self.requests += count
        if firsts:
            self.first_byte_s = median(firsts)
        return {"cpu_s": cpu, "wall_s": wall, "growth": grown}

    def _ask(self, asker):
        target = self.target
        answer = asker.ask(
            next(self.addresses),
            host=asker.new_host() if target.of == "site" and not target.again else None,
            gzip=target.gzip,
            tag=self.tag if target.again == "known" else None,
        )
        self.tag = answer.tag or self.tag
        return answer

    def result(self):
        """The medians, as JSON."""
        cpu = sorted(sample["cpu_s"] for sample in self.samples)
        wall = [sample["wall_s"] for sample in self.samples]
        return {
            "address": self.first_address,
            "status": self.status,
            "cpu_ms": round(1000 * median(cpu), 3),
            "cpu_ms_low": round(1000 * cpu[0], 3),
            "cpu_ms_high": round(1000 * cpu[-1], 3),
            "wall_ms": round(1000 * median(wall), 3),
            "first_byte_ms": self.first_byte_s and round(1000 * self.first_byte_s, 2),
            "bytes": self.size,
            "growth_mb": round(
                max([self.growth, *(one["growth"] for one in self.samples)]) / 2**20, 1
            ),
            "requests": self.requests,
        }


def measure(measured, askers, rounds=ROUNDS):
    """Ask all targets in turns: warm each up, then every one once a round."""
    for one in measured:
        one.warm_up(askers[one.target.of])
    for _ in range(rounds):
        for one in measured:
            one.measure(askers[one.target.of])
