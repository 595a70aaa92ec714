"""What a harvest says of properties: which they are, and under which condition."""

import re

from harvest.origins import Text

_PROPERTIES = {
    "activation_energy_ev": "activation_energy",
    "boiling_point_c": "boiling_point",
    "capacity_recovery_percent": "capacity_recovery",
    "charge_transfer_resistance_ohm": "charge_transfer_resistance",
    "coating_remaining_percent": "coating_remaining",
    "composition_at_percent": "atomic_content",
    "coulombic_efficiency_gain_percent": "efficiency_improvement",
    "cycles_to_crystallize": "cycles_to_crystallize",
    "decomposition_temperature_c": "decomposition_temperature",
    "density_g_cm3": "density",
    "deposition_temperature_c": "deposition_temperature",
    "diffusion_coefficient_cm2_s": "diffusion_coefficient",
    "electronic_conductivity_s_cm": "electronic_conductivity",
    "gpc_angstrom": "growth_per_cycle",
    "growth_per_supercycle_angstrom": "growth_per_supercycle",
    "interfacial_resistance_ohm_cm2": "interfacial_resistance",
    "interfacial_resistance_reduction_percent": "resistance_reduction",
    "ionic_conductivity_s_cm": "ionic_conductivity",
    "lithium_atomic_percent": "atomic_content",
    "mass_gain_ng_cm2": "mass_gain_per_cycle",
    "melting_point_c": "melting_point",
    "nitrogen_atomic_percent": "atomic_content",
    "nitrogen_atomic_percent_max": "atomic_content",
    "o_al_ratio": "atomic_ratio",
    "refractive_index": "refractive_index",
    "resistivity_uohm_cm": "resistivity",
    "retention_factor_over_control": "retention_factor",
    "roughness_nm": "roughness",
    "stability_window_v_vs_li": "stability_window",
    "stability_window_v_vs_na": "stability_window",
    "step_coverage_nm": "film_thickness",
    "surface_film_resistance_ohm": "surface_film_resistance",
    "thickness_nm": "film_thickness",
    "vapour_pressure_torr": "vapor_pressure",
    "vapour_pressure_torr_25c": "vapor_pressure",
    "voltage_retention_percent": "voltage_retention",
}
_COMPUTED = {"reading": "computed"}
#: By what an improvement is said to be of: the property, and what else is said of it.
IMPROVEMENTS = {
    None: "capacity_improvement",
    "capacity retention": "retention_improvement",
    "cycle life": "lifetime_improvement",
    "initial capacity": "capacity_improvement",
    "lithium inventory loss from SEI formation (reduction)": "lithium_loss_reduction",
}
GAINS = (
    "improvement_over_control_percent",
    "coulombic_efficiency_gain_percent",
    "interfacial_resistance_reduction_percent",
    "retention_factor_over_control",
)
#: What is said of a cell that no point of a test holds; of bare ones too.
OF_CELLS = ("capacity_recovery_percent", "voltage_retention_percent")
OF_SURFACES = (
    "interfacial_resistance_ohm_cm2",
    "surface_film_resistance_ohm",
    "charge_transfer_resistance_ohm",
    "diffusion_coefficient_cm2_s",
    *OF_CELLS,
)
OF_GROWTH = (
    "gpc_angstrom",
    "growth_per_supercycle_angstrom",
    "mass_gain_ng_cm2",
    "thickness_nm",
    "step_coverage_nm",
    "refractive_index",
    "density_g_cm3",
    "roughness_nm",
    "resistivity_uohm_cm",
    "cycles_to_crystallize",
    "o_al_ratio",
    "composition_at_percent",
    "lithium_atomic_percent",
    "nitrogen_atomic_percent",
    "nitrogen_atomic_percent_max",
)
OF_FILMS = (
    "ionic_conductivity_s_cm",
    "electronic_conductivity_s_cm",
    "activation_energy_ev",
    *OF_SURFACES,
    "stability_window_v_vs_li",
    "stability_window_v_vs_na",
    "coating_remaining_percent",
)
OF_PRECURSORS = (
    "melting_point_c",
    "boiling_point_c",
    "decomposition_temperature_c",
    "vapour_pressure_torr",
    "vapour_pressure_torr_25c",
)
#: What a film is made of, which depends on where it was deposited.
_OF_THE_FILM = (
    "refractive_index",
    "density_g_cm3",
    "resistivity_uohm_cm",
    "composition_at_percent",
    "lithium_atomic_percent",
    "nitrogen_atomic_percent",
)
_MEASURED_AT = ("ionic_conductivity_s_cm", *OF_SURFACES)
#: What holds after cycles, or at a rate.
_AFTER_CYCLES = (
    *OF_SURFACES,
    "coating_remaining_percent",
    "retention_factor_over_control",
)
_ELEMENTS = {
    "lithium_atomic_percent": "Li",
    "nitrogen_atomic_percent": "N",
    "nitrogen_atomic_percent_max": "N",
}
#: How the property of a field is called in slugs, where it was called so before.
_IN_SLUGS = {
    "lithium_atomic_percent": "lithium_content",
    "nitrogen_atomic_percent": "nitrogen_content",
    "nitrogen_atomic_percent_max": "nitrogen_content",
}


def property_of(entry, field):
    """The property whose value a field of an entry holds."""
    if field == "improvement_over_control_percent":
        return IMPROVEMENTS[entry["improvement_of"]]
    return _PROPERTIES[field.split(".")[0]]


def name_in_slugs(entry, field):
    stem, _, part = field.partition(".")
    name = _IN_SLUGS.get(stem) or property_of(entry, field)
    return f"{name}-{part}" if part else name


def value(entry, field):
    """The value of a field, and how it was read: None if it has none.

    That a cell lived 43 % longer is that it lived 1.43 times as long.
    """
    text = entry.quantity(field)
    if text is None or property_of(entry, field) != "lifetime_improvement":
        return text, {}
    times = f"{1 + entry[field] / 100:g}"
    sign = entry.sign(field).replace("=", "")
    return Text(f"{sign}{times}×", text.origins), _COMPUTED


def details(entry, field):
    """The further fields of a measurement: element, wavelength, condition."""
    stem, _, part = field.partition(".")
    found = {
        "element": _ELEMENTS.get(stem)
        or (part if stem == "composition_at_percent" else None),
        "wavelength": stem == "refractive_index"
        and entry.quantity("refractive_index_wavelength_nm"),
        "condition": _condition(entry, stem, part),
    }
    return {name: value for name, value in found.items() if value}


def _condition(entry, stem, part):
    if stem == "step_coverage_nm":
        return (
            f"{part} of {entry['aspect_feature']}" if entry["aspect_feature"] else part
        )
    if stem == "o_al_ratio":
        return "O per Al"
    if stem not in _AFTER_CYCLES:
        return None
    rate = entry.quantity("c_rate")
    current = entry.current
    cycles = entry["cycles"]
    said = []
    if cycles:
        word = "cycle" if cycles == 1 else "cycles"
        said.append(entry.sentence(f"after {{}} {word}", "cycles"))
    said += [Text(f"at {text}", text.origins) for text in (rate, current) if text]
    return Text(" ".join(said), [o for text in said for o in text.origins])


def temperature(entry, field):
    """The temperature of a value: of the measurement; of a growth rate, the film's."""
    if field in _MEASURED_AT:
        return entry.temperature
    if field in ("gpc_angstrom", "mass_gain_ng_cm2", "growth_per_supercycle_angstrom"):
        return entry.quantity("deposition_temperature_c")
    if field == "vapour_pressure_torr":
        return entry.quantity("source_temperature_c")
    if field == "vapour_pressure_torr_25c":
        return Text("25 °C", [entry.origin(field)])
    return None


def remarks(entry, field, recipe):
    """What must be said of a value for it to be understood: a list."""
    stem = field.split(".")[0]
    said = []
    if field.startswith("stability_window"):
        metal = field.removeprefix("stability_window_v_vs_").capitalize()
        said.append(f"Against {metal}/{metal}⁺.")
    if field == "coulombic_efficiency_gain_percent":
        said.append("Of the initial efficiency.")
    if field == "density_g_cm3" and entry["density_method"]:
        said.append(f"Method: {entry['density_method']}.")
    if field == "improvement_over_control_percent":
        said += _gained(entry)
    made_at = entry.quantity("deposition_temperature_c")
    if stem in _OF_THE_FILM and made_at and not recipe:
        said.append(Text(f"Deposited at {made_at}.", made_at.origins))
    return said


def _gained(entry):
    """What an improvement is of, and at which rate and temperature."""
    said = []
    if entry["improvement_of"] == "initial capacity":
        said.append("Of the initial capacity.")
    if entry["improvement_of"] == "cycle life":
        field = "improvement_over_control_percent"
        said.append(entry.sentence("Printed as a gain of {} %.", field))
    fields = ("c_rate", "temperature_c", "voltage_window_v")
    stated = [text for text in map(entry.quantity, fields) if text]
    if stated:
        origins = [origin for text in stated for origin in text.origins]
        said.append(Text(f"At {', '.join(stated)}.", origins))
    return said


def coverage(entry):
    """What the thicknesses along a feature say of it: the step coverage, and its aspect
    ratio where the words for it give both lengths. Property, text, and how it was read.
    """
    top, bottom = (entry[f"step_coverage_nm.{place}"] for place in ("top", "bottom"))
    if top and bottom:
        origins = [
            origin
            for place in ("top", "bottom")
            for origin in entry.number(f"step_coverage_nm.{place}").origins
        ]
        sign = (
            "~"
            if "~"
            in map(entry.sign, ("step_coverage_nm.top", "step_coverage_nm.bottom"))
            else ""
        )
        percent = f"{100 * bottom / top:.0f}"
        printed = re.search(rf"(?<![\d.]){percent} ?%", entry["quote"])
        text = printed[0] if printed else f"{sign}{percent} %"
        yield "step_coverage", Text(text, origins), {} if printed else _COMPUTED
    size = r"(\d+(?:\.\d+)?) µm"
    lengths = re.search(rf"{size} high, {size} diameter", entry["aspect_feature"] or "")
    if lengths:
        height, width = map(float, lengths.groups())
        yield (
            "aspect_ratio",
            Text(f"{height / width:g}", [entry.origin("aspect_feature")]),
            _COMPUTED,
        )
