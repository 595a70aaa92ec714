"""What is measured within a process of the site: started by the bench, prints JSON.

python -m tests.bench.inside NAME [ARGUMENT]
"""

import csv
import json
import os
import signal
import sys
import time
from collections import Counter
from contextlib import contextmanager

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "asei_db.settings")
    django.setup()

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Count
from django.test import Client
from django.test.utils import CaptureQueriesContext

from asei_db.lib import deriving
from literature.models import Study
from literature.recorded import Recorded
from materials.generating import COMMON_WORD, RARE_WORD
from materials.generating.tables import Table
from materials.models import Coating, CyclingTest, Material
from tests.bench import flat
from tests.bench.processes import Processes

_SECONDS_FOR_ONE = 30


def count_studies(_):
    return Study.objects.count()


def facts(_):
    """What addresses are made of: the records that are used most, and others."""
    coatings = Coating.objects.published()
    films = Material.objects.annotate(uses=Count("processes__coatings"))
    tested = CyclingTest.objects.published().exclude(coating=None)
    with_control = tested.exclude(control=None)
    processes = Coating.objects.values("process__slug").annotate(uses=Count("pk"))
    return {
        "coatings": coatings.count(),
        "common": COMMON_WORD,
        "rare": RARE_WORD,
        "material": films.order_by("-uses", "pk").values_list("slug", flat=True)[0],
        "process": processes.order_by("-uses", "process")[0]["process__slug"],
        "studies": Study.objects.published().count(),
        "plotted": list(
            with_control.order_by("pk").values_list("coating__slug", flat=True)[:40]
        ),
        "tests": list(with_control.order_by("pk").values_list("slug", flat=True)[:40]),
        "slugs": list(coatings.order_by("pk").values_list("slug", flat=True)[:40]),
        "works": list(
            Study.objects.published().order_by("pk").values_list("slug", flat=True)[:40]
        ),
        "database": ".".join(map(str, _version())),
    }


def _version():
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        return connection.Database.sqlite_version_info
    return divmod(connection.pg_version, 10000)


def statements(addresses):
    """By address, the number of SQL statements of an answer, and of repeated ones."""
    client, counts = Client(raise_request_exception=False), {}
    for number, address in enumerate(json.loads(addresses)):
        host = f"statements{number}.localhost"
        with CaptureQueriesContext(connection) as asked, _at_most(_SECONDS_FOR_ONE):
            response = client.get(address, headers={"host": host})
            if response.streaming:
                list(response.streaming_content)
        asked = Counter(query["sql"] for query in asked.captured_queries)
        counts[address] = [
            asked.total(),
            sum(count - 1 for count in asked.values() if count > 1),
        ]
    return counts


@contextmanager
def _at_most(seconds):
    """Ends what takes longer; what it did so far counts."""

    def stop(*_):
        raise TimeoutError

    signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    except TimeoutError:
        connection.close()
    finally:
        signal.alarm(0)


def raw(_):
    """The rows of the flat table by SQL to a csv writer: how many, and CPU seconds."""
    used = _cpu()
    with open(os.devnull, "w") as file:  # noqa: PTH123 - no file
        writer = csv.writer(file)
        writer.writerow(flat.names())
        count = 0
        for row in flat.rows():
            writer.writerow(row)
            count += 1
    return {"rows": count, "cpu_s": used(), "bytes": None}


def publish(_):
    """Publishing one study with two coatings, and all that is derived: taken back."""
    study = (
        Study.objects.annotate(count=Count("coatings"))
        .filter(status="draft", count__gte=1)
        .order_by("-count", "pk")
        .first()
    )
    if study is None:
        return None
    times = []
    for _ in range(3):
        with transaction.atomic():
            used, start = _cpu(), time.monotonic()
            with deriving.batch():
                study.status = "published"
                study.save()
            times.append((used(), time.monotonic() - start))
            transaction.set_rollback(True)
        study.status = "draft"
    cpu, wall = sorted(times)[1]
    return {"study": study.slug, "cpu_s": cpu, "wall_s": wall}


def derive(_):
    """Everything from scratch: rows, and CPU seconds."""
    rows = {}

    def report(derivation, done, total):
        rows[derivation.name] = total

    used = _cpu()
    deriving.derive_all(stages=(1, 2), report=report)
    return {"rows": sum(rows.values()), "cpu_s": used()}


def plain(_):
    """Writing the rows of the literature as they are, in place of themselves."""
    models = [
        model
        for model in apps.get_models(include_auto_created=True)
        if issubclass(model, Recorded) or _is_link(model)
    ]
    with transaction.atomic():
        tables = [_copied(model) for model in models]
        with connection.cursor() as cursor:
            for table in tables:
                cursor.execute(f"DELETE FROM {table.into.partition(' ')[0]}")  # noqa: S608
        used = _cpu()
        for table in tables:
            table.write()
        spent = used()
        transaction.set_rollback(True)
    return {"rows": sum(table.count for table in tables), "plain_s": spent}


def _is_link(model):
    owner = model._meta.auto_created
    return bool(owner) and issubclass(owner, Recorded)


def _copied(model):
    """A `Table` in which all rows of a model wait to be written."""
    names = [field.attname for field in model._meta.concrete_fields]
    table = Table(model, *names)
    columns = table.into.partition(" ")[2].strip("()")
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {columns} FROM {table.into.partition(' ')[0]}"  # noqa: S608
        )
        table.rows = cursor.fetchall()
    return table


def _cpu():
    """A function that says the CPU since now: of this process, and its backend."""
    connection.ensure_connection()
    processes = [os.getpid()]
    if connection.vendor == "postgresql":
        processes.append(connection.connection.info.backend_pid)
    measured = Processes(processes)
    before = measured.cpu()
    return lambda: measured.cpu() - before


def flat_table(path):
    flat.write(path)
    return path


if __name__ == "__main__":
    name, *arguments = sys.argv[1:]
    sys.stdout.write(json.dumps(globals()[name](*arguments or [None])))
