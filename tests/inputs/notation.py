"""How answers are written in `cases.yaml`, and when one is right."""

from math import isclose

from pybtex.richtext import Text

from asei_db.lib.quantities import QUALIFIERS


def spoken(quantity):
    """The qualifier and the ends of a quantity; “-” for an open one."""
    ends = (quantity.minimum, quantity.maximum)
    return [
        quantity.qualifier,
        *("-" if end is None else f"{end:.12g}" for end in ends),
    ]


def person_name(person):
    """Family, given and suffix of a pybtex person, parted by slashes."""
    parts = (
        person.prelast_names + person.last_names,
        person.first_names + person.middle_names,
        person.lineage_names,
    )
    plain = [str(Text.from_latex(" ".join(part))) for part in parts]
    return " ".join(" / ".join(plain).split())


def is_right(answer, right, tolerance):
    """Whether an answer is right, its numbers up to the relative `tolerance`."""
    rule, _, rest = right.partition(" ")
    is_refused = answer.startswith("refused: ")
    if rule == "refused":
        return is_refused and rest.lower() in answer.lower()
    if rule in ("not", "has"):
        return not is_refused and (rest in answer) == (rule == "has")
    return answer == right or _are_near(answer.split(), right.split(), tolerance)


def _are_near(ours, theirs, tolerance):
    """Whether two quantities have one qualifier and the same ends."""
    are_quantities = len(ours) == len(theirs) == 3 and ours[0] in QUALIFIERS
    if not are_quantities or ours[0] != theirs[0]:
        return False
    return all(
        one == other
        or (
            "-" not in (one, other)
            and isclose(float(one), float(other), rel_tol=tolerance)
        )
        for one, other in zip(ours[1:], theirs[1:], strict=True)
    )
