"""What follows from a SMILES: a drawing, the InChIKey and the molecular formula.

RDKit is loaded on first use only: a site that is merely read never needs it.
"""

import logging
from collections import Counter
from functools import cache
from xml.etree import ElementTree

from asei_db.lib.formulas import FormulaError, composition, elements

# Mid-tones, so that a drawing without background reads on white and on near-black.
_NEUTRAL = "#7c8490"
_COLORS = {
    "N": "#4c7fe0",
    "O": "#e0524c",
    "P": "#c2711f",
    "S": "#a5811a",
    "F": "#2f9a57",
    "Cl": "#2f9a57",
    "Br": "#b0603a",
    "I": "#9a5fc7",
}
_BOND_PIXELS = 36
_SVG = "{http://www.w3.org/2000/svg}"


class StructureError(ValueError):
    """A text that is no SMILES, or not that of the formula; the message says why."""


def draw(smiles):
    """The skeletal formula as an SVG text of paths alone; StructureError otherwise.

    "" on a machine without the system libraries that RDKit draws with.
    """
    from rdkit.Chem import GetPeriodicTable

    molecule = _joined(_read(smiles))
    rdMolDraw2D = _drawing()  # noqa: N806 - RDKit's own name
    if rdMolDraw2D is None:
        return ""
    canvas = rdMolDraw2D.MolDraw2DSVG(-1, -1)  # as large as the molecule
    options = canvas.drawOptions()
    options.clearBackground = False
    options.scalingFactor = _BOND_PIXELS / 1.5  # pixels an ångström
    options.baseFontSize = 0.7  # of a bond
    number = GetPeriodicTable().GetAtomicNumber
    palette = {number(symbol): color for symbol, color in _COLORS.items()}
    options.setAtomPalette(
        {n: _rgb(color) for n, color in (palette | {-1: _NEUTRAL}).items()}
    )
    rdMolDraw2D.PrepareAndDrawMolecule(canvas, molecule)
    canvas.FinishDrawing()
    return _compact(canvas.GetDrawingText())


@cache
def _drawing():
    """RDKit's module that draws, or None; what is missing is logged once."""
    try:
        from rdkit.Chem.Draw import rdMolDraw2D
    except ImportError as error:
        logging.getLogger(__name__).warning(
            "Structures are not drawn: %s. Install libX11, libXext, libXrender and "
            "libexpat, then save the precursors again.",
            error,
        )
        return None
    return rdMolDraw2D


def inchi_key(smiles):
    """The InChIKey; "" where the bonds are beyond InChI. StructureError otherwise."""
    from rdkit.Chem import MolToInchiKey
    from rdkit.rdBase import BlockLogs

    molecule = _read(smiles)
    with BlockLogs():
        return MolToInchiKey(molecule)


def molecular_formula(smiles):
    """The formula in Hill's order, e.g. `C4H9LiO`. StructureError otherwise."""
    from rdkit.Chem.rdMolDescriptors import CalcMolFormula

    return CalcMolFormula(_read(smiles))


def check_formula(smiles, formula, symbols=()):
    """Raise StructureError unless the SMILES has the atoms of the formula.

    Parts of a molecule (`CaSO4·½H2O`) agree in proportion. Where the formula's atoms
    cannot be counted (`LiPxOyNz`), or there is none, the SMILES must have the elements
    `symbols` or, without these, those of the formula.
    """
    from rdkit.Chem.rdMolDescriptors import CalcMolFormula

    molecule = _read(smiles)
    own, atoms = CalcMolFormula(molecule), _atoms(molecule)
    try:
        wanted = composition(formula)
    except FormulaError:
        symbols = symbols or _elements(formula)
        if symbols and set(symbols) != set(atoms):
            raise StructureError(
                f"The SMILES is that of {own}, but the elements are "
                f"{', '.join(sorted(symbols))}."
            ) from None
        return
    if any(count % 1 for count in wanted.values()):
        times = max(round(sum(atoms.values()) / sum(wanted.values())), 1)
        wanted = {symbol: round(count * times, 2) for symbol, count in wanted.items()}
    if wanted != atoms:
        differences = ", ".join(
            f"{atoms[symbol] or 'no'} {symbol} instead of {wanted.get(symbol, 0):g}"
            for symbol in wanted | atoms
            if atoms[symbol] != wanted.get(symbol, 0)
        )
        raise StructureError(
            f"The SMILES is that of {own}, not of {formula}: it has {differences}."
        )


def _elements(formula):
    """The symbols of a formula's elements, none if they cannot be read."""
    try:
        return elements(formula)
    except FormulaError:
        return []


def _atoms(molecule):
    """How many atoms of each element a molecule has, by symbol."""
    atoms = Counter(atom.GetSymbol() for atom in molecule.GetAtoms())
    atoms["H"] += sum(atom.GetTotalNumHs() for atom in molecule.GetAtoms())
    return +atoms


def _read(smiles):
    """The molecule; bonds that valence rules do not know are taken as written."""
    from rdkit import Chem
    from rdkit.rdBase import BlockLogs

    with BlockLogs():
        molecule = Chem.MolFromSmiles(smiles)
        if molecule is None:
            # Neutral four-coordinate aluminum, donor bonds to titanium …
            molecule = Chem.MolFromSmiles(smiles, sanitize=False)
            if molecule is not None:
                molecule.UpdatePropertyCache(strict=False)
                rules = Chem.SANITIZE_ALL ^ Chem.SANITIZE_PROPERTIES
                if Chem.SanitizeMol(molecule, rules, catchErrors=True):
                    molecule = None
    known = molecule and all(atom.GetAtomicNum() for atom in molecule.GetAtoms())
    # RDKit takes what follows a space for a name.
    if not known or not molecule.GetNumAtoms() or any(map(str.isspace, smiles)):
        raise StructureError(f"“{smiles[:50]}” is no SMILES that can be read.")
    return molecule


def _joined(molecule):
    """The molecule with bonds between a metal ion and its ligands.

    Databases write molecules such as TiCl4 as five ions; chemists draw bonds. Salts of
    a single charge, such as LiOtBu, stay ions.
    """
    from rdkit import Chem

    charges = {a.GetIdx(): a.GetFormalCharge() for a in molecule.GetAtoms()}
    cations = [index for index, charge in charges.items() if charge > 1]
    anions = [index for index, charge in charges.items() if charge == -1]
    if len(cations) != 1 or charges[cations[0]] != len(anions):
        return molecule
    joined = Chem.RWMol(molecule)
    for index in anions:
        joined.AddBond(cations[0], index, Chem.BondType.SINGLE)
    for atom in joined.GetAtoms():
        atom.SetFormalCharge(0)
    joined.UpdatePropertyCache(strict=False)
    return joined


def _compact(drawing):
    """RDKit's SVG without styles, classes and metadata; one path a color and width.

    Presentation attributes need no exception from a Content-Security-Policy.
    """
    root = ElementTree.fromstring(drawing)  # noqa: S314 (RDKit's own)
    paths = {}
    for path in root.iter(f"{_SVG}path"):
        style = dict(
            part.split(":") for part in path.get("style", "").split(";") if part
        )
        look = {"fill": style.get("fill") or path.get("fill")}
        for name in ("stroke", "stroke-width", "stroke-dasharray"):
            if style.get(name, "none") != "none":
                look[name] = style[name].removesuffix("px")
        shape = " ".join(path.get("d").replace(",", " ").split())
        paths.setdefault(tuple(look.items()), []).append(shape)
    body = "".join(
        f'<path d="{"".join(shapes)}" '
        + " ".join(f'{name}="{value.lower()}"' for name, value in look)
        + "/>"
        for look, shapes in paths.items()
    )
    width, height = (root.get(name).removesuffix("px") for name in ("width", "height"))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}">{body}</svg>'
    )


def _rgb(color):
    return tuple(int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
