"""Which studies stand behind a value, and under which numbers its source cites them."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from asei_db.lib.templatetags.science import chemical_text, isolated
from literature.choices import Reading

register = template.Library()

#: Works that stand in a cell of a table; the record's page names all.
_MOST = 3


@register.filter
def references(value):
    """The primary works of a value as links: "45, 72" or "Kazyak et al. 2020".

    Without any, its source, unless that is a draft. Numbers are those of the source's
    reference list.
    """
    links = _references(value, _studies(value))
    return format_html('<span class="fold">{}</span>', links) if links else ""


@register.filter
def reporters(value):
    """As `references`, the works that report the record's own quantities."""
    return _references(value, value.reporters)


def _references(value, studies):
    links = [
        _numbered_link(study, number)
        if (number := _number_in(study, value.source_id)) is not None
        else _link(study, "short_label")
        for study in studies
    ]
    if not links and value.stated:
        links = [_link(value.source, "short_label")]
    if (more := len(links) - _MOST) > 1:
        url = value.get_absolute_url()
        more = format_html('<a href="{}">{} more</a>', url, more)
        return format_html("{} and {}", _joined(links[:_MOST]), more)
    return _joined(links)


@register.filter
def source(value):
    """Where a value was read: "Table 3 in Dalton Trans. 2025, 54, 10492, ref. 76".

    Of a record that later studies share, "abstract in Jung et al. 2013, also in …".
    """
    return _source(value, _studies(value))


@register.filter
def own_source(value):
    """As `source`, of the record's own quantities: with the works that report them."""
    return _source(value, _in_order(value.reporters, value))


def _source(value, studies):
    place = format_html("{} in {}", value.locator, _link(value.source, "label"))
    if value.reading != Reading.STATED:
        place = format_html("{} ({})", place, value.get_reading_display().lower())
    numbered, others, words = [], [], "citing"
    for study in studies:
        number = _number_in(study, value.source_id)
        if number is not None:
            words = "also in"
            numbered.append(_numbered_link(study, number, hidden=""))
        elif study.pk != value.source_id:
            others.append(_link(study, "short_label"))
        else:
            words = "also in"
    if numbered:
        place = format_html("{}, ref. {}", place, _joined(numbered))
    if others:
        place = format_html("{}, {} {}", place, words, _joined(others))
    return place


def _studies(value):
    """The published primary works."""
    return _in_order(value.works, value)


def _in_order(studies, value):
    """Studies by their number in the source of a value."""
    return sorted(studies, key=lambda s: _number_in(s, value.source_id) or 0)


def _number_in(study, review_id):
    """The study's number in the review's reference list, or None."""
    numbers = _kept(study, "numbers", _numbers)
    return numbers.get(review_id)


def _numbers(study):
    found = {}
    for citation in study.published_citations:
        found.setdefault(citation.review_id, citation.number)
    return found


def _link(study, name):
    """A link with the `label` or `short_label` of a study."""
    return _kept(study, name, _made_link, name)


def _made_link(study, name):
    text = getattr(study, name)
    # Without a journal, a study is called by its title, in which formulas may stand.
    text = isolated(text) if study.journal else chemical_text(text)
    return format_html('<a href="{}">{}</a>', study.get_absolute_url(), text)


def _kept(study, name, make, *arguments):
    """What is made of a study once a page, where many values name it."""
    kept = study.__dict__.setdefault("_printed", {})
    if name not in kept:
        kept[name] = make(study, *arguments)
    return kept[name]


def _numbered_link(study, number, hidden="Ref. "):
    return format_html(
        '<a href="{}" title="{}"><span class="visually-hidden">{}</span>{}</a>',
        study.get_absolute_url(),
        study.label,
        hidden,
        number,
    )


def _joined(links):
    return format_html_join(mark_safe(", "), "{}", ((link,) for link in links))
