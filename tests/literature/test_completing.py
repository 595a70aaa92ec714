"""`manage.py complete_references`, against servers that answer, or do not."""

import json
import os
import socket
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from unittest import mock
from urllib.parse import unquote

from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import SimpleTestCase, TestCase, override_settings

from literature import crossref
from literature.crossref import Reference, Work, numbered
from literature.models import Study
from tests.factories import (
    create_citation,
    create_coating,
    create_precursor,
    create_study,
    create_temperature,
)

REVIEW = "10.1039/d5dt00526d"
UNKNOWN = {
    "title": "",
    "authors": [],
    "journal": "",
    "year": None,
    "volume": "",
    "pages": "",
    "metadata_confidence": "unknown",
}
KEPT = {"doi": "10.1000/kept", "title": "Lithium quinone films from vapor"}


def answer(message, status=200, **headers):
    body = {"status": "ok", "message-type": "work", "message": message}
    return status, headers, json.dumps(body).encode()


def work(doi, title, **more):
    """A message as Crossref documents it."""
    return {
        "DOI": doi,
        "type": "journal-article",
        "title": [title],
        "author": [
            {"given": "Emmy", "family": "Noether", "sequence": "first"},
            {"name": "The Film Consortium", "sequence": "additional"},
        ],
        "container-title": ["Journal of Testing"],
        "short-container-title": ["J. Test."],
        "published-print": {"date-parts": [[2016, 2]]},
        "issued": {"date-parts": [[2015, 12, 24]]},
        "volume": "7",
        "page": "11-19",
    } | more


def entry(number, **fields):
    return {"key": f"D5DT00526D/cit{number}", "doi-asserted-by": "publisher"} | fields


class Handler(BaseHTTPRequestHandler):
    """Answers by DOI; a function is called instead."""

    def do_GET(self):
        doi = unquote(self.path.removeprefix("/works/"))
        self.server.asked.append((doi, self.headers["User-Agent"]))
        found = self.server.answers.get(doi, (404, {}, b"Resource not found."))
        if callable(found):
            return found(self)
        status, headers, body = found
        self.send_response(status)
        for name, value in {**headers, "Content-Length": len(body)}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        return self.wfile.write(body)

    def log_message(self, *args):
        pass


@contextmanager
def serving(answers):
    """A server on this machine alone; its address, and whom it was asked for."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.answers, server.asked = answers, []
        server.handle_error = lambda *of: None  # that who asked has gone
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", server.asked
        finally:
            server.shutdown()
            thread.join()


class NumberTests(SimpleTestCase):
    def numbers(self, *keys):
        references = [Reference(key, Work()) for key in keys]
        lists, are_keys = numbered(references)
        return {n: [one.key for one in some] for n, some in lists.items()}, are_keys

    def test_numbers_stand_in_the_keys_of_most_publishers(self):
        for keys in (
            ("D5DT00526D/cit1", "D5DT00526D/cit2", "D5DT00526D/cit3"),
            ("C9CS00123A-(cit3)/*[position()=1]", "X-(cit1)/*[2]", "X-(cit2)/*[2]"),
            ("ref1/cit1", "ref2/cit2", "ref3/cit3"),
            ("1234_CR1", "1234_CR2", "1234_CR3"),
            ("b1", "b2", "b3"),
            ("ref001", "ref002", "ref003"),
        ):
            with self.subTest(keys):
                lists, are_keys = self.numbers(*keys)
                self.assertTrue(are_keys)
                self.assertEqual(list(lists), [1, 2, 3])
                [key] = lists[2]
                self.assertIn("2", key)

    def test_a_number_may_have_several_works(self):
        lists, _ = self.numbers("ref1/cit1a", "ref1/cit1b", "ref2/cit2")
        self.assertEqual(lists, {1: ["ref1/cit1a", "ref1/cit1b"], 2: ["ref2/cit2"]})

    def test_keys_that_do_not_count_from_1_leave_the_places(self):
        for keys in (("bib0005", "bib0010"), ("bib2", "bib3"), ("", "x")):
            with self.subTest(keys):
                lists, are_keys = self.numbers(*keys)
                self.assertFalse(are_keys)
                self.assertEqual(lists, {1: [keys[0]], 2: [keys[1]]})


@override_settings(CROSSREF_MAILTO="ada@example.org")
class CompletingTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.review = create_study(slug="review", kind="review", doi=REVIEW)
        cls.unknown = create_study(slug="ref-1", **UNKNOWN)
        cls.titled = create_study(
            slug="titled", **UNKNOWN | {"title": "Lithicone films", "year": 2016}
        )
        cls.known = create_study(slug="known", doi="10.1000/known")
        cls.twin = create_study(slug="ref-4", **UNKNOWN | {"curator_note": "A hint."})
        cls.kept = create_study(slug="kept", **KEPT, metadata_confidence="matched")
        for number, study in enumerate(
            [cls.review, cls.unknown, cls.titled, cls.known, cls.twin]
        ):
            create_citation(cls.review, number, study)

    def setUp(self):
        # A proxy of the environment is for the Internet.
        names = [name for name in os.environ if name.lower().endswith("_proxy")]
        self.enterContext(mock.patch.dict(os.environ))
        for name in names:
            del os.environ[name]

    def answers(self, **more):
        """What the server says, by DOI."""
        references = [
            entry(1, DOI="10.1000/ONE"),
            entry(2, **{"article-title": "Lithicone Films", "volume": "3"}),
            entry(3, DOI="10.1000/known"),
            entry(4, DOI="10.1000/kept"),
        ]
        message = work(REVIEW, "A review", reference=references)
        works = {
            REVIEW: answer(message),
            "10.1000/one": answer(
                work("10.1000/ONE", "Conformal films of TiO<sub>2</sub> on silicon")
            ),
            "10.1000/kept": answer(work("10.1000/kept", KEPT["title"])),
        }
        return works | more

    def complete(self, answers=None, *options, doi=REVIEW):
        """What the command says, and whom it asked for."""
        with serving(self.answers() if answers is None else answers) as (api, asked):
            output = StringIO()
            call_command("complete_references", doi, *options, api=api, stdout=output)
            return output.getvalue(), asked

    def refuse(self, message, answers=None, **more):
        """That a command with --write is refused, and writes nothing."""
        before = list(Study.objects.order_by("pk").values())
        with self.assertRaisesRegex(CommandError, message):
            self.complete(answers, "--write", **more)
        self.assertEqual(list(Study.objects.order_by("pk").values()), before)

    def refuse_review(self, message, found):
        self.refuse(message, self.answers(**{REVIEW: found}))

    def refuse_list(self, message, *entries):
        self.refuse_review(message, answer(work(REVIEW, "R", reference=[*entries])))

    # What it fills

    def test_a_work_that_only_a_number_names_gets_what_crossref_has(self):
        self.complete(None, "--write")
        self.unknown.refresh_from_db()
        study = self.unknown
        self.assertEqual(study.doi, "10.1000/one")
        self.assertEqual(study.title, "Conformal films of TiO2 on silicon")
        self.assertEqual(study.authors, ["Noether, Emmy", "The Film Consortium"])
        self.assertEqual(
            (study.journal, study.year, study.volume, study.pages),
            ("J. Test.", 2016, "7", "11–19"),
        )
        self.assertEqual(study.metadata_confidence, "crossref")
        self.assertIn("silicon", study.search_text)

    def test_it_says_first_what_it_would_fill_and_writes_nothing(self):
        before = list(Study.objects.order_by("pk").values())
        said, _ = self.complete()
        self.assertIn("- slug: ref-1\n  doi: 10.1000/one\n", said)
        self.assertIn("# ref-4 is the same work as kept", said)
        self.assertIn("Nothing was written yet.", said)
        self.assertEqual(list(Study.objects.order_by("pk").values()), before)

    def test_it_asks_once_for_each_work_that_lacks_anything_and_says_who_asks(self):
        self.complete()
        _, asked = self.complete()
        self.assertEqual(
            [doi for doi, _ in asked], [REVIEW, "10.1000/one", "10.1000/kept"]
        )
        self.assertEqual(
            {agent for _, agent in asked}, {"ASEI-DB/0.1 (mailto:ada@example.org)"}
        )

    def test_an_entry_without_a_doi_fills_what_it_has_itself(self):
        self.complete(None, "--write")
        self.titled.refresh_from_db()
        self.assertEqual(self.titled.title, "Lithicone films")  # as it was typed
        self.assertEqual((self.titled.volume, self.titled.doi), ("3", ""))

    def test_what_a_person_typed_or_checked_stands(self):
        checked = {"metadata_confidence": "verified", "volume": "99"}
        Study.objects.filter(pk=self.unknown.pk).update(**checked)
        self.complete(None, "--write")
        self.unknown.refresh_from_db()
        self.assertEqual(self.unknown.volume, "99")
        self.assertEqual(self.unknown.pages, "11–19")
        self.assertEqual(self.unknown.metadata_confidence, "verified")

    def test_a_second_run_finds_nothing_to_do(self):
        self.complete(None, "--write")
        said, asked = self.complete(None, "--write")
        self.assertIn("0 studies to fill, 0 to merge", said)
        self.assertNotIn("10.1000/one", [doi for doi, _ in asked])

    def test_a_work_that_crossref_does_not_have_is_left_and_named(self):
        answers = self.answers()
        del answers["10.1000/one"]
        said, _ = self.complete(answers, "--write")
        self.assertIn("# Ref. 1 is left: Crossref has no work with the DOI", said)
        self.assertEqual(Study.objects.get(slug="ref-1").doi, "")

    def test_what_contradicts_what_was_typed_is_left_and_named(self):
        for typed, said in (
            ({"doi": "10.1000/other"}, "Its DOI here is 10.1000/other"),
            ({"title": "Something else"}, "Its title here is “Something else”"),
            ({"year": 1999}, "Its year here is 1999"),
        ):
            with self.subTest(**typed):
                blank = {"doi": "", "title": "", "year": None}
                Study.objects.filter(pk=self.unknown.pk).update(**blank | typed)
                text, _ = self.complete()
                self.assertIn(f"# Ref. 1 is left: {said}", text)

    def test_several_works_under_one_number_are_left(self):
        message = work(
            REVIEW,
            "R",
            reference=[
                entry("1a", DOI="10.1000/one"),
                entry("1b", DOI="10.1000/two"),
                *(entry(number, DOI="10.1000/known") for number in (2, 3, 4)),
            ],
        )
        said, _ = self.complete(self.answers(**{REVIEW: answer(message)}))
        self.assertIn("# Ref. 1 is left: 2 works stand under this number.", said)

    def test_an_author_that_is_no_name_is_left_out_with_the_reason(self):
        odd = work("10.1000/one", "Films", author=[{"name": "J. Smith and A. Doe"}])
        said, _ = self.complete(self.answers(**{"10.1000/one": answer(odd)}), "--write")
        self.assertIn("# ref-1: left out is authors: ", said)
        study = Study.objects.get(slug="ref-1")
        self.assertEqual((study.title, study.authors), ("Films", []))

    def test_fields_of_other_shapes_are_taken_for_absent(self):
        odd = {
            "DOI": ["10.1000/one"],
            "title": {"en": "Films"},
            "author": ["Noether"],
            "container-title": "J. Test.",
            "issued": {"date-parts": [[None]]},
            "volume": 7,
            "page": None,
        }
        self.complete(self.answers(**{"10.1000/one": answer(odd)}), "--write")
        study = Study.objects.get(slug="ref-1")
        self.assertEqual((study.doi, study.title), ("10.1000/one", ""))

    # What it merges

    def test_two_studies_of_one_work_become_one(self):
        coating = create_coating(studies=[self.twin], source=self.review)
        read_in_it = create_coating(source=self.twin)
        self.complete(None, "--write")
        self.assertFalse(Study.objects.filter(slug="ref-4").exists())
        self.assertEqual(coating.studies.get(), self.kept)
        read_in_it.refresh_from_db()
        self.assertEqual(read_in_it.source, self.kept)
        self.assertEqual(self.review.references.get(number=4).study, self.kept)
        self.kept.refresh_from_db()
        self.assertEqual(self.kept.curator_note, "A hint.")

    def test_the_address_of_the_one_leads_to_the_other(self):
        self.complete(None, "--write")
        for old, new in (
            ("/studies/ref-4/", "/studies/kept/"),
            ("/studies/ref-4/cite.bib", "/studies/kept/cite.bib"),
            (
                "/api/v1/studies/ref-4/?format=ris",
                "/api/v1/studies/kept/?format=ris",
            ),
        ):
            with self.subTest(old):
                self.assertRedirects(
                    self.client.get(old), new, 301, fetch_redirect_response=False
                )
        self.assertEqual(Study.objects.get_by_natural_key("ref-4"), self.kept)

    def test_a_study_with_the_same_long_title_is_the_same_work(self):
        other = create_study(
            slug="other", title="Conformal films of TiO2 on silicon", year=2016, doi=""
        )
        said, _ = self.complete(None, "--write")
        self.assertIn("# ref-1 is the same work as other", said)
        other.refresh_from_db()
        self.assertEqual(other.doi, "10.1000/one")

    def test_two_numbers_of_one_work_become_one_study(self):
        references = [
            entry(number, DOI="10.1000/one" if number in (1, 4) else "10.1000/known")
            for number in (1, 2, 3, 4)
        ]
        message = work(REVIEW, "R", reference=references)
        Study.objects.filter(pk=self.titled.pk).update(doi="10.1000/known2")
        said, _ = self.complete(self.answers(**{REVIEW: answer(message)}), "--write")
        self.assertIn("# ref-4 is the same work as ref-1", said)
        self.assertEqual(self.unknown.citations.count(), 2)

    def test_a_merger_with_a_draft_is_refused(self):
        Study.objects.filter(pk=self.kept.pk).update(status="draft")
        self.refuse("kept is not published; publish it first")

    def test_a_merger_of_studies_that_say_the_same_thing_is_refused(self):
        precursor = create_precursor("TMA", source=self.review)
        for study in (self.twin, self.kept):
            create_temperature(precursor, "RT", source=study, is_typical=False)
        self.refuse("ref-4 and kept both have sublimation temperature TMA: RT")

    # What it refuses

    def test_no_server(self):
        with socket.socket() as unused:
            unused.bind(("127.0.0.1", 0))
            api = f"http://127.0.0.1:{unused.getsockname()[1]}"
            with self.assertRaisesRegex(CommandError, "cannot be reached"):
                call_command("complete_references", REVIEW, api=api)

    def test_an_address_that_is_none(self):
        for api in ("ftp://127.0.0.1", "nowhere", "http://"):
            with self.subTest(api), self.assertRaisesRegex(CommandError, "reached"):
                call_command("complete_references", REVIEW, api=api)

    def test_a_server_that_does_not_answer_in_time(self):
        done = threading.Event()

        def drip(handler):
            handler.send_response(200)
            handler.end_headers()
            while not done.wait(0.02):
                handler.wfile.write(b" ")

        for slow in (lambda handler: done.wait(5), drip):
            done.clear()
            with mock.patch.object(crossref, "SECONDS", 0.1):
                self.addCleanup(done.set)
                with serving({REVIEW: slow}) as (api, _):
                    with self.assertRaisesRegex(CommandError, "not answered within"):
                        call_command("complete_references", REVIEW, api=api)
                    done.set()

    def test_a_doi_that_crossref_does_not_have(self):
        self.refuse(f"no work with the DOI {REVIEW}", {})

    def test_a_server_that_asks_to_wait(self):
        for status, wait, said in (
            (429, {"Retry_After": "30"}, "429 Too Many Requests; try again after 30 s"),
            (503, {}, "503 Service Unavailable; try again later"),
            (500, {"Retry_After": "Wed, 01 Jan 2031"}, "after Wed, 01 Jan 2031"),
            (403, {}, "answers with 403 Forbidden"),
        ):
            with self.subTest(status):
                self.refuse_review(said, (status, wait, b""))

    def test_a_server_that_asks_to_wait_half_way(self):
        late = self.answers(**{"10.1000/one": (429, {"Retry_After": "5"}, b"")})
        self.refuse(r"after 5 s.*while asking for ref-1", late)

    def test_what_is_no_json(self):
        for body in (b"", b"<html>", b"\xff\xfe", b"[" * 100_000, b'{"message": {'):
            with self.subTest(body[:9]):
                self.refuse_review("is no JSON", (200, {}, body))

    def test_json_of_another_shape(self):
        for body in (b"[]", b"null", b'{"message": []}', b'{"status": "ok"}', b"7"):
            with self.subTest(body):
                self.refuse_review("is not of Crossref's shape", (200, {}, body))
        for references in ("10.1/a", ["10.1/a"], {"key": "1"}):
            with self.subTest(references):
                message = work(REVIEW, "R", reference=references)
                self.refuse_review("is not of Crossref's shape", answer(message))

    def test_an_answer_that_is_too_long(self):
        with mock.patch.object(crossref, "MOST_BYTES", 100):
            self.refuse("is too long")

    def test_a_review_without_a_reference_list(self):
        for message in (work(REVIEW, "R"), work(REVIEW, "R", reference=[])):
            self.refuse_review("has no reference list", answer(message))

    def test_numbers_that_do_not_fit(self):
        self.refuse_list("has 1 references, the list here goes up to 4", entry(1))
        self.refuse_list(
            "keys hold no numbers", *({"key": f"b{n}x{n}"} for n in range(5))
        )
        self.refuse_list(
            "refs 3 are others at Crossref",
            *(entry(number, DOI=f"10.1000/{number}") for number in (1, 2, 3, 4)),
        )

    def test_a_review_that_is_not_here_or_has_no_list(self):
        self.refuse("No study here has the DOI 10.1000/none", doi="10.1000/none")
        self.refuse("is no DOI", doi="review")
        self.refuse(
            "No numbered works",
            doi="10.1000/known",
            answers={
                "10.1000/known": answer(
                    work("10.1000/known", "K", reference=[entry(1)])
                )
            },
        )

    @override_settings(CROSSREF_MAILTO="")
    def test_nobody_to_write_to(self):
        self.refuse("Set CROSSREF_MAILTO")
