"""The site's two typefaces, cut down from installed packages to the letters it needs.

Source Sans for text and figures, Source Serif for headings (SIL Open Font License). A
file has no name inside, since the license keeps the name for the whole typeface.
"""

from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FACES = {
    "sans-400.woff2": ("font_source_sans_pro", "SourceSansPro-Regular.ttf"),
    "sans-600.woff2": ("font_source_sans_pro", "SourceSansPro-Semibold.ttf"),
    "serif-600.woff2": ("font_source_serif_pro", "SourceSerifPro-Semibold.ttf"),
}
LETTERS = {
    *map(chr, [*range(0x20, 0x7F), *range(0xA0, 0x100), *range(0x391, 0x3CA)]),
    *"₀₁₂₃₄₅₆₇₈₉⁰⁴⁵⁶⁷⁸⁹–—−≤≥≠≈…‘’“”„•→←↑↓∞√ŁłŐőŰűČčŠšŽžĆćĐđĞğİıŞşŘřŚśŻż",
}
# Superscripts that the typefaces lack: the sign drawn smaller, and higher.
RAISED = {"⁻": "minus", "⁺": "plus"}
_SCALE, _RAISE = 0.6, 330  # of 1000 units to the em


def cut(path):
    """The typeface at a path, with `LETTERS` and `RAISED` alone, for WOFF2."""
    font = TTFont(path)
    for letter, sign in RAISED.items():
        pen = TTGlyphPen(font.getGlyphSet())
        pen.addComponent(sign, (_SCALE, 0, 0, _SCALE, 0, _RAISE))
        name = f"{sign}.raised"
        font["glyf"][name] = pen.glyph()
        width, side = font["hmtx"][sign]
        font["hmtx"][name] = (round(width * _SCALE), round(side * _SCALE))
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap[ord(letter)] = name
    features = ["kern", "mark", "tnum", "lnum"]
    subsetter = Subsetter(Options(hinting=False, layout_features=features, name_IDs=[]))
    subsetter.populate(text="".join(LETTERS.union(RAISED)))
    subsetter.subset(font)
    font.flavor = "woff2"
    return font


class FontFinder(BaseFinder):
    """Finds `fonts/` of `FACES`, which are made when they are first asked for."""

    prefix = "fonts"

    def __init__(self, app_names=None, *args, **kwargs):
        made_by = sha256(Path(__file__).read_bytes()).hexdigest()[:12]
        self.directory = settings.STATIC_ROOT.with_name("fonts") / made_by
        self.storage = FileSystemStorage(self.directory)
        self.storage.prefix = self.prefix

    def check(self, **kwargs):
        return []

    def find(self, path, find_all=False):
        name = path.removeprefix(f"{self.prefix}/")
        if path == name or name not in FACES:
            return []
        found = str(self._made(name))
        return [found] if find_all else found

    def list(self, ignore_patterns):
        for name in FACES:
            self._made(name)
            yield name, self.storage

    def _made(self, name):
        made = self.directory / name
        if not made.exists():
            package, file = FACES[name]
            self.directory.mkdir(parents=True, exist_ok=True)
            draft = made.with_suffix(".draft")
            cut(Path(find_spec(package).origin).parent / "files" / file).save(draft)
            draft.replace(made)
        return made
