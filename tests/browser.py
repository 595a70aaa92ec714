"""The base class of tests that use the site in a real browser."""

import os

import pytest
from django.contrib.staticfiles.testing import StaticLiveServerTestCase
from django.core.servers.basehttp import ThreadedWSGIServer
from django.test.testcases import LiveServerThread

# Playwright keeps an event loop running in this thread, in which Django would refuse
# to query the database, although no test here is asynchronous.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}


class WaitingServer(ThreadedWSGIServer):
    """A server that, when closed, waits for its last request.

    A connection that the browser closes later would close its database connection
    in a thread that is no longer allowed to.
    """

    daemon_threads = False


class WaitingServerThread(LiveServerThread):
    server_class = WaitingServer


class BrowserTestCase(StaticLiveServerTestCase):
    """A test in Chromium on a live server, with an open `self.page`.

    It fails on whatever the browser complains about (script errors, violations of
    the content security policy, missing files, requests without an answer) and on
    requests to other servers. A test that provokes a complaint removes it from
    `self.complaints`.
    """

    server_thread_class = WaitingServerThread
    viewport = DESKTOP
    javascript = True
    color_scheme = "light"

    @pytest.fixture(autouse=True)
    def _browser(self, chromium):
        self.chromium = chromium

    def setUp(self):
        super().setUp()
        self.complaints = []
        self.page = self.new_page()

    def tearDown(self):
        super().tearDown()
        self.assertEqual(self.complaints, [])

    def new_page(self, **options):
        """A page in a window of its own; options as for Playwright's `new_page`."""
        page = self.chromium.new_page(
            **{
                "base_url": self.live_server_url,
                "viewport": self.viewport,
                "java_script_enabled": self.javascript,
                "color_scheme": self.color_scheme,
            }
            | options
        )
        self.addCleanup(page.close)
        page.on("console", self._note_message)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", self._note_request)
        page.on("requestfailed", self._note_failure)
        return page

    def _note_message(self, message):
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def _note_failure(self, request):
        # Whoever goes on to another page gives up what this one still loads.
        if request.failure != "net::ERR_ABORTED":
            self.complaints.append(f"{request.failure}: {request.url}")

    def _note_request(self, request):
        if not request.url.startswith((self.live_server_url, "data:", "blob:")):
            self.complaints.append(f"Request to another server: {request.url}")
