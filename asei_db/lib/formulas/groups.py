"""Groups and ligands by their usual short names, and the atoms that they stand for."""

#: What may sit on a cyclopentadienyl ring in the place of a hydrogen.
ALKYLS = {"Me": "CH3", "Et": "C2H5", "Bu": "C4H9", "Ph": "C6H5"}
#: Those with isomers: `iPr`, `i-Pr`, `OPri`, `tert-Bu`, `tAm`.
BRANCHED = {"Pr": "C3H7", "Bu": "C4H9", "Am": "C5H11"}
GROUPS = {
    **ALKYLS,
    "Cp": "C5H5",
    "Cp*": "C10H15",
    "OAc": "C2H3O2",
    "OTf": "CF3SO3",
    "TFSI": "C2F6NO4S2",
    "TFSA": "C2F6NO4S2",
    "BETI": "C4F10NO4S2",
    "DFOB": "BC2F2O4",
    "HMDS": "C6H18NSi2",
}
#: Anions whose letters are symbols too; they are meant behind an alkali metal.
ALKALI_ANIONS = {"FSI": "F2NO4S2", "BOB": "BC4O8"}
#: Ligands; in capitals as well. None: known by elements only, as chemists write
#: `iPr-amd` for an amidinate with two such groups.
LIGANDS = {
    "acac": "C5H7O2",
    "tfac": "C5H4F3O2",
    "hfac": "C5HF6O2",
    "thd": "C11H19O2",
    "tmhd": "C11H19O2",
    "dpm": "C11H19O2",
    "fod": "C10H10F7O2",
    "mmp": "C5H11O2",
    "dmae": "C4H10NO",
    "dmap": "C5H12NO",
    "dmamp": "C6H14NO",
    "dmamb": "C7H16NO",
    "mpd": "C6H12O2",
    "hmds": "C6H18NSi2",
    "btsa": "C6H18NSi2",
    "thf": "C4H8O",
    "dme": "C4H10O2",
    "dmso": "C2H6OS",
    "dmf": "C3H7NO",
    "tmeda": "C6H16N2",
    "diglyme": "C6H14O3",
    "triglyme": "C8H18O4",
    "tetraglyme": "C10H22O5",
    "cod": "C8H12",
    "cot": "C8H8",
    "nbd": "C7H8",
    "py": "C5H5N",
    "bpy": "C10H8N2",
    "bipy": "C10H8N2",
    "phen": "C12H8N2",
    "en": "C2H8N2",
}
#: Ligands of which only the elements are sure.
UNCOUNTED = {"amd": "CHN", "fmd": "CHN", "famd": "CHN", "dad": "CHN", "mp": "CHO"}
