"""A script in a page of another site reads what the API and its files answer."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from tests.browser import BrowserTestCase
from tests.factories import create_coating, create_precursor

FETCH = """async ([address, options]) => {
    const answer = await fetch(address, options)
    return [answer.status, await answer.text(), Object.fromEntries(answer.headers)]
}"""


class Elsewhere(BaseHTTPRequestHandler):
    """A site of one empty page."""

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()

    def log_message(self, *args):
        pass


class OtherSiteTests(BrowserTestCase):
    def setUp(self):
        super().setUp()
        create_coating(slug="one")
        precursor = create_precursor("H2O", smiles="O", identifiers_source="a book")
        self.structure = precursor.get_structure_url()
        server = ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere)
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        Thread(target=server.serve_forever).start()
        self.page.goto(f"http://127.0.0.1:{server.server_port}/")

    def fetch(self, path, **options):
        return self.page.evaluate(FETCH, [f"{self.live_server_url}{path}", options])

    def test_everything_that_programs_are_offered_can_be_read_from_elsewhere(self):
        own_id = {"X-Request-ID": "mine", "Cache-Control": "no-cache"}  # a preflight
        for path, options, status, words in [
            ("/api/v1/coatings/", {}, 200, '"slug":"one"'),
            ("/api/v1/coatings", {}, 200, '"slug":"one"'),  # by a redirect
            ("/api/v1/coatings/", {"headers": own_id}, 200, '"slug":"one"'),
            ("/api/v1/coatings", {"headers": own_id}, 200, '"slug":"one"'),
            ("/api/v1/coatings/?format=csv", {}, 200, "thickness"),
            ("/api/v1/coatings/?nope=1", {}, 400, "Unknown parameter"),
            ("/api/v1/coatings/", {"method": "POST", "body": "x"}, 405, "POST"),
            ("/api/v1/coatings/", {"method": "HEAD"}, 200, ""),
            ("/api/v9/", {"headers": own_id}, 404, "/api/v1/"),
            ("/coatings/table.csv", {}, 200, "Material"),
            (self.structure, {}, 200, "<svg"),
        ]:
            with self.subTest(path, options=options):
                found, text, headers = self.fetch(path, **options)
                self.assertEqual(found, status)
                self.assertIn(words, text)
                self.assertIn("x-request-id", headers)
                if "headers" in options:
                    self.assertEqual(headers["x-request-id"], "mine")
                if "csv" in path:
                    self.assertIn(".csv", headers["content-disposition"])
                if "svg" in path:
                    self.assertIn("etag", headers)
        # Neither the page elsewhere nor a refusal is a fault.
        expected = ("Request to another server", "Failed to load resource")
        self.complaints = [
            one for one in self.complaints if not one.startswith(expected)
        ]

    def test_a_page_for_people_cannot_be_read_from_elsewhere(self):
        with self.assertRaisesRegex(Exception, "Failed to fetch"):
            self.fetch("/coatings/")
        self.assertIn("CORS", " ".join(self.complaints))
        self.complaints.clear()
