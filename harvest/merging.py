"""How the records of a harvest join those of earlier ones. None is taken away.

* What studies share (a study, precursor, material, substrate, process) only gains: what
  it lacks, further studies and notes. Its first source stays. So does a recipe, since
  several places of one study may speak of it. Of a study the more that was read counts.
* What one study says (a coating, measurement, test, source temperature) is changed by a
  new reading of that study. A test, which stands on one line, becomes what that line
  says; the others keep what is not said again, and their studies and notes are united.
* What differs otherwise is left as it is, and reported.
"""

from dataclasses import dataclass, field

from literature.choices import ExtentRead
from materials.models.measurements import SUBJECTS

_SHARED = (
    "studies",
    "precursors",
    "materials",
    "substrates",
    "processes",
    "recipes",
)
_UNITED = ("studies", "notes")
#: What a record of one study is about: if that differs, it is another record.
_ABOUT = ("source", "study", "property", "element", "electrode", *SUBJECTS)
#: Where the same value stands elsewhere in a study, its first place stays.
_PLACED = ("locator", "recipe", "condition")
_EXTENTS = ("", *ExtentRead.values)
_KEYS = ("precursor", "source", "locator", "temperature")  # of a record without slug


@dataclass
class Merged:
    """All records of a file by name, controls first, and what becomes of them.

    * `changed`, `left`: by name, the fields that change, and those that differ in the
      harvest but stay
    * `missing`: names of what a study of the harvest said before and no longer says
    """

    records: dict
    new: list
    changed: dict = field(default_factory=dict)
    left: dict = field(default_factory=dict)
    missing: list = field(default_factory=list)


def merge(table, known, drafted):
    """The `Merged` of the known and the drafted records of a file."""
    known = {name_of(record): record for record in known}
    drafted = {name_of(record): record for record in drafted}
    merged = Merged(known | drafted, [name for name in drafted if name not in known])
    for name, new in drafted.items():
        if name not in known:
            continue
        old = merged.records[name] = known[name]
        if any(_is_same(new, other) for other in known.values() if other is not old):
            continue
        left = _differing(table, old, new)
        if left:
            merged.left[name] = left
        if table in _SHARED or not left:
            joined = merged.records[name] = _join(table, old, new)
            changed = [f for f in old | joined if old.get(f) != joined.get(f)]
            if changed:
                merged.changed[name] = changed
    if table not in _SHARED:
        studies = {record["source"] for record in drafted.values()}
        merged.missing = [
            name
            for name, record in known.items()
            if name not in drafted and record["source"] in studies
        ]
    # The loader takes the records in order.
    controls = {record.get("control") for record in merged.records.values()}
    order = sorted(merged.records, key=lambda name: name not in controls)
    merged.records = {name: merged.records[name] for name in order}
    return merged


def name_of(record):
    return record.get("slug") or ", ".join(record[name] for name in _KEYS)


def _is_same(new, old):
    """Whether two records say the same, though each harvest numbers like ones anew."""
    names = (new.keys() | old.keys()) - {"slug", "control"}
    return all(new.get(name) == old.get(name) for name in names)


def _differing(table, old, new):
    """The fields in which a known record does not give way to a new one."""
    if table not in _SHARED:
        names = _ABOUT + (_PLACED if table == "measurements" else ())
        return [name for name in names if old.get(name) != new.get(name)]
    both = [name for name in new if name in old and old[name] != new[name]]
    grows = (*_UNITED, "source", "locator", "extent_read")
    return [name for name in both if name not in grows]


def _join(table, old, new):
    if table == "cycling-tests":
        control = old.get("control")  # stands in another line
        return ({"control": control} if control else {}) | new
    extents = [row.get("extent_read", "") for row in (old, new)]
    if table in _SHARED:
        new = {n: value for n, value in new.items() if n in _UNITED or n not in old}
    united = {
        name: list(dict.fromkeys([*old.get(name, []), *new[name]]))
        for name in _UNITED
        if name in new
    }
    read = max(extents, key=_EXTENTS.index)
    return old | new | united | ({"extent_read": read} if read else {})
