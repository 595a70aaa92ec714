"""What a process shows of the values that were reported of it."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from asei_db.lib.plurals import number_of
from asei_db.lib.templatetags.lists import or_not_reported
from asei_db.lib.templatetags.science import quantity
from literature.templatetags.citations import reporters

register = template.Library()

_ALL_VALUES = "all-reported-values-side-by-side"  # section of a process's page
_DISPUTED = mark_safe('<span class="line disputed">disputed</span>')


@register.filter
def first_reported(process, name):
    """As `reported`, the values of the first study, and how many others there are."""
    groups, number = process.reports[name]
    if not groups:
        return reported(process, name)
    others = ""
    if number > 1:
        words = number_of(number - 1, "more study", "more studies")
        others = format_html(
            '<span class="source"><a href="{}#{}">and {}</a></span>',
            process.get_absolute_url(),
            _ALL_VALUES,
            words,
        )
    values = dict.fromkeys(value.quantity for value in groups[0])
    return format_html('<div class="fold">{}</div>{}', _listed(values), others)


@register.filter
def reported(process, name):
    """A quantity of a process that `gather` completed, study by study.

    "85–115 °C  45, 72": the values of each, and who reported them.
    What the process states comes first, each value of a study once. What it states but
    is disputed stands at the end, marked as disputed.
    """
    groups, number = process.reports[name]
    lines = [
        format_html(
            '<span class="line">{} <span class="source">{}</span></span>',
            _listed(dict.fromkeys(value.quantity for value in group)),
            reporters(group[0]),
        )
        for group in groups
    ]
    if (more := number - len(groups)) > 0:
        lines.append(
            format_html(
                '<span class="source"><a href="{}#{}">and {}</a></span>',
                process.get_absolute_url(),
                _ALL_VALUES,
                number_of(more, "more study", "more studies"),
            )
        )
    disputed = getattr(process, name) if process.stated and process.disputed else None
    if disputed:
        line = '<span class="line">{}</span>{}'
        lines.append(format_html(line, quantity(disputed), _DISPUTED))
    return or_not_reported(mark_safe("".join(lines)), process)  # noqa: S308 (escaped)


def _listed(quantities):
    """What one study states, the unit once: "1.11, 1.25, 1.34 Å per cycle".

    A range stands for the values within it.
    """
    ranges = [one for one in quantities if one.kind == "range"]
    shown = sorted(
        (
            one
            for one in quantities
            if not any(
                one != wide
                and wide.minimum <= one.lowest
                and one.highest <= wide.maximum
                for wide in ranges
            )
        ),
        key=lambda one: one.sort_value,
    )
    if len(shown) == 1:
        return quantity(shown[0])
    *others, last = map(str, shown)
    unit = f"\N{NO-BREAK SPACE}{shown[-1].printed_unit}"
    printed = [*(one.removesuffix(unit) for one in others), last]
    span = '<span class="quantity">{}</span>'
    return format_html_join(", ", span, ((one,) for one in printed))
