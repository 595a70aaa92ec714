"""The words and signs around the numbers of a plain text (see `spelling.plain`)."""

import re
from collections.abc import Iterable, Iterator

_MORE = ["more", "greater", "larger", "higher", "bigger", "longer", "thicker"]
_LESS = ["less", "fewer", "lower", "smaller", "shorter", "thinner"]

# What may stand before a number, by qualifier.
_BEFORE = {
    "=": "= | at | exactly",
    "~": "~ | ≈ | ≃ | ≅ | ≒ | ≐ | c. | ca. | ca | c.a. | circa | about | around | near"
    " | approx. | approx | appr. | approximately | roughly | nearly | almost | close to"
    " | on the order of | of the order of",
    "<": "< | ≪ | << | below | under | beneath | sub | sub-",
    ">": "> | ≫ | >> | above | over | exceeding | exceeds | beyond | in excess of",
    # ≲ and ≳ are “about at most” and “about at least”: the bound is what is kept.
    "≤": "≤ | ⩽ | ≦ | <= | =< | ≲ | ⪅ | ≯ | at most | not exceeding | not above"
    " | not over | below or equal to",
    "≥": "≥ | ⩾ | ≧ | >= | => | ≳ | ⪆ | ≮ | at least | upwards of | not below"
    " | not under | above or equal to",
}
# What calls a number the highest (≤) or lowest (≥) that a series of values reached.
_LIMITS = {
    "≤": "up to | up to a value of | maximum | max. | max | at maximum | maximum of"
    " | a maximum of | the maximum | max. of | maximal | highest | the highest",
    "≥": "down to | down to a value of | minimum | min. | min | at minimum | minimum of"
    " | a minimum of | the minimum | min. of | minimal | lowest | the lowest",
}
_AS = {
    "≤": "high large great big long thick many much fast late",
    "≥": "low small little short thin few slow early",
}


def _limits() -> Iterator[tuple[str, str]]:
    for sign, spellings in _LIMITS.items():
        for spelling in spellings.split(" | "):
            yield spelling, sign
        for word in _AS[sign].split():
            yield f"as {word} as", sign


def _spellings() -> Iterator[tuple[str, str]]:
    for sign, spellings in _BEFORE.items():
        for spelling in spellings.split(" | "):
            yield spelling, sign
    for words, sign, sign_or_equal, negated in (
        (_MORE, ">", "≥", "≤"),
        (_LESS, "<", "≤", "≥"),
    ):
        for word in words:
            yield f"{word} than", sign
            yield f"{word} than or equal to", sign_or_equal
            yield f"equal to or {word} than", sign_or_equal
            yield f"no {word} than", negated
            yield f"not {word} than", negated


def _any_of(spellings: Iterable[str]) -> re.Pattern[str]:
    """One of the spellings at the start of a text, the longest that is there."""
    return re.compile(
        "|".join(
            re.escape(spelling) + ("(?![a-z])" if spelling[-1].isalpha() else "")
            for spelling in sorted(spellings, key=len, reverse=True)
        ),
        re.IGNORECASE,
    )


_LIMIT_SIGNS = dict(_limits())
_SIGNS = dict(_spellings()) | _LIMIT_SIGNS
_BEFORE_NUMBER = _any_of(_SIGNS)
_BEFORE_LIMIT = re.compile(r"(?i)(?:even|of|reach(?:es|ing)|values?(?: of)?) (?=\D)")
_LIMIT = _any_of(_LIMIT_SIGNS)
_ABOUT = _any_of(spelling for spelling, sign in _SIGNS.items() if sign == "~")

# Words and signs behind a number, or between it and its unit → qualifier.
_OR = r" ?\(?\b(?:or|and) (?:{})\b\)?"
_BEHIND_NUMBER = [
    (re.compile(pattern, re.IGNORECASE), sign)
    for pattern, sign in (
        (_OR.format("|".join([*_MORE, "above", "over", "up", "upwards?"])), "≥"),
        (_OR.format("|".join([*_LESS, "below", "under", "down"])), "≤"),
        (r"(?<=[\w%°])\+(?= ?[^\W\d]| ?[%°]|$)", "≥"),
        (r" \(?(?P<limit>max(?:imum|\b\.?))\)?(?=$| )", "≤"),
        (r" \(?at (?:the )?most\)?(?=$| )", "≤"),
        (r" \(?(?P<limit>minimum)\)?(?=$| )", "≥"),
        (r"(?<!\d) \(?(?P<limit>min\b\.?)\)?$", "≥"),
        (r" \(?at least\)?(?=$| )", "≥"),
        (r" \(?approx(?:imately|\b\.?)\)?$", "~"),
    )
]


def split_sign(text: str) -> tuple[str, str]:
    """The qualifier that stands before or behind a number, and `text` without it.

    Of “up to ~13” it is ≤, and 13 is left. Any other second sign is left in the text,
    which then cannot be read.
    """
    sign, _, rest = _split(text)
    return sign, rest


def limit_words(text: str) -> str:
    """How a plain text calls a number the end of a series: “up to”, “as low as ~”.

    "" where it does not, as in “at most 10”, which no value need have reached.
    """
    return _split(text)[1]


def _split(text: str) -> tuple[str, str, str]:
    """The qualifier, the words of a limit, and the rest of a text."""
    if (filler := _BEFORE_LIMIT.match(text)) and _LIMIT.match(text, filler.end()):
        text = text[filler.end() :]
    match = _BEFORE_NUMBER.match(text)
    if match is not None:
        spelling, rest = match[0].lower(), text[match.end() :].strip()
        if spelling not in _LIMIT_SIGNS:
            return _SIGNS[spelling], "", rest
        if about := _ABOUT.match(rest):
            return _SIGNS[spelling], f"{spelling} ~", rest[about.end() :].strip()
        return _SIGNS[spelling], spelling, rest
    for pattern, sign in _BEHIND_NUMBER:
        match = pattern.search(text, 1)
        if match is not None and re.search(r"\d", text[: match.start()]):
            words = (match.groupdict().get("limit") or "").lower()
            rest = text[: match.start()] + text[match.end() :]
            return sign, words, rest.strip()
    return "=", "", text


_RANGE_WORDS = re.compile(
    r"(?i)(?:within|(?:in|within) (?:the|a) range(?: of| from| between)?"
    r"|ranging (?:from|between)|(?:a |the )?range (?:of|from)|from|between) (?=\S)"
)


def split_range_words(text: str) -> tuple[bool, str]:
    """Whether words announce a range, “between 80 and 120”, and then “80 to 120”."""
    match = _RANGE_WORDS.match(text)
    if match is None:
        return False, text
    rest = text[match.end() :]
    if "between" in match[0].lower():
        rest = re.sub("(?i) and ", " to ", rest, count=1)
    return True, rest


_NOTHING = re.compile(
    r"(?i)n[./ ]{0,2}[adrs]\.?|(?:not|none|no)\b(?!.* than|.*(?:above|over|below|under"
    r"|exceed))\D*|nil|null|missing|tb[acd]|blank|unk"
    r"|un(?:known|reported|specified|stated|determined|available|clear)|[-.?/_~· ]+"
)


def is_nothing(text: str) -> bool:
    """Whether a plain text says “not reported”: n.d., N/A, a dash, not given, ?."""
    return _NOTHING.fullmatch(text.strip("()[] ")) is not None


_PLACE = re.compile(
    r"(?i)[ ,;]*(?:\((?=.*\)$)|@|\b(?:at|after|before|under|in|for|during|when|while"
    r"|with|without|using|by|on|over|upon|within|vs|versus|against|until|through|as|of"
    r"|from|between|measured|determined|obtained)\b)"
)


def split_condition(text: str) -> Iterator[tuple[str, str]]:
    """Every way to cut a text into a value and where or when it holds: “at 290 °C”."""
    for match in _PLACE.finditer(text, 1):
        yield text[: match.start()], text[match.start() :].strip(" ,;")
    first = re.match(r"(?i)((?:at|after|under|in|for|with)\b[^,:;]+)[,:;] ?", text)
    if first is not None:
        yield text[first.end() :], first[1]
