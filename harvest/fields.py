"""What the fields of a harvest hold: their units, signs, uncertainties and words."""

SIGNS = {"<=": "≤", ">=": "≥"}  # as typed
#: Words for the limit of a series, which stay as printed, and their signs.
LIMITS = {"up to": "≤", "as high as": "≤", "as low as": "≥", "down to": "≥"}
#: The technique of a study whose deposition method is not named in what was read.
NOT_NAMED = "not named"

#: The fields that are quantities, and their units.
UNITS = {
    "activation_energy_ev": "eV",
    "areal_capacity_mah_cm2": "mAh/cm²",
    "boiling_point_c": "°C",
    "c_rate": "C",
    "capacity_loss_percent": "%",
    "capacity_recovery_percent": "%",
    "charge_c_rate": "C",
    "charge_transfer_resistance_ohm": "Ω",
    "coating_remaining_percent": "%",
    "coulombic_efficiency_gain_percent": "%",
    "coulombic_efficiency_percent": "%",
    "cycles": "cycles",
    "cycles_to_crystallize": "cycles",
    "decomposition_temperature_c": "°C",
    "density_g_cm3": "g/cm³",
    "deposition_temperature_c": "°C",
    "diffusion_coefficient_cm2_s": "cm²/s",
    "discharge_c_rate": "C",
    "electronic_conductivity_s_cm": "S/cm",
    "failure_onset_cycles": "cycles",
    "failure_onset_h": "h",
    "final_capacity": "mAh/g",
    "gpc_angstrom": "Å/cycle",
    "growth_per_supercycle_angstrom": "Å/cycle",
    "improvement_over_control_percent": "%",
    "initial_capacity": "mAh/g",
    "interfacial_resistance_ohm_cm2": "Ω·cm²",
    "interfacial_resistance_reduction_percent": "%",
    "ionic_conductivity_s_cm": "S/cm",
    "lifetime_h": "h",
    "lithium_atomic_percent": "at.%",
    "mass_gain_ng_cm2": "ng/cm²/cycle",
    "mass_loading_mg_cm2": "mg/cm²",
    "melting_point_c": "°C",
    "nitrogen_atomic_percent": "at.%",
    "nitrogen_atomic_percent_max": "at.%",
    "o_al_ratio": "",
    "overpotential_initial_mv": "mV",
    "overpotential_mv": "mV",
    "plasma_exposure_s": "s",
    "plasma_power_w": "W",
    "pressure_torr": "Torr",
    "rate_capacity": "mAh/g",
    "refractive_index": "",
    "refractive_index_wavelength_nm": "nm",
    "resistivity_uohm_cm": "µΩ·cm",
    "retention_factor_over_control": "×",
    "retention_percent": "%",
    "roughness_nm": "nm",
    "source_temperature_c": "°C",
    "specific_capacity": "mAh/g",
    "stability_window_v_vs_li": "V",
    "stability_window_v_vs_na": "V",
    "surface_film_resistance_ohm": "Ω",
    "temperature_c": "°C",
    "temperature_k": "K",
    "thickness_nm": "nm",
    "vapour_pressure_torr": "Torr",
    "vapour_pressure_torr_25c": "Torr",
    "voltage_retention_percent": "%",
    "voltage_window_v": "V",
}
#: The fields that hold a value for each precursor or step, element, place or gas:
#: that of “composition_at_percent” for hydrogen is “composition_at_percent.H”.
PARTS = {
    "carrier_flow_sccm": "sccm",
    "composition_at_percent": "at.%",
    "plasma_exposure_s": "s",
    "plasma_power_w": "W",
    "pulse_s": "s",
    "purge_s": "s",
    "reaction_wait_s": "s",
    "step_coverage_nm": "nm",
}
#: The units of a current density: the field of a test that holds it, its unit, and in
#: which one the harvest gives it.
CURRENTS = {
    "mA/cm2": ("current_density_ma_per_cm2", "mA/cm²", None),
    "mA/g": ("current_density_ma_per_g", "mA/g", None),
    "A/g": ("current_density_ma_per_g", "mA/g", "A g⁻¹"),
}
UNCERTAINTIES = {
    "coating_remaining_percent": "coating_remaining_uncertainty_percent",
    "composition_at_percent": "composition_uncertainty_at_percent",
    "coulombic_efficiency_percent": "coulombic_efficiency_uncertainty_percent",
    "density_g_cm3": "density_uncertainty_g_cm3",
    "gpc_angstrom": "gpc_uncertainty_angstrom",
    "ionic_conductivity_s_cm": "ionic_conductivity_uncertainty_s_cm",
}

#: What is said of values that have no field of their own.
WORDS = {
    "capacity_decay_percent_per_cycle": "capacity decay {} % per cycle",
    "production_rate_m_min": "production rate {} m/min",
    "upper_cutoff_v_vs_li": "upper cutoff {} V vs Li/Li+",
    "line_temperature_c": "supply line at {} °C",
}

COUNTS = ("ald_cycles", "cycles")
#: The same number under two keys: the second one is read.
TWICE = {"lithium_atomic_percent": "Li", "nitrogen_atomic_percent": "N"}
