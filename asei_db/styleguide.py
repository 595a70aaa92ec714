"""Every part that pages are made of, on one page: for those who change them."""

from types import SimpleNamespace

from django.conf import settings
from django.http import Http404
from django.views.generic import TemplateView

from asei_db.lib.quantities import parse
from asei_db.lib.strips import strip
from asei_db.theme import THEMES
from materials.choices import ComparabilityVerdict, FilmFamily

_READ_WHOLE = SimpleNamespace(was_looked_for=True, disputed=False)
_ABSTRACT_ONLY = SimpleNamespace(was_looked_for=False, disputed=False)
_DISPUTED = SimpleNamespace(was_looked_for=True, disputed=True)
_ROWS = [
    ("Al2O3", "~5 nm", _READ_WHOLE),
    ("LiF", "5–20 nm", _READ_WHOLE),
    ("ZnO", "<10 nm", _DISPUTED),
    ("TiO2", ">8 nm", _READ_WHOLE),
    ("LiPON", "", _READ_WHOLE),
    ("Li3PO4", "", _ABSTRACT_ONLY),
]
_BADGES = [
    (ComparabilityVerdict.COMPARABLE, "=", "Comparable"),
    (ComparabilityVerdict.DIFFERS, "≠", "Differs in electrolyte"),
    (ComparabilityVerdict.NOT_ENOUGH_REPORTED, "?", "Not enough known: rate"),
]


class StyleguideView(TemplateView):
    """Shown to staff, and to everybody in `DEBUG`."""

    template_name = "styleguide.html"

    def get(self, request, *args, **kwargs):
        if not (settings.DEBUG or request.user.is_staff):
            raise Http404
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        rows = [
            (label, parse(text, "nm") if text else None, record)
            for label, text, record in _ROWS
        ]
        return super().get_context_data(
            themes=THEMES,
            badges=_BADGES,
            families=[(family.value, family.label) for family in FilmFamily],
            rows=rows,
            strip=strip([(value, record) for _, value, record in rows if value]),
            **kwargs,
        )
