"""A Python client made from the API's schema, by `make api-check`."""

import importlib
import pkgutil
import subprocess
import sys
import tempfile
from pathlib import Path

from django.conf import settings
from django.test import LiveServerTestCase

from tests.curated import load_literature

SCHEMA = settings.BASE_DIR / "api" / "openapi.yaml"
#: Parameters of the lists that need some.
NEEDED = {
    "consensus": {"material": ["al2o3"]},
    "planner": {"source_temperature_limit_celsius": 60.0},
    "search": {"q": "lithium"},
}


class ClientTests(LiveServerTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        config = Path(folder.name, "config.yaml")
        config.write_text("post_hooks: []")
        subprocess.run(
            [
                *(Path(sys.executable).with_name("openapi-python-client"), "generate"),
                *("--path", SCHEMA, "--output-path", f"{folder.name}/asei_client"),
                *("--config", config, "--meta", "none", "--fail-on-warning"),
            ],
            check=True,
        )
        sys.path.insert(0, folder.name)
        cls.addClassCleanup(sys.path.remove, folder.name)

    def setUp(self):
        load_literature()

    def operations(self, ending):
        """Each operation of that ending, by the name of its resource."""
        api = importlib.import_module("asei_client.api")
        for resource in pkgutil.iter_modules(api.__path__):
            package = importlib.import_module(f"{api.__name__}.{resource.name}")
            for module in pkgutil.iter_modules(package.__path__):
                if module.name.endswith(ending):
                    operation = f"{package.__name__}.{module.name}"
                    yield resource.name, importlib.import_module(operation)

    def test_it_reads_every_list_and_every_kind_of_item(self):
        client = importlib.import_module("asei_client").Client(self.live_server_url)
        self.enterContext(client)
        slugs = {}
        for name, operation in self.operations("_list"):
            with self.subTest(name):
                query = NEEDED.get(name, {})
                first = operation.sync(client=client, page_size=1000, **query)
                self.assertGreater(first.count, 0)
                self.assertEqual(len(first.results), min(first.count, 1000))
                if name != "consensus":  # which has no items of its own
                    slugs[name] = first.results[0].slug
        self.assertEqual(len(slugs), 15)
        for name, operation in self.operations("_retrieve"):
            if name in slugs:
                with self.subTest(item=name):
                    item = operation.sync(slugs[name], client=client)
                    self.assertEqual(item.slug, slugs[name])
