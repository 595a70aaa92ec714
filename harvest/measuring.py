"""What a harvest says of properties: which they are, and under which condition."""

_PROPERTIES = {
    "ionic_conductivity_s_cm": "ionic_conductivity",
    "electronic_conductivity_s_cm": "electronic_conductivity",
    "activation_energy_ev": "activation_energy",
    "interfacial_resistance_ohm_cm2": "interfacial_resistance",
    "stability_window_v_vs_li": "stability_window",
    "stability_window_v_vs_na": "stability_window",
    "gpc_angstrom": "growth_per_cycle",
    "deposition_temperature_c": "deposition_temperature",
    "thickness_nm": "film_thickness",
    "refractive_index": "refractive_index",
    "lithium_atomic_percent": "lithium_content",
    "nitrogen_atomic_percent": "nitrogen_content",
    "nitrogen_atomic_percent_max": "nitrogen_content",
    "melting_point_c": "melting_point",
    "boiling_point_c": "boiling_point",
    "decomposition_temperature_c": "decomposition_temperature",
    "vapour_pressure_torr": "vapor_pressure",
    "vapour_pressure_torr_25c": "vapor_pressure",
    "coulombic_efficiency_gain_percent": "efficiency_improvement",
}
#: By what an improvement is said to be of.
IMPROVEMENTS = {
    None: "capacity_improvement",
    "capacity retention": "retention_improvement",
    "lithium inventory loss from SEI formation (reduction)": "lithium_loss_reduction",
}
GAINS = ("improvement_over_control_percent", "coulombic_efficiency_gain_percent")
OF_FILMS = (
    "ionic_conductivity_s_cm",
    "electronic_conductivity_s_cm",
    "activation_energy_ev",
    "interfacial_resistance_ohm_cm2",
    "stability_window_v_vs_li",
    "stability_window_v_vs_na",
)
OF_GROWTH = (
    "gpc_angstrom",
    "deposition_temperature_c",
    "thickness_nm",
    "refractive_index",
    "lithium_atomic_percent",
    "nitrogen_atomic_percent",
    "nitrogen_atomic_percent_max",
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
    "lithium_atomic_percent",
    "nitrogen_atomic_percent",
)
_MEASURED_AT = ("ionic_conductivity_s_cm", "interfacial_resistance_ohm_cm2")


def property_of(entry, name):
    """The property whose value the field `name` of an entry holds."""
    if name == "improvement_over_control_percent":
        return IMPROVEMENTS[entry["improvement_of"]]
    return _PROPERTIES[name]


def condition(entry, name):
    """The temperature of a value: of the measurement; of a growth rate, the film's."""
    if name in _MEASURED_AT:
        return entry.temperature
    if name == "gpc_angstrom":
        return entry.quantity("deposition_temperature_c")
    if name == "vapour_pressure_torr":
        return entry.quantity("source_temperature_c")
    return "25 °C" if name == "vapour_pressure_torr_25c" else None


def remarks(entry, name):
    """What must be said of a value for it to be understood: a list."""
    if name.startswith("stability_window"):
        metal = name.removeprefix("stability_window_v_vs_").capitalize()
        return [f"Against {metal}/{metal}⁺."]
    if name == "coulombic_efficiency_gain_percent":
        return ["Of the initial efficiency."]
    if name == "improvement_over_control_percent":
        fields = ("c_rate", "temperature_c", "voltage_window_v")
        conditions = [entry.quantity(field) for field in fields]
        stated = ", ".join(filter(None, conditions))
        return [f"At {stated}."] if stated else []
    if name in _OF_THE_FILM and (made_at := entry.quantity("deposition_temperature_c")):
        return [f"Deposited at {made_at}."]
    return []
