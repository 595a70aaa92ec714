"""Made-up studies, and reviews that cite them."""

import json
from dataclasses import dataclass, field

from literature.choices import ExtentRead, MetadataConfidence, StudyKind, StudyStatus
from literature.models import ReviewCitation, Study
from materials.generating.drawing import (
    found_by,
    sorted_as,
    words_of,
    zipf,
)
from materials.generating.tables import Table

#: Stands in the titles of at most five studies of a base, however large it is.
RARE_WORD = "quokkaline"
_TOPICS = (
    "stable interphases",
    "conformal growth",
    "protected cathodes",
    "lithium plating",
    "sodium anodes",
    "zinc anodes",
    "ionic conduction",
    "molecular layers",
    "transition-metal dissolution",
    "gas evolution",
    "high-voltage cycling",
    "solid electrolytes",
    "powder beds",
    "spatial reactors",
    "hybrid films",
    "wetting of garnets",
    "self-limited reactions",
    "in situ spectroscopy",
    "thermal runaway",
    "fast charging",
)
_SYLLABLES = (
    *("za", "vo", "re", "ni", "mu", "ka", "lo", "ti", "se", "du", "pha", "gro", "bel"),
    *("wyn", "tor", "esk", "ush", "ing", "oma"),
)
_AUTHORS_OF_ONE = (1, 2, 3, 4, 5, 6, 8)
#: What is not published of a hundred studies, by place.
_STATUSES = {
    33: StudyStatus.DRAFT,
    66: StudyStatus.DRAFT,
    99: StudyStatus.IN_REVIEW,
}
_UNIDENTIFIED = 17  # one of fifty is, by place
_CITED_BY_ONE = 40  # works that a review cites


@dataclass
class Studies:
    """What values need of the studies: by place in the list, from 0.

    `source` and `works` say where a value of a study was read, and which primary works
    it then names.
    """

    keys: range
    reviews: range
    is_published: list = field(default_factory=list)
    texts: list = field(default_factory=list)

    def words(self, place):
        return self.texts[place].split()

    def found(self, own, related, works):
        """Search texts of a value: of what is public, and of its draft works."""
        public = [self.words(work) for work in works if self.is_published[work]]
        drafts = [self.words(work) for work in works if not self.is_published[work]]
        return found_by(own, (*related, *public)), found_by((), drafts)


def write_studies(draws, tables):
    """Write N/2 studies, 1 % of them reviews and 3 % not published."""
    table = tables.add(
        Table(
            Study,
            *("id", "slug", "doi", "title", "authors", "journal", "year", "volume"),
            *("pages", "kind", "metadata_confidence", "extent_read", "notes", "status"),
            *("search_text", "title_sort_key", "journal_sort_key"),
        )
    )
    count = max(4, draws.coatings // 2)
    first = table.first_key
    studies = Studies(range(first, first + count), range(max(1, count // 100)))
    rare = {count * fifth // 5 + 1 for fifth in range(5)}
    columns = zip(
        studies.keys,
        draws.endless("topics", _TOPICS, zipf(len(_TOPICS))),
        draws.endless("further topics", _TOPICS),
        draws.pool("author lists", _author_list(draws), factor=8, least=30),
        draws.endless("journals", *_journals(draws)),
        draws.pool("facts of studies", _facts, factor=8, least=100),
        strict=False,
    )
    for place, (key, topic, other, authors, journal, facts) in enumerate(columns):
        year, volume, pages, has_doi, confidence, extent = facts
        is_known = place % 50 != _UNIDENTIFIED
        status = _STATUSES.get(place % 100, StudyStatus.PUBLISHED)
        is_review = place in studies.reviews
        number, begin = str(key), f"Made-up {'review' if is_review else 'study'}"
        end = f"of {topic}" if topic == other else f"of {topic} and {other}"
        if place in rare:
            end = f"{end} with {RARE_WORD}"
            status, is_known = StudyStatus.PUBLISHED, True
        title = f"{begin} {number} {end}"
        doi = f"10.5555/made-up.{number}" if has_doi else ""
        if is_review:
            status = StudyStatus.PUBLISHED
        elif not is_known:  # nothing but the number under which a review cites it
            title = doi = journal = volume = pages = number = begin = end = ""
            authors, year, confidence = ("[]", ()), None, MetadataConfidence.UNKNOWN
        own = [
            *words_of(begin),
            number,
            *words_of(end),
            *authors[1],
            *words_of(journal),
        ]
        if doi:  # as `searchable` parts it, in a tenth of the time
            own += ["105555", "10", "5555", f"madeup{number}", "made", "up", number]
        if year:
            own.append(str(year))
        own = filter(None, dict.fromkeys(own))
        text = f" {' '.join(own)} " if title else ""
        studies.texts.append(text)
        studies.is_published.append(status == StudyStatus.PUBLISHED)
        table.rows.append(
            (
                *(key, f"made-up-study-{key}", doi, title, authors[0], journal, year),
                *(volume, pages),
                StudyKind.REVIEW.value if is_review else StudyKind.ARTICLE.value,
                *(confidence.value, extent, "Made up.", status.value),
                *(text, sorted_as(title), sorted_as(journal)),
            )
        )
        tables.write_some()
    tables.write()
    return studies


def write_citations(draws, studies, tables):
    """Write what each review cites, itself under number 0."""
    table = tables.add(Table(ReviewCitation, "review_id", "number", "study_id"))
    random = draws.random("citations")
    works = range(studies.reviews.stop, len(studies.keys))
    for review in studies.reviews:
        key = studies.keys[review]
        table.rows.append((key, 0, key))
        cited = random.sample(works, min(_CITED_BY_ONE, len(works)))
        table.rows += [
            (key, number, studies.keys[work]) for number, work in enumerate(cited, 1)
        ]
    tables.write()


def _facts(random):
    """All of a study but its names: see `write_studies`."""
    page = random.randrange(1, 9000)
    return (
        random.choices(range(1995, 2027), zipf(32, 0.6)[::-1])[0],
        str(random.randrange(1, 99)),
        random.choice((f"{page}–{page + random.randrange(2, 15)}", f"{page}", "")),
        random.random() < 0.9,
        random.choice((MetadataConfidence.VERIFIED, MetadataConfidence.CROSSREF)),
        random.choice((*ExtentRead.values, ExtentRead.ABSTRACT.value, "")),
    )


def _author_list(draws):
    random = draws.random("families")
    families = list(
        dict.fromkeys(
            "".join(random.choices(_SYLLABLES, k=random.choice((2, 3, 3)))).capitalize()
            for _ in range(draws.root(6, 40))
        )
    )
    weights = zipf(len(families), 0.8)

    def make(random):
        """A list of authors as JSON, and the words that it is found by."""
        count = random.choice(_AUTHORS_OF_ONE)
        chosen = dict.fromkeys(random.choices(families, weights, k=count))
        authors = [f"{family}, {random.choice('ABCDEFGHJKLM')}." for family in chosen]
        return json.dumps(authors), words_of(" ".join(authors))

    return make


def _journals(draws):
    """Journals and their weights."""
    names = [f"J. Made-up Mater. {n}" for n in range(1, draws.root(0.3, 12) + 1)]
    return names, zipf(len(names))
