"""The plain text of titles and names that registries and authors give with markup."""

import html
import re
import unicodedata

from asei_db.lib.latex import COMMANDS
from asei_db.lib.typed import settled, without_marks

_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-f]+|[a-z][a-z0-9]*);", re.IGNORECASE)
_HIDDEN = re.compile(
    r"<!--.*?-->|<\?.*?\?>|<!\[CDATA\[|\]\]>"
    r"|<(?P<tag>(?:\w+:)?annotation(?:-xml)?)\b[^<>]*>.*?</(?P=tag)>"
    r"|<tex-math\b[^<>]*>.*?</tex-math>(?=\s*<(?:\w+:)?math\b)",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(
    r"""<(?P<close>/?)(?P<name>[a-z][\w:.-]*)
    (?P<attributes>(?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>=]+))*)
    \s*(?P<empty>/?)>""",
    re.IGNORECASE | re.VERBOSE,
)
#: Tags without a namespace that are known for what they are, even one alone.
_KNOWN_TAG = re.compile(
    r"a|abbr|alternatives|b|bdi|big|body|bold|br|code|div|em|ext-link|font|"
    r"formula|h1|h2|h3|head|hr|html|i|iframe|img|inf|inline-formula|ins|italic|"
    r"jats|li|link|math|mfrac|mi|mn|mo|monospace|mover|mrow|ms|mspace|msqrt|"
    r"mstyle|msub|msubsup|msup|mtext|munder|named-content|o|ovl|p|pre|q|roman|"
    r"s|sans-serif|sc|script|scp|select|semantics|small|span|strike|strong|"
    r"style|styled-content|sub|sup|svg|table|td|tex-math|th|title|tr|tt|u|ul|"
    r"underline|xref"
)
_BREAKS = {"br", "p", "div", "hr", "li", "title", "mspace"}
_MATH = re.compile(r"<((?:\w+:)?math)\b[^<>]*>.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_SPACE_IN_MATH = re.compile(r"(?<=>)[ \t\r\n]+|[ \t\r\n]+(?=<)")
_SPACE_IN_MTEXT = re.compile(r"(<(?:\w+:)?mtext\b[^<>]*>)\s+(?=</)", re.IGNORECASE)
#: What goes on with a formula behind a subscript: "La <sub>", "O", but not "ALD".
_GOES_ON = r"(?:(?:[A-Z][a-z]?)+\s*<su[bp]\b|(?:[CFHNOPS]|Br|Cl)(?![\w-])|[)\]])"
#: Spaces by which registries set subscripts apart: "Li <sub>7</sub> La <sub>3</sub>".
_SPACE_BEFORE_SCRIPT = re.compile(
    r"(?:(?<=[A-Z)\]])|(?<=[A-Z][a-z])|(?<=\d))\s+"
    r"(?=<sub>|<sup>\s*(?:[+−–-]|\d[+−–-]\s*<))"
)
_SPACE_AT_SCRIPT = re.compile(
    r"(?<=<su[bp]>)\s+|\s+(?=</su[bp]>)|(?<=</su[bp]>)\s+(?=<su[bp]\b)"
    r"|\s*\n\s*(?=<su[bp]\b(?!>\s*\d+\s*</sup>\s*[A-Z]))"
    rf"|(?<=</sub>)\s*\n\s*(?={_GOES_ON})|(?<=</su[bp]>)\s*\n\s*(?=[(\[·/+−–-])"
)
_SPACE_BEHIND_SCRIPT = re.compile(
    rf"(?<=</sub>)\s+(?={_GOES_ON}|\((?:[A-Z][a-z]?)+\s*<sub>)"
)
_BRACKET = re.compile(
    r"\[(?:sub|sup|inf|bold|italic|roman|script)\s+([^\[\]]*)\]", re.IGNORECASE
)
_TEX_MATH = re.compile(r"\$\$?([^$]*)\$\$?")
_TEX_SCRIPT = re.compile(r"[_^]\s*\{([^{}]*)\}")
_TEX_DIGIT = re.compile(r"(?:^|(?<=[A-Za-z0-9)\]}]))[_^](-?\d|[A-Za-z+-])")
_DIGIT_OF_FORMULA = re.compile(r"(?:(?<=[A-Z)\]])|(?<=[A-Z][a-z]))_(\d+)")
_TEX_COMMAND = re.compile(
    r"\\(?:text(?:sub|super)script|text(?:it|bf|rm|sc|sf|tt|normal)?|emph|ce|ensuremath"
    r"|math(?:rm|it|bf|sf|tt|bb|cal|normal)|mbox|hbox)\s*\{([^{}]*)\}"
)
_TEX_SIGN = re.compile(r"\\([&%$#_{},;: -])")
#: "{ALD}": braces by which BibTeX keeps capitals.
_TEX_BRACES = re.compile(r"(?<![\\\w}_^])\{(?=[A-ZÀ-Þ])([^{}\\]*)\}")
_TEX_ACCENTS = {
    **dict(zip("\"'`^~=.", "\u0308\u0301\u0300\u0302\u0303\u0304\u0307", strict=True)),
    **dict(zip("vcHukr", "\u030c\u0327\u030b\u0306\u0328\u030a", strict=True)),
}
_TEX_ACCENT = re.compile(
    r"(?P<brace>\{)?\\(?:(?P<sign>[\"'`^~=.])|(?P<name>[vcHukr])(?=\{))"
    r"(?P<inner>\{)?\\?(?P<letter>[A-Za-z])(?(inner)\})(?(brace)\})"
)
_TEX_INLINE = re.compile(r"\\\(([^$]*?)\\\)")
_TEX_LETTERS = {name: letter for letter, name in COMMANDS.items()} | {
    "AA": "Å",
    "circ": "°",
    "pm": "±",
    "times": "×",
}
_TEX_LETTER = re.compile(rf"\\({'|'.join(_TEX_LETTERS)})(?![A-Za-z])\s?(?:\{{\}})?")


def plain_text(text):
    """`text` on one line, without tags, MathML, entities and TeX; what they hold stays.

    >>> plain_text("An <i>in situ</i> study of Li&lt;sub&gt;2&lt;/sub&gt;O, d < 5 nm")
    'An in situ study of Li2O, d < 5 nm'

    Entities may be coded twice, subscripts be written `[sub 2]` and `$_{2}$`. A "<"
    that begins no tag stays, as does what looks like TeX and is not understood.
    """
    return settled(_plainer, text)


def _plainer(text):
    text = _ENTITY.sub(lambda code: html.unescape(code[0]), without_marks(text))
    text = _BRACKET.sub(r"\1", _without_tags(text))
    return " ".join(_without_tex(text).split())


def _without_tags(text):
    text = _MATH.sub(lambda math: _squeezed(math[0]), _HIDDEN.sub("", text))
    text = _SPACE_AT_SCRIPT.sub("", text)
    if _SPACE_BEFORE_SCRIPT.search(text):
        text = _SPACE_BEHIND_SCRIPT.sub("", text)
        text = _SPACE_BEFORE_SCRIPT.sub("", text)
    closed = {tag["name"].lower() for tag in _TAG.finditer(text) if tag["close"]}

    def replaced(tag):
        name = tag["name"].lower()
        is_tag = (
            _KNOWN_TAG.fullmatch(name)
            or name in closed
            or tag["attributes"]
            or ":" in name
        )  # a<b>c may be no tag
        if not is_tag and not tag["empty"]:
            return tag[0]
        return " " if name.rpartition(":")[2] in _BREAKS else ""

    return _TAG.sub(replaced, text)


def _squeezed(math):
    """MathML without the white space between its tags, which prints nothing."""
    math = _SPACE_IN_MTEXT.sub("\\1\N{NO-BREAK SPACE}", math)
    return _SPACE_IN_MATH.sub("", math)


def _without_tex(text):
    text = _TEX_INLINE.sub(r"$\1$", text)
    text = _commands(_TEX_MATH.sub(_without_dollars, text))
    text = _DIGIT_OF_FORMULA.sub(r"\1", text)
    text = _TEX_BRACES.sub(r"\1", _TEX_ACCENT.sub(_accented, text))
    spaces = {"-": "", ",": " ", ";": " ", ":": " "}
    return _TEX_SIGN.sub(lambda sign: spaces.get(sign[1], sign[1]), text)


def _accented(command):
    accent = _TEX_ACCENTS[command["sign"] or command["name"]]
    return unicodedata.normalize("NFC", command["letter"] + accent)


def _without_dollars(math):
    """What stands between two dollars, if it is TeX that is understood; else all."""
    inside = settled(_commands, math[1])
    if not re.search(r"[_^\\]", math[1]) and not re.fullmatch(r"[A-Za-z]|\W", inside):
        return math[0]
    plain = _TEX_DIGIT.sub(r"\1", inside)
    return math[0] if "\\" in plain else re.sub("[{}]", "", plain)


def _commands(text):
    """`text` with what TeX's commands hold, and letters, in place of the commands."""
    text = _TEX_LETTER.sub(lambda command: _TEX_LETTERS[command[1]], text)
    return _TEX_SCRIPT.sub(r"\1", _TEX_COMMAND.sub(r"\1", text))
