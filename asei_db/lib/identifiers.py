"""DOIs and CAS numbers: one spelling each, mistakes named."""

import re

from django.core.exceptions import ValidationError

from asei_db.lib.typed import one_line, plain_dashes

_DOI_PREFIX = re.compile(r"^(https?://(dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_DOI = re.compile(r"^10\.\d{4,9}/\S+$")
_CAS = re.compile(r"^(\d{2,7})-(\d{2})-(\d)$")


def normalize_doi(text):
    """The DOI in lower case without a resolver's prefix: `10.1039/d5dt00526d`."""
    return _DOI_PREFIX.sub("", text.strip()).lower()


def validate_doi(text):
    """Refuse what is no DOI."""
    if not _DOI.match(normalize_doi(text)):
        raise ValidationError(
            "“%(text)s” is no DOI; a DOI looks like 10.1039/d5dt00526d.",
            code="doi",
            params={"text": text},
        )


def normalize_cas_number(text):
    """The CAS number in its one spelling: `75-24-1`."""
    return plain_dashes(one_line(text))


def validate_cas_number(text):
    """Refuse a CAS number of the wrong shape or with a wrong check digit.

    The check digit is the sum of the other digits, each times its place counted
    from the right, modulo 10.
    """
    match = _CAS.match(text)
    if not match:
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
