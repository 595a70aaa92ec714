"""The names of authors: a person as “Family, Given” or “Family, Given, Suffix”."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from django.core.exceptions import ValidationError

from asei_db.lib.markup import plain_text
from asei_db.lib.typed import DASHES

AND_OTHERS = "et al."

_COMMAS = str.maketrans("，،；、", ",,;;")
_OTHERS = re.compile(
    r"[,;]?\s*(?<!\w)(?:et\.?\s*al\.?|and others|& others|others)$", re.IGNORECASE
)
_ADDRESS = re.compile(
    r"\(?\S*(?:@|://)\S*\)?|\(?(?:\bORCID\W*)?\b(?:\d{4}-){3}\d{3}[\dX]\b\)?",
    re.IGNORECASE,
)
#: What footnotes and hasty typing leave at the end of a name.
_LEFTOVERS = re.compile(
    r"(?:[^\w.()]+|[⁰¹²³⁴-⁹ᵃ-ᵪ]+|(?:(?<=[^\W\d_])|(?<=[.,])|(?<=[.,]\s))\d+|(?<=\.)[a-z]\b)+$"
)
_SUFFIX = re.compile(r"[JjSs]r\.?|I{2,3}|IV|VI{0,3}")
_SUFFIX_LAST = re.compile(r"(.*\S)[\s,]+([JjSs]r\.?|I{2,3}|IV)")
_INITIALS = r"(?:[^\W\d_a-z]\.[\s-]?)+"
_INITIALS_FIRST = re.compile(rf"({_INITIALS})((?:[a-z’'-]+\s)*[^\W\d_][^\s.]+)")
_INITIALS_LAST = re.compile(rf"(\w[^,]*?)\s({_INITIALS})")
#: As PubMed prints names, "Groner MD", and "M D Groner".
_BARE_LAST = re.compile(r"([A-ZÀ-Þ][a-zà-ÿ][\w’'-]*)\s([A-Z]{1,2})")
_BARE_FIRST = re.compile(r"((?:[A-Z]\s)+)([A-ZÀ-Þ][a-zà-ÿ][\w’'-]*)")
_TITLE = re.compile(
    r"^(?:(?:professor\b|(?:prof|dr|mr|mrs|ms)(?:\.|\b(?!\.?$)))\s*)+", re.IGNORECASE
)
_BETWEEN = re.compile(r"[\s,]*(?:[;&|/]|\band\b)[\s,]*(?:\band\b\s*)?")
_BETWEEN_WORDS = re.compile(r"\s(?:&|and)\s")
_SIGNS_IN_NAMES = " .,-'’‘`´·・"
#: Words that an organization has in its name, and people do not.
_ORGANIZATION = re.compile(
    r"\b(?:academy|agency|air force|alliance|army|association|authority|board|bureau"
    r"|cent(?:er|re|ro)|collaboration|college|commission|committee|company|consortium"
    r"|co|corp|corporation|council|department|division|enterprises?|faculty|foundation"
    r"|gmbh|government|group|inc|industries|initiative|institut(?:e|es|o)?|llc|ltd"
    r"|laborator(?:y|ies|io)|labs?|ministry|museum|navy|network|office"
    r"|organi[sz]ation|plc|program|project|school|service|society|sons|survey|team"
    r"|technolog(?:y|ies)|trust|union|universit(?:y|ies|ät|é|à)|universidad)\b",
    re.IGNORECASE,
)
_COMPANY = re.compile(
    r"(?:ag|b\.?v|co|corp|gmbh|inc|kg|llc|ltd|n\.?v|plc|pty|s\.?a|s\.?p\.?a)\.?"
    r"(?:\s(?:ltd|kg|inc)\.?)?",
    re.IGNORECASE,
)


class Name(NamedTuple):
    """A person, or an organization, which is all family name."""

    family: str
    given: str = ""
    suffix: str = ""


def plain_name(line):
    """An author's line without markup, its hyphens and commas plain."""
    line = plain_text(line.translate(_COMMAS))
    line = re.sub(r"\s*,\s*(?=[^\W\d]|$)", ", ", line).strip()
    return re.sub(rf"(?<=\w)[{re.escape(DASHES)}](?=\w)", "-", line)


def parse_name(line):
    """The `Name` that a line is; ValidationError, with what would be right, if none.

    An organization has no comma, except before its "Inc.".
    """
    line = plain_name(line)
    if line == AND_OTHERS:
        return Name(line)
    _refuse_others(line)
    _refuse_leftovers(line)
    family, *rest = (part.strip() for part in line.split(","))
    is_company = bool(rest) and _COMPANY.fullmatch(rest[-1])
    is_organization = is_company or (not rest and _ORGANIZATION.search(line))
    if not is_organization:
        _refuse_several(line)
    if is_company or not rest:
        return Name(line)
    _refuse_signs(line)
    _refuse_order(line, family, *rest)
    return Name(family, *rest)


@lru_cache(maxsize=4096)  # a page names the same authors again and again
def read_name(line):
    """The `Name` that a line is; one that cannot be read is taken as a whole."""
    try:
        return parse_name(line)
    except ValidationError:
        return Name(line)


def validate_names(lines):
    """Refuse authors of which one is no name, or who go on after "et al."."""
    errors = []
    for place, line in enumerate(lines, start=1):
        try:
            name = parse_name(line)
        except ValidationError as error:
            errors.append(error)
        else:
            if name.family == AND_OTHERS and place < len(lines):
                errors.append(_error(line, "comes last of all authors"))
    if errors:
        raise ValidationError(errors)


def _error(line, reason, *right):
    """An error that says what is wrong with a line, and which lines would be right."""
    message = f"“{line}” {reason}."
    if len(right) > 1:
        message += (
            f" Write {len(right)} lines: {' and '.join(f'“{r}”' for r in right)}."
        )
    elif right:
        message += f" Write “{right[0]}”."
    return ValidationError(message, code="author")


def _refuse_others(line):
    if others := _OTHERS.search(line):
        named = [line[: others.start()]] if others.start() else []
        raise _error(line, "names others", *named, AND_OTHERS)


def _refuse_leftovers(line):
    bare = _LEFTOVERS.sub("", _ADDRESS.sub("", line)).strip()
    if not re.search(r"[^\W\d_]", bare):
        raise _error(line, "is no name", "Family, Given")
    if bare != line:
        raise _error(line, "holds more than a name", bare)


def _refuse_several(line):
    """Refuse what names several people, or one in another order."""
    if "," not in line and not re.search("[;|/]", line):
        parts = _BETWEEN_WORDS.split(line)
        are_people = re.search(_INITIALS, line) or max(map(_words, parts)) < 3
        if len(parts) > 1 and not are_people:
            return
    else:
        parts = [one for part in _BETWEEN.split(line) for one in _people(part)]
    people = [_turned(part) or part for part in map(str.strip, parts) if part]
    if len(people) > 1:
        raise _error(line, "names several authors", *people)
    if people != [line]:
        raise _error(line, "is not “Family, Given”", *people)


def _people(text):
    """The names in a text with commas, which may part two names or one."""
    parts = text.split(",")
    if len(parts) > 1 and all(map(_turned, parts)):
        return parts
    if len(parts) > 3 and len(parts) % 2 == 0:
        return [",".join(pair) for pair in zip(parts[::2], parts[1::2], strict=True)]
    return [text]


def _words(text):
    return len(text.split())


def _turned(part):
    """ "Smith, J." for "J. Smith" and "Smith J."; None for what is neither."""
    if found := _INITIALS_FIRST.fullmatch(part.strip()):
        return f"{found[2]}, {found[1].strip()}"
    if found := _INITIALS_LAST.fullmatch(part.strip()):
        return f"{found[1]}, {found[2]}"
    if found := _BARE_FIRST.fullmatch(part.strip()):
        return f"{found[2]}, {_dotted(found[1])}"
    found = _BARE_LAST.fullmatch(part.strip())
    if found and not _COMPANY.fullmatch(found[2]):
        return f"{found[1]}, {_dotted(found[2])}"
    return None


def _dotted(initials):
    return " ".join(f"{one}." for one in initials if one.isalpha())


def _refuse_signs(line):
    def is_of_name(sign):
        return unicodedata.category(sign)[0] in "LM" or sign in _SIGNS_IN_NAMES

    without_brackets = re.sub(r"\s*\([^()]*\)", "", line)
    bare = "".join(filter(is_of_name, without_brackets)).strip()
    if bare != line:
        raise _error(line, "holds more than a name", bare)
    parts = line.split(", ")
    if any(map(_TITLE.match, parts)):
        bare = (_TITLE.sub("", part) for part in parts)
        raise _error(line, "has a title", ", ".join(filter(None, bare)))


def _refuse_order(line, family, given, *rest):
    if not family or not given or len(rest) > 1:
        raise _error(line, "is no author", "Family, Given")
    if rest and _SUFFIX.fullmatch(rest[0]):
        return
    if rest and _SUFFIX.fullmatch(given):
        raise _error(
            line,
            "has the suffix before the given name",
            f"{family}, {rest[0]}, {given}",
        )
    if rest:
        raise _error(line, "has too many commas", "Family, Given, Jr.")
    if _SUFFIX.fullmatch(given):
        raise _error(line, "lacks the given name", f"{family}, Given, {given}")
    if found := _SUFFIX_LAST.fullmatch(family):
        right = f"{found[1]}, {given}, {found[2]}"
    elif found := _SUFFIX_LAST.fullmatch(given):
        right = f"{family}, {found[1]}, {found[2]}"
    else:
        return
    raise _error(line, "has a suffix, which comes last", right)
