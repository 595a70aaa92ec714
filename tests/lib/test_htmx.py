from django.http import HttpResponse
from django.test import RequestFactory, SimpleTestCase
from django.views.generic import TemplateView
from django_htmx.middleware import HtmxMiddleware

from asei_db.lib.htmx import HtmxPartialMixin


class PageView(HtmxPartialMixin, TemplateView):
    template_name = "page.html"
    partial_template_name = "_rows.html"

    def response_class(self, template, **kwargs):
        return HttpResponse(template[0])


class HtmxPartialTests(SimpleTestCase):
    def get(self, **headers):
        request = RequestFactory().get("/", headers=headers)
        return HtmxMiddleware(PageView.as_view())(request)

    def test_a_browser_gets_the_page_and_htmx_the_partial(self):
        self.assertEqual(self.get().content, b"page.html")
        self.assertEqual(self.get(hx_request="true").content, b"_rows.html")

    def test_boosted_links_and_restored_history_get_the_page(self):
        for header in ("hx_boosted", "hx_history_restore_request"):
            with self.subTest(header):
                response = self.get(hx_request="true", **{header: "true"})
                self.assertEqual(response.content, b"page.html")

    def test_caches_keep_them_apart(self):
        self.assertIn("HX-Request", self.get()["Vary"])
