"""DOIs and CAS numbers: one spelling each, mistakes named."""

import re
import unicodedata
from html import unescape
from urllib.parse import quote, unquote

from django.core.exceptions import ValidationError

from asei_db.lib.typed import one_line, plain_dashes, settled

_DOI_START = re.compile(r"(?<![\d.])10\.\d{4,9}(?:\.\d+)*(?:/|%2f)", re.IGNORECASE)
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/[!-~]+(?<!\.\.)")  # dots: it was cut off
_PERCENT_CODE = re.compile("%[0-9a-f]{2}", re.IGNORECASE)
#: "<3::AID-SDR140>3.0.CO;2" or "<446>": what older DOIs hold of an article's SICI.
_SICI = re.compile(r"<(?:\d[^<>]*|[^<>]*(?=>\d\.\d\.[a-z]{2};\d))>", re.IGNORECASE)
#: What may stand before a DOI: "DOI:", then an address without spaces.
_BEFORE_DOI = re.compile(
    r"[^\w\s]*(?:doi\b(?:\s*no\b\.?)?[\s:=]*)*[^\w\s]*"
    r"(?:\S*(?:[/:=]|%2f|%3a|%3d)\s*)?[^\w\s]*",
    re.IGNORECASE,
)
#: Where an address names a DOI, what it may go on with.
_QUERY = re.compile(r"\?|(?<!;2-)\#")
_VIEW = re.compile(
    r"(?:/(?:abs|abstract|citedby|e?pdf|epub|figures|full|full-?text|full-xml|html|meta"
    r"|pdfdirect|references|suppinfo|summary|suppl_file/.*|tab-.*)"
    r"|(?<=\d)v\d+(?=\.full|$)|\.full(?:-text)?|\.abstract|\.html?|\.pdf)+/?(?:;\w+=.*)?$",
    re.IGNORECASE,
)
_BRACKETS = {")": "(", "]": "[", "}": "{", ">": "<"}
_CLOSING = ".,;:!'\"’”»›*/"

_BEFORE_CAS = re.compile(
    r"^(?:(?:cas|registry|reg|rn|number|no|nr)[\s.:#=-]*)+", re.IGNORECASE
)
_CAS = re.compile(r"^(\d{2,7})-(\d{2})-(\d)$")


def normalize_doi(text):
    """The one DOI in `text`, in its one spelling: `10.1039/d5dt00526d`.

    It may stand in an address, whose query and fragment are no part of it, behind
    "DOI", in brackets or quotes, with percent codes, typographic hyphens, signs of no
    width and a closing full stop. What holds no DOI, or more than one, comes back in
    lower case, for `validate_doi` to refuse.
    """
    return settled(_plainer_doi, text)


def _plainer_doi(text):
    text = plain_dashes(one_line(unicodedata.normalize("NFKC", unescape(text))))
    text = text.replace("\N{FRACTION SLASH}", "/")
    start = _DOI_START.search(text)
    if not start or not _BEFORE_DOI.fullmatch(text[: start.start()]):
        return text.lower()
    before, doi = text[: start.start()], text[start.start() :]
    if _DOI_START.search(doi, start.end() - start.start()):
        return text.lower()
    is_address = re.search("/|%2f", before, re.IGNORECASE)
    if is_address:
        doi = _QUERY.split(doi.partition("&")[0] if "?" in before else doi)[0]
    else:
        doi = re.sub(r"\?[\w.-]+=\S*$", "", doi)
    if _PERCENT_CODE.search(doi):
        doi = plain_dashes(one_line(unquote(doi)))
    doi = _without_closing(doi)
    if is_address:
        doi = _VIEW.sub("", doi)
    return _without_closing(doi).lower()


def _without_closing(doi):
    """`doi` without the punctuation and the brackets of the text around it."""
    while doi and not doi.endswith(".."):
        opening = _BRACKETS.get(doi[-1])
        is_left_open = opening and doi.count(doi[-1]) > doi.count(opening)
        if not is_left_open and doi[-1] not in _CLOSING:
            break
        doi = doi[:-1]
    return doi


def validate_doi(text):
    """Refuse what is no DOI, and one with signs that DOIs are not made of."""
    doi = normalize_doi(text)
    found = len(_DOI_START.findall(doi))
    if found > 1:
        raise ValidationError(
            "“%(text)s” holds %(found)s DOIs; give one.",
            code="doi",
            params={"text": text, "found": found},
        )
    if not _DOI.fullmatch(doi):
        raise ValidationError(
            "“%(text)s” is no DOI; a DOI looks like 10.1039/d5dt00526d.",
            code="doi",
            params={"text": text},
        )
    if strange := re.search(r'[\\<>"{}]', _SICI.sub("", doi, count=1)):
        raise ValidationError(
            "“%(text)s” is no DOI: “%(sign)s” does not belong there.",
            code="doi",
            params={"text": text, "sign": strange[0]},
        )


def doi_url(doi):
    """The address at which the work is found; "" without a DOI.

    >>> doi_url("10.1002/a<1>b")
    'https://doi.org/10.1002/a%3C1%3Eb'
    """
    return doi and "https://doi.org/" + quote(doi, safe="/:;()!*',@+$&=")


def normalize_cas_number(text):
    """The CAS number in its one spelling, `97-93-8`: ASCII, no leading zeros.

    Words such as "CAS No." before it, brackets and closing punctuation go. What is no
    CAS number comes back for `validate_cas_number` to refuse.
    """
    return settled(_plainer_cas, text)


def _plainer_cas(text):
    text = plain_dashes(one_line(unicodedata.normalize("NFKC", text)))
    text = "".join(
        str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text
    )
    text = _BEFORE_CAS.sub("", text) or text
    text = re.sub(r"\s*-\s*", "-", text).strip("[](){}\"'“”‘’.,; ")
    return text.lstrip("0") if _CAS.match(text.lstrip("0")) else text


def validate_cas_number(text):
    """Refuse a CAS number of the wrong shape or with a wrong check digit.

    The check digit is the sum of the other digits, each times its place counted
    from the right, modulo 10.
    """
    match = _CAS.match(normalize_cas_number(text))
    if not match or match[1].startswith("0"):
        raise ValidationError(
            "“%(text)s” is no CAS number; one looks like 75-24-1.",
            code="cas",
            params={"text": text},
        )
    digits = (match[1] + match[2])[::-1]
    expected = sum(place * int(d) for place, d in enumerate(digits, start=1)) % 10
    if expected != int(match[3]):
        raise ValidationError(
            "The check digit of CAS number %(text)s is wrong: it should be "
            "%(expected)s.",
            code="cas",
            params={"text": text, "expected": expected},
        )
