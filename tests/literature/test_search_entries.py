"""Search finds of the published records what a plain look into their texts finds."""

from unittest.mock import patch

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisTestCase

from asei_db.lib import deriving
from asei_db.lib.asked import Asked
from asei_db.lib.folding import searchable
from asei_db.lib.search import SHORT
from literature.kinds import Kind
from literature.models import Study
from literature.search_entries import (
    EVERYWHERE,
    Search,
    SearchEntry,
    SearchWord,
    asking,
    count_records,
    derivation,
)
from materials.models import Coating, Material
from materials.naming import TEXTS
from materials.search import SEARCHED, Everything, Hit, Matches, count_everything
from materials.search.lines import lines_of
from tests.curated import load_literature
from tests.factories import (
    create_coating,
    create_material,
    create_process,
    create_study,
)

KINDS = [kind for kind in Kind if kind != Kind.ELEMENT]
SIGNS = "al2oxé ß'\"%_\\*-–()|&:!<>^~.,;{}[]\t\n₂αﬁ\u0130\u200b"


def texts():
    """The text by which each published record is found, by kind and key."""
    deriving.flush()
    return {kind: dict(texts_of(kind)) for kind in KINDS}


def texts_of(kind):
    rows = kind.model.objects.published()
    for record in rows if kind == Kind.STUDY else rows.select_related("source"):
        is_stated = kind == Kind.STUDY or record.source.is_published
        others = [record.notes if is_stated else ""]
        if kind == Kind.SUBSTRATE:
            others.append(record.get_host_family_display())
        if kind == Kind.MEASUREMENT:
            others.append(record.get_property_display())
        if kind == Kind.FINDING:
            others.append(record.aspect_label)
        if kind == Kind.CYCLING_TEST and not record.coating_id:
            others.append("bare")
        if kind == Kind.PROCESS and not record.steps.exists():
            others.append("precursors not known")
        if kind == Kind.COATING and not record.substrate_id:
            others.append("various substrates")
        yield record.pk, record.search_text + searchable(" ".join(others))


def shown(text):
    """The kinds that a search finds, with their totals and first lines."""
    everything = Everything(text)
    return [(found.kind, found.total, found.lines) for found in everything.read_lines()]


def expected(texts, text):
    """The keys that Python finds; None where nothing is asked."""
    words = Asked.of(text).words
    if not words:
        return None if not text.strip() else set()
    parts = [word if len(word) >= SHORT else f" {word}" for word in words]
    return {key for key, one in texts.items() if all(part in one for part in parts)}


class CuratedTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_literature()
        cls.texts = texts()

    def assert_found(self, text, kinds=KINDS):
        for kind in kinds:
            found = kind.model.objects.search(text).values_list("pk", flat=True)
            with self.subTest(text=text, kind=kind.name):
                self.assertEqual(set(found), expected(self.texts[kind], text))

    def test_words_their_beginnings_and_what_is_inside_them_are_found(self):
        words = sorted(
            {w for of in self.texts.values() for t in of.values() for w in t.split()}
        )
        asked = words[::301]
        asked += [word[:2] for word in words[7::307]]
        asked += [word[1:-1] for word in words[11::311] if len(word) > 4]
        asked += [
            f"{one} {other[1:4]}"
            for one, other in zip(words[::613], words[5::613], strict=False)
        ]
        asked += [
            "al",
            "l",
            "li",
            "lif",
            "tma",
            "o3",
            "2",
            "ium",
            "ide",
            "al2o3 tma li",
        ]
        for number, text in enumerate(asked):
            self.assert_found(text, KINDS[number % len(KINDS) :][:3])

    def test_texts_are_read_where_very_many_words_have_a_word_inside(self):
        with patch.object(asking, "_MOST_WORDS", 2):
            for text in ("ium", "ide al", "ium ide"):
                self.assert_found(text)

    def test_many_records_are_found_as_few_are(self):
        texts = ("al2o3", "tin", "bare li", "silicon", "lithium oxide")
        with patch.object(asking, "FEW", 0):
            for text in ("li", "lif tma"):
                self.assert_found(text)
            many = [shown(text) for text in texts]
        few = [shown(text) for text in texts]
        self.assertEqual(many, few)
        self.assertGreater(len(many[0]), 3)

    def test_everything_is_found_kind_by_kind_as_lists_show_it(self):
        for text in ("lif", "2019", "sem", "conductivity"):
            totals = {found.kind: found.total for found in Everything(text).kinds}
            counts = {kind: len(expected(self.texts[kind], text)) for kind in KINDS}
            counts[Kind.STUDY] = (
                Study.objects.published().identified().search(text).count()
            )
            del counts[Kind.RECIPE]
            self.assertEqual(totals, {kind: n for kind, n in counts.items() if n})

    def test_slices_of_all_matches_make_the_whole(self):
        for most in (asking.FEW, 0):
            with patch.object(asking, "FEW", most):
                matches = Matches("lif")
                whole = list(matches)
                self.assertEqual(
                    len({(one.kind, one.key) for one in whole}), len(whole)
                )
                self.assertEqual(len(whole), len(matches))
                starts = range(0, len(matches), 7)
                pages = [matches[start : start + 7] for start in starts]
            self.assertEqual([line for page in pages for line in page], whole)

    def test_a_page_of_matches_takes_five_statements(self):
        # names, words, records that have them, and the lines of a page
        with self.assertNumQueries(3 + 1):
            self.assertEqual(len(Matches("lif")[:2]), 2)

    def test_a_line_calls_a_record_as_it_calls_itself(self):
        for kind in SEARCHED.values():
            records = list(kind.model.objects.published().for_list())
            hits = [Hit(kind, record.pk, ()) for record in records]
            with CaptureQueriesContext(connection) as queries:
                lines = lines_of(hits, Asked.of("unobtainium"))
            self.assertLessEqual(len(queries), 2)
            self.assertEqual(
                [(str(record), record.get_absolute_url()) for record in records],
                [
                    (lines[kind, record.pk].label, lines[kind, record.pk].address)
                    for record in records
                ],
            )

    def test_counts_are_those_of_the_lists(self):
        counts = {kind: len(self.texts[kind]) for kind in KINDS}
        counts[Kind.STUDY] = Study.objects.published().identified().count()
        self.assertEqual(count_records(), counts)
        self.assertLess(counts[Kind.STUDY], len(self.texts[Kind.STUDY]))
        with self.assertNumQueries(1):
            self.assertEqual(count_everything()["coating"], counts[Kind.COATING])

    def test_writing_entries_anew_changes_none(self):
        for kind in KINDS:
            for keys in deriving.batches(self.texts[kind]):
                self.assertEqual(derivation(kind, TEXTS[kind]).write(keys), 0)


class OddTextTests(HypothesisTestCase):
    @classmethod
    def setUpTestData(cls):
        source = create_study()
        for number, name in enumerate(
            [
                "Al₂O₃",
                "L'Oréal “100 %”",
                "a_b\\c",
                "OR NOT",
                "NEAR(x",
                "ﬁlm–α",
                "x" * 120,
            ]
        ):
            create_material(name, slug=f"m-{number}", source=source)
        cls.texts = texts()[Kind.MATERIAL]

    @settings(max_examples=150, deadline=None)
    @given(st.one_of(st.text(SIGNS, max_size=30), st.text(max_size=40)))
    def test_any_text_finds_what_python_finds(self, text):
        text = text.replace("\0", "").encode("utf-8", "ignore").decode()
        if len(Asked.of(text).words) > 40:
            return
        found = Material.objects.search(text).values_list("pk", flat=True)
        keys = expected(self.texts, text)
        self.assertEqual(set(found), set(self.texts) if keys is None else keys)

    def test_operators_and_very_long_words_are_words_like_others(self):
        for text in ("or not", "near", "x" * 120, "x" * 500, "a b c d e f g h i j"):
            with self.subTest(text[:20]):
                found = Material.objects.search(text).values_list("pk", flat=True)
                self.assertEqual(set(found), expected(self.texts, text))

    def test_a_word_of_any_length_can_be_stored(self):
        material = create_material("y" * 119, slug="y", synonyms=["ﷺ" * 300])
        found = Material.objects.search("y" * 119)
        self.assertEqual(list(found), [material])
        self.assertEqual(list(Material.objects.search("ص" * 2)), [])


class ChangeTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.study = create_study(title="Zirconium")
        cls.material = create_material("Alumina", source=cls.study)
        process = create_process(cls.material, studies=[cls.study], source=cls.study)
        cls.coating = create_coating(process, [cls.study], source=cls.study)

    def found(self, text):
        return {found.kind.name for found in Everything(text).kinds}

    def test_a_renamed_material_is_found_by_its_new_name_only(self):
        self.material.name = "Spinel"
        self.material.save()
        self.assertEqual(self.found("alumina"), set())
        self.assertEqual(self.found("pine"), {"MATERIAL", "PROCESS", "COATING"})

    def test_what_is_withdrawn_is_found_no_more(self):
        self.assertEqual(self.found("zirconium"), {"STUDY", "PROCESS", "COATING"})
        self.study.status = "draft"
        self.study.save()
        self.assertEqual(self.found("zirconium"), set())
        self.assertEqual(self.found("alumina"), set())
        self.assertEqual(set(count_records().values()), {0})
        self.study.status = "published"
        self.study.save()
        self.assertEqual(self.found("zirconium"), {"STUDY", "PROCESS", "COATING"})

    def test_what_is_deleted_is_found_no_more(self):
        self.coating.delete()
        self.assertEqual(self.found("alumina"), {"MATERIAL", "PROCESS"})
        self.assertEqual(count_records()[Kind.COATING], 0)

    def test_a_work_that_becomes_known_is_listed(self):
        work = create_study(title="", journal="", doi="", authors=["Skłodowska, M."])
        self.assertEqual(self.found("sklodowska"), set())
        self.assertEqual(list(Study.objects.search("sklodowska")), [work])
        count = count_records()[Kind.STUDY]
        work.title = "Polonium"
        work.save()
        self.assertEqual(self.found("sklodowska"), {"STUDY"})
        self.assertEqual(count_records()[Kind.STUDY], count + 1)

    def test_only_entries_that_change_are_written(self):
        deriving.flush()
        before = list(SearchEntry.objects.order_by("pk"))
        words = SearchWord.objects.count()
        with self.assertNumQueries(2):
            derivation(Kind.COATING, TEXTS[Kind.COATING]).write([self.coating.pk])
        self.assertEqual(list(SearchEntry.objects.order_by("pk")), before)
        self.assertEqual(SearchWord.objects.count(), words)

    def test_a_search_takes_two_statements_before_its_rows(self):
        deriving.flush()
        with self.assertNumQueries(3):  # words with it inside, few records; rows
            list(Coating.objects.search("alumina").order_by("pk"))
        with self.assertNumQueries(2):  # a short word is only at the start of words
            list(Coating.objects.search("al").order_by("pk"))
        # Nothing is found, by exact names neither: there are no rows to ask for.
        with self.assertNumQueries(2):
            list(Coating.objects.search("unobtainium").order_by("pk"))
        with self.assertNumQueries(0):
            list(Coating.objects.search("–"))

    def test_the_index_is_used(self):
        plan = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
        statement, parameters = Search("alumina")._select("rowid", EVERYWHERE)
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(f"{plan} {statement}", parameters)
            lines = " ".join(str(row) for row in cursor.fetchall())
        name = {
            "sqlite": "VIRTUAL TABLE INDEX",
            "postgresql": "literature_searchentry_words",
        }
        self.assertIn(name[connection.vendor], lines)
