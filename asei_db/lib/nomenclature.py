"""Other spellings of chemical names: what chemists take for the same.

All of it is common nomenclature, none of it is data: names of elements, trivial and
systematic names of simple compounds, abbreviations of electrodes and electrolytes, and
the order of letters in NMC.
"""

import re
from functools import lru_cache

from asei_db.lib.folding import fold
from asei_db.lib.formulas import FormulaError, composition

_NAMES = (  # noqa: SIM905 (easier to read than a hundred quoted words)
    "H hydrogen Li lithium Be beryllium B boron C carbon N nitrogen O oxygen "
    "F fluorine Na sodium Mg magnesium Al aluminum Si silicon P phosphorus "
    "S sulfur Cl chlorine K potassium Ca calcium Sc scandium Ti titanium "
    "V vanadium Cr chromium Mn manganese Fe iron Co cobalt Ni nickel Cu copper "
    "Zn zinc Ga gallium Ge germanium As arsenic Se selenium Br bromine Rb rubidium "
    "Sr strontium Y yttrium Zr zirconium Nb niobium Mo molybdenum Tc technetium "
    "Ru ruthenium Rh rhodium Pd palladium Ag silver Cd cadmium In indium Sn tin "
    "Sb antimony Te tellurium I iodine Cs cesium Ba barium La lanthanum Ce cerium "
    "Pr praseodymium Nd neodymium Sm samarium Eu europium Gd gadolinium Tb terbium "
    "Dy dysprosium Ho holmium Er erbium Tm thulium Yb ytterbium Lu lutetium "
    "Hf hafnium Ta tantalum W tungsten Re rhenium Os osmium Ir iridium Pt platinum "
    "Au gold Hg mercury Tl thallium Pb lead Bi bismuth"
).split()
_SYMBOLS = dict(zip(_NAMES[1::2], _NAMES[::2], strict=True))
_BRITISH = {"aluminium": "Al", "caesium": "Cs", "sulphur": "S"}

#: The usual charge of a metal that its compounds do not name.
_CHARGES = dict.fromkeys(["Li", "Na", "K", "Rb", "Cs", "Ag", "H"], 1)
_CHARGES |= dict.fromkeys(["Be", "Mg", "Ca", "Sr", "Ba", "Zn", "Cd", "Ni", "Cu"], 2)
_CHARGES |= dict.fromkeys(["B", "Al", "Ga", "In", "Sc", "Y", "La", "Er", "Gd"], 3)
_CHARGES |= dict.fromkeys(["Si", "Ti", "Zr", "Hf", "Ce", "Sn", "Ge"], 4)
_CHARGES |= dict.fromkeys(["Nb", "Ta", "V", "P"], 5)
_CHARGES |= dict.fromkeys(["W", "Mo"], 6)
_ANIONS = {
    "oxide": ("O", 2),
    "sulfide": ("S", 2),
    "selenide": ("Se", 2),
    "nitride": ("N", 3),
    "phosphide": ("P", 3),
    "fluoride": ("F", 1),
    "chloride": ("Cl", 1),
    "bromide": ("Br", 1),
    "iodide": ("I", 1),
    "hydroxide": ("OH", 1),
    "carbonate": ("CO3", 2),
    "phosphate": ("PO4", 3),
    "sulfate": ("SO4", 2),
    "nitrate": ("NO3", 1),
}
_COUNTS = {"mono": 1, "di": 2, "tri": 3, "tetra": 4, "penta": 5, "pent": 5, "hexa": 6}
_SYSTEMATIC = re.compile(
    rf"(?P<metals>{'|'.join(_COUNTS)}|)(?P<metal>{'|'.join(_SYMBOLS)})\s?"
    r"(?P<charge>i{1,3}|iv|vi?|)\s?"
    rf"(?P<anions>{'|'.join(_COUNTS)}|)(?P<anion>{'|'.join(_ANIONS)})"
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6}

_TRIVIAL = {
    "alumina": "Al2O3",
    "ammonia": "NH3",
    "baria": "BaO",
    "boria": "B2O3",
    "calcia": "CaO",
    "ceria": "CeO2",
    "chromia": "Cr2O3",
    "erbia": "Er2O3",
    "gadolinia": "Gd2O3",
    "gallia": "Ga2O3",
    "germania": "GeO2",
    "hafnia": "HfO2",
    "india": "In2O3",
    "lanthana": "La2O3",
    "lithia": "Li2O",
    "magnesia": "MgO",
    "niobia": "Nb2O5",
    "scandia": "Sc2O3",
    "silica": "SiO2",
    "strontia": "SrO",
    "tantala": "Ta2O5",
    "titania": "TiO2",
    "urania": "UO2",
    "vanadia": "V2O5",
    "water": "H2O",
    "yttria": "Y2O3",
    "zirconia": "ZrO2",
}

#: Abbreviations by what they stand for: the names, or the formulas, of records.
_ABBREVIATED = {
    "cei": ["cathode–electrolyte interphase"],
    "cnt": ["carbon nanotubes"],
    "hc": ["hard carbon"],
    "lagp": ["Li1.5Al0.5Ge1.5(PO4)3"],
    "latp": ["Li1.3Al0.3Ti1.7(PO4)3"],
    "lco": ["LiCoO2"],
    "lfp": ["LiFePO4"],
    "lgps": ["Li10GeP2S12"],
    "lipon": ["LiPxOyNz", "LiPON"],
    "llo": ["Li-rich layered oxide"],
    "llto": ["Li–La–Ti–O"],
    "llzo": ["Li7La3Zr2O12", "garnet", "garnet solid electrolyte"],
    "llzto": ["Li6.4La3Zr1.4Ta0.6O12"],
    "lmo": ["LiMn2O4"],
    "lmno": ["LiMn1.5Ni0.5O4"],
    "lnmo": ["LiMn1.5Ni0.5O4", "LiNi0.5Mn1.5O4"],
    "lno": ["LiNiO2"],
    "lpsc": ["Li6PS5Cl"],
    "lpscl": ["Li6PS5Cl"],
    "lrlo": ["Li-rich layered oxide"],
    "lto": ["Li4Ti5O12"],
    "nasicon": ["NaTi2(PO4)3", "LATP"],
    "argyrodite": ["Li6PS5Cl"],
}

_NMC = re.compile(r"(?:li)?([nmc]{3})(\d{2,3}|\d{6})")
_NMC_FIRST = "nmc"  # nickel, manganese, cobalt


def symbol_of(word):
    """The symbol of an element for its name in any case, or for the symbol in lower
    case, `li`; else the word itself: `HF` is a compound, and no hafnium."""
    symbol = (_SYMBOLS | _BRITISH).get(word.lower())
    return symbol or (word.capitalize() if word.islower() else word)


def with_symbols(folded):
    """Folded words with the symbols of elements for their names: `li foil`."""
    return " ".join(
        _SYMBOLS[word].lower() if word in _SYMBOLS else word for word in folded.split()
    )


@lru_cache(maxsize=8192)  # the same formulas are written again and again
def hill(text):
    """The composition in Hill's order, `C3H9Al`; "" for what is no molecule's formula.

    Carbon comes first, then hydrogen, then the others by their symbols.
    """
    try:
        atoms = composition(text)
    except FormulaError:
        return ""
    first = [symbol for symbol in "CH" if symbol in atoms] if "C" in atoms else []
    others = sorted(atoms.keys() - {*first})
    return "".join(
        symbol + (f"{atoms[symbol]:g}" if atoms[symbol] != 1 else "")
        for symbol in [*first, *others]
    )


def nmc(text):
    """The shares of Ni, Mn and Co in a layered oxide: `80-10-10`; "" for others.

    Of `NMC811`, `NCM 811` and `LiNi0.8Mn0.1Co0.1O2` alike; the letters say which
    number belongs to what. Two digits are the nickel alone: `NCM95` gives `95`.
    """
    found = _NMC.fullmatch(fold(text).replace(" ", ""))
    if found and sorted(found[1]) == sorted(_NMC_FIRST):
        digits = found[2]
        if len(digits) == 2:
            return digits
        size = len(digits) // 3
        parts = [int(digits[n : n + size]) for n in range(0, len(digits), size)]
        amounts = dict(zip(found[1], parts, strict=True))
        return _shares([amounts[letter] for letter in _NMC_FIRST])
    return _shares_of(text) if "Ni" in text and "Co" in text else ""


def _shares_of(formula):
    try:
        atoms = composition(formula)
    except FormulaError:
        return ""
    if atoms.keys() != {"Li", "Ni", "Mn", "Co", "O"} or atoms["Li"] > 1.05:
        return ""
    return _shares([atoms[symbol] for symbol in ("Ni", "Mn", "Co")])


def _shares(amounts):
    total = sum(amounts)
    return "-".join(f"{100 * a / total:.0f}" for a in amounts) if total else ""


def meanings(folded):
    """The names and formulas that a folded name is another word for, as a list."""
    joined = folded.replace(" ", "")
    found = [*_ABBREVIATED.get(joined, [])]
    if joined in _TRIVIAL:
        found.append(_TRIVIAL[joined])
    if systematic := _SYSTEMATIC.fullmatch(folded):
        found += _compounds(systematic)
    return found


def _compounds(found):
    """The formula that a name such as "titanium dioxide" or "lithium nitride" has."""
    metal = _SYMBOLS[found["metal"]]
    anion, charge = _ANIONS[found["anion"]]
    valence = _ROMAN.get(found["charge"]) or _CHARGES.get(metal)
    if found["anions"]:
        anions = _COUNTS[found["anions"]]
        metals, left = divmod(charge * anions, valence or charge * anions)
        metals = _COUNTS.get(found["metals"], 1 if left else metals)
        return [_formula(metal, metals, anion, anions)]
    if not valence:
        return []
    metals, anions = charge, valence
    for divisor in (6, 5, 4, 3, 2):
        if metals % divisor == 0 and anions % divisor == 0:
            metals, anions = metals // divisor, anions // divisor
    return [_formula(metal, metals, anion, anions)]


def _formula(metal, metals, anion, anions):
    group = f"({anion})" if anions > 1 and re.search("[A-Z].*[A-Z]", anion) else anion
    return "".join(
        name + (str(count) if count > 1 else "")
        for name, count in ((metal, metals), (group, anions))
    )
