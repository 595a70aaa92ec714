"""Numbers of things in words."""


def number_of(count, noun, nouns=""):
    """ "1 value", "3 values", "2 processes": the plural is `nouns`, else ends in s."""
    return f"{count} {noun if count == 1 else nouns or f'{noun}s'}"


def number_of_rows(count, model):
    """ "1 cycling test", "3 deposition processes": in the words of a model."""
    names = model._meta
    return number_of(count, names.verbose_name, names.verbose_name_plural)
