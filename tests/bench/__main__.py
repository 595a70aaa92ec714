"""Measures, and writes var/bench/*.json and docs/performance.md.

python -m tests.bench [--sizes 1e3,1e5] [--databases sqlite] [--only WORDS] [--keep DIR]
"""

import argparse
import json
import re
import resource
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from statistics import median

import psycopg

from tests.bench import servers
from tests.bench.measuring import Asker, Measured, measure
from tests.bench.processes import Processes
from tests.bench.report import render
from tests.bench.targets import TARGETS, World
from tests.run import ROOT

RESULTS = ROOT / "var" / "bench"
DATABASES = ("sqlite", "postgresql")
CURATED = "curated"  # a size: today's literature
LARGEST = 1_000_000
_LONGEST_S = 4 * 60 * 60  # that any program may take


def main():
    options = _options()
    RESULTS.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        directory = Path(
            options.keep or stack.enter_context(tempfile.TemporaryDirectory())
        ).resolve()
        directory.mkdir(parents=True, exist_ok=True)
        _run(
            "collectstatic", "--no-input", "--verbosity=0", environment=_own(directory)
        )
        for vendor in options.databases:
            with _databases(vendor, directory / vendor) as databases:
                for size in options.sizes:
                    bench = Bench(vendor, size, directory / vendor, databases)
                    bench.run(options.only, options.rounds)
    render(RESULTS, ROOT / "docs")
    say(f"docs/performance.md holds what {RESULTS.relative_to(ROOT)} says.")


def _options():
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("--sizes", type=_sizes, default=_sizes("curated,1e3,1e4,1e5"))
    parser.add_argument("--databases", type=_databases_named, default=DATABASES)
    parser.add_argument("--only", default="", help="targets whose names hold this")
    parser.add_argument("--rounds", type=int, choices=range(1, 51), default=5)
    parser.add_argument("--keep", help="where databases are kept for the next time")
    return parser.parse_args()


def _sizes(text):
    sizes = text.split(",")
    for size in sizes:
        if size != CURATED and not (
            re.fullmatch(r"1e[1-6]", size) and float(size) <= LARGEST
        ):
            raise argparse.ArgumentTypeError(
                f"“{size}” is none: say 1e3, 1e6, curated."
            )
    return sizes


def _databases_named(text):
    names = text.split(",")
    if unknown := set(names) - {*DATABASES}:
        raise argparse.ArgumentTypeError(f"There is no “{unknown.pop()}”.")
    return names


@contextmanager
def _databases(vendor, directory):
    """The databases of one server, which is stopped at the end."""
    directory.mkdir(parents=True, exist_ok=True)
    if vendor == "sqlite":
        yield Files(directory)
    else:
        with servers.postgresql(directory / "data") as (url_of, pid):
            yield Databases(url_of, pid)


class Files:
    """Databases of SQLite, each a file."""

    processes = ()

    def __init__(self, directory):
        self.directory = directory

    def url(self, name):
        return f"sqlite:///{self.directory / name}.sqlite3"

    def make(self, name):
        """Make a new one in place of an old one."""
        for file in self.directory.glob(f"{name}.sqlite3*"):
            file.unlink()


class Databases:
    """Databases of PostgreSQL."""

    def __init__(self, url, pid):
        self.url, self.processes = url, (pid,)

    def make(self, name):
        """Make a new one in place of an old one."""
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}"')
            connection.execute(f'CREATE DATABASE "{name}"')


class Bench:
    """One size on one database."""

    def __init__(self, vendor, size, directory, databases):
        self.name = f"{vendor}-{size}"
        self.vendor, self.size, self.databases = vendor, size, databases
        self.others = databases.processes
        self.directory = directory / size
        self.directory.mkdir(exist_ok=True)
        self.environment = servers.site_environment(databases.url(size), self.directory)
        self.file = RESULTS / f"{self.name}.json"
        self.flat = self.directory / "flat.db"

    def run(self, only, rounds):
        say(f"{self.name}: the database")
        operations = self._old().get("operations", {})
        operations |= self._make_database()
        facts = self._inside("facts")
        with ExitStack() as stack:
            running = self._servers(stack, operations)
            site = running["site"]
            asker = Asker(site)

            def get(address):
                answer = asker.ask(address)
                return answer.status, answer.body

            world = World(facts, get)
            chosen = [
                (target, addresses)
                for target in TARGETS
                if only.lower() in target.name.lower()
                and target.of in running
                and (addresses := target.addresses(world))
            ]
            asker.close()
            measured = [Measured(*one) for one in chosen]
            say(f"{self.name}: {len(measured)} targets, {rounds} rounds")
            measure(
                measured, {name: Asker(one) for name, one in running.items()}, rounds
            )
        targets = {one.target.name: one.result() for one in measured}
        self._count_statements(targets)
        if not only:
            operations |= self._operations()
        self._write(facts, targets, operations)

    def _make_database(self):
        """What it took to make it; nothing where it is there and current."""
        is_current = self._manage("migrate", "--check", check=False).returncode == 0
        if is_current and self._inside("count_studies"):
            return {}
        self.databases.make(self.size)
        self.flat.unlink(missing_ok=True)
        self._manage("migrate", "--verbosity=0")
        if self.size == CURATED:
            spent = self._cpu_of("load_literature")
            self._manage("derive")
            return {"import": {"cpu_s": spent, **self._inside("plain")}}
        started = time.monotonic()
        lines = self._manage("generate_literature", f"--coatings={self.size}").stdout
        rows, seconds, database = re.search(
            r"([\d,]+) rows in ([\d.]+) s, of which the database took ([\d.]+) s", lines
        ).groups()
        return {
            "generate": {
                "rows": int(rows.replace(",", "")),
                "wall_s": float(seconds),
                "database_s": float(database),
                "derived_s": round(time.monotonic() - started - float(seconds), 1),
            }
        }

    def _servers(self, stack, operations):
        """The servers by name; without Datasette where it is not installed."""
        kept = self.directory / "bytes.gz"
        environment = self.environment | {"BENCH_BYTES": str(kept)}
        starts = {
            "site": servers.gunicorn(),
            "limit": servers.gunicorn("tests.bench.limit:application"),
        }
        if find_spec("datasette"):
            if not self.flat.exists():
                self._inside("flat_table", str(self.flat))
            starts["datasette"] = [
                *(sys.executable, "-m", "datasette", "serve", str(self.flat)),
                *("--host", "127.0.0.1", "--port", "PORT"),
                *("--setting", "sql_time_limit_ms", "60000"),
                *("--setting", "facet_time_limit_ms", "60000"),
                *("--setting", "max_csv_mb", "0"),
            ]
        else:
            say("Datasette is not installed: pip install .[bench] compares with it.")
        running = {}
        for name, arguments in starts.items():
            of_database = () if name == "datasette" else self.others
            server = servers.Server(
                name, arguments, environment, self.directory, of_database
            )
            used = Processes(self.others).cpu() if self.others else 0
            server.start()
            stack.callback(server.stop)
            running[name] = server
            if name == "site":
                operations["start"] = {
                    "cpu_s": server.processes.cpu() - used,
                    "worker_mb": max(server.processes.memory().values()) / 2**20,
                }
        answer = Asker(running["site"]).ask("/api/v1/coatings/", gzip=True)
        kept.write_bytes(answer.body)
        return running

    def _count_statements(self, targets):
        addresses = [
            targets[target.name]["address"]
            for target in TARGETS
            if target.name in targets and target.of == "site" and not target.again
            if not targets[target.name]["cpu_ms"] > 20_000
        ]
        counts = self._inside("statements", json.dumps(addresses))
        for target in TARGETS:
            if target.name in targets and target.of == "site" and not target.again:
                found = counts.get(targets[target.name]["address"])
                if found:
                    one = targets[target.name]
                    one["statements"], one["repeated_statements"] = found

    def _operations(self):
        say(f"{self.name}: raw SQL, publishing")
        samples = [self._inside("raw") for _ in range(3)]
        found = {"raw": samples[0] | {"cpu_s": median(s["cpu_s"] for s in samples)}}
        if published := self._inside("publish"):
            found["publish"] = published
        if self.size != CURATED and float(self.size) <= 1e4:
            found["derive"] = self._inside("derive")
        return found

    def _old(self):
        return json.loads(self.file.read_text()) if self.file.exists() else {}

    def _write(self, facts, targets, operations):
        old = self._old()
        result = {
            "vendor": self.vendor,
            "size": self.size,
            "measured": datetime.now(UTC).isoformat(timespec="minutes"),
            "facts": {
                name: facts[name] for name in ("coatings", "studies", "database")
            },
            "targets": old.get("targets", {}) | targets,
            "operations": operations,
        }
        self.file.write_text(json.dumps(result, indent=1) + "\n")

    def _manage(self, *arguments, check=True):
        return _run(*arguments, environment=self.environment, check=check)

    def _cpu_of(self, *arguments):
        """Seconds of CPU that a command takes, and PostgreSQL for it."""

        def spent():
            children = resource.getrusage(resource.RUSAGE_CHILDREN)
            return children.ru_utime + children.ru_stime + others.cpu()

        others = Processes(self.others)
        before = spent()
        self._manage(*arguments)
        return spent() - before

    def _inside(self, *arguments):
        command = [sys.executable, "-m", "tests.bench.inside", *arguments]
        return json.loads(_ended(command, self.environment).stdout)


def _own(directory):
    return servers.site_environment("sqlite://:memory:", directory)


def _run(*arguments, environment, check=True):
    """`manage.py` with these arguments, ended; its own limits are lifted."""
    command = [sys.executable, "manage.py", *arguments, "--skip-checks"]
    return _ended(command, environment | {"STATEMENT_TIMEOUT_SECONDS": "0"}, check)


def _ended(command, environment, check=True):
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=_LONGEST_S,
    )
    if check and done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stderr[-2000:]}")
    return done


def say(line):
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
