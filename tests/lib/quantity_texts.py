"""Texts that say the same quantity, as papers print and people type them."""

# By unit: the qualifier with both ends (None for an open one), and the texts.
SPELLINGS = {
    "°C": {
        ("=", 80, 80): [
            *("80 oC", "80 ºC", "80˚C", "80⁰C", "80 ∘C", "80 ℃", "80° C", "80°"),
            *("80 C", "80 deg C", "80 deg. C", "80 degrees Celsius", "80 Celsius"),
            *("80 celsius", "80 degree C", "80 degrees centigrade", "at 80 °C"),
            *("８０ °C", "80 °C.", "+80 °C", "80,", "353.15 K", "353.15 kelvin"),
            *("353.15 °K", "353.15 k", "80◦C", "80 ◦ C", r"$80^{\circ}C$"),
            *(r"80 ^\circ C", r"80 $^\circ$C"),
        ],
        ("=", 10, 10): ["10⁰C", "10 ⁰C"],
        ("=", -28, -28): ["− 28 °C", "–28", "﹣28 °C", "‐28°C"],
        ("=", 25, 25): [
            *("RT", "rt", "R.T.", "r. t.", "Room temperature", "room-temperature"),
            *("ROOM TEMP.", "ambient temperature", "Ambient", "RT (25 °C)"),
            *("25 °C (RT)", "25 °C (298 K)", "room temperature (~25 °C)"),
        ],
        ("=", 25, 150): ["RT–150 °C", "Room temperature to 150 °C", "ambient ~ 150"],
        ("=", 80, 120): [
            *("80~120 °C", "80 ∼ 120 °C", "80～120℃", "80〜120 °C", "80 °C ~ 120 °C"),
            *("between 80 and 120 °C", "Between 80 °C and 120 °C"),
            *("between 80–120 °C", "from 80 to 120 °C", "from 80 up to 120 °C"),
            *("in the range of 80 to 120", "in the range 80–120"),
            *("ranging from 80 to 120 °C", "a range of 80-120 °C", "80°–120°C"),
            *("80÷120 °C", "80--120 °C", "80 ‒ 120", "80 — 120", "80…120"),
            *("80 ... 120 °C", "80..120", "80 through 120 °C", "100 ± 20 °C"),
            *("(100 ± 20) °C", "100 °C ± 20 %", "100(20) °C", "100 ±20"),
        ],
        ("~", 80, 120): [
            "~80 to ~120 °C",
            "~80–~120",
            "≈80 – ≈120 °C",
            "~80–120 °C",
            "from about 80 to 120 °C",
            "ca. 80~120 °C",
        ],
        ("=", -10, -5): ["−10–−5", "-10--5", "−10 to −5 °C"],
        ("≥", 80, None): ["80 °C or higher", "80 °C and above", "as low as 80 °C"],
    },
    "nm": {
        ("=", 5, 5): [
            *("5nm", "5-nm", "5 NM", "5 nanometers", "5 nano-metres", "5 nanometre"),
            *("50 Å", "50 Å", "50 A", "50 A°", "50 ˚A", "50 Angstrom"),
            *("50 ångströms", "50 Ang.", "0.005 µm", "0.005 μm", "0.005 um"),
            *("0.005 micron", "5 ㎚", "0.005 micrometers", "5000 pm", "5e-6 mm"),
            *("5e-7 cm", "5 nm (50 Å)", "\ufeff5 nm", "5\u200b nm", "5\xad nm"),
            *("5\u2060nm", "5\u2009nm", "5 nm;"),
        ],
        ("=", 500, 500): [
            *("5 x 10^2", "5 X 10^2", "5 ✕ 10²", "5⨯10²", "5*10**2", "5 ∗ 10^{2}"),
            *("5·10^(2)", "5•10²", "5E2", "5e+2 nm", "0.5 microns"),
        ],
        ("=", 1000, 1000): [
            *("1 000 nm", "1\u2009000 nm", "1\xa0000", "1\u202f000", "1,000"),
            *("1'000", "1’000 nm", "1 µm", "10^3", "10³ nm", "10 ^ 3"),
        ],
        ("=", 12345678.5, 12345678.5): [
            *("12 345 678.5", "12,345,678.5", "12'345'678.5"),
        ],
        ("=", 4, 6): [
            *("5 ± 1", "5±1 nm", "5 nm ± 1 nm", "5 +- 1 nm", "5 +/- 1", "5 +/− 1 nm"),
            *("5 (±1) nm", "5 (± 1 nm)", "(5 ± 1) nm", "5 ∓ 1", "5(1) nm"),
            *("5 ± 20 %", "5 nm (±20%)", "5 nm ± 10 Å", "5 ± 20% nm", "5 +1/−1 nm"),
            *("5 (+1/-1)", "5 -1/+1", "5 +1 −1 nm", "5.0(10) nm"),
        ],
        ("=", 4.9, 5.1): [r"5 \pm 0.1 nm"],
        ("=", 1, 1.3): ["1.2 +0.1/−0.2 nm", "1.2 −0.2/+0.1", "1.2 (+0.1, −0.2) nm"],
        ("=", 11.9, 12.7): ["12.3(4) nm", "123(4) Å", "0.0123(4) µm"],
        ("~", 10, 10): [
            *("~10", "∼10 nm", "≈10", "≃ 10", "c.a. 10 nm", "ca 10", "Circa 10 nm"),
            *("close to 10 nm", "about 10", "on the order of 10 nm", "10 nm approx."),
            *("appr. 10 nm", r"$\sim$10 nm", r"\approx 10"),
        ],
        ("<", None, 10): [
            *("<10", "＜10 nm", "less than 10 nm", "sub-10 nm", "sub 10 nm"),
            *("≪10 nm", "smaller than 10 nm", "thinner than 10 nm", "below 10 nm"),
            *("beneath 10",),
        ],
        (">", 10, None): [
            *("> 10", "greater than 10 nm", "exceeding 10 nm", "in excess of 10 nm"),
            *("thicker than 10 nm", "beyond 10 nm", "More than 10 nm", "≫ 10 nm"),
        ],
        ("≤", None, 10): [
            *("≤10", "no more than 10 nm", "not more than 10 nm", "max. 10 nm"),
            *("max 10", "maximum 10 nm", "a maximum of 10 nm", "10 nm max."),
            *("10 nm (max)", "less than or equal to 10 nm"),
            *("equal to or less than 10", "≲10 nm", "10 nm or less"),
            *("10 nm and below", "10 or fewer nm", "not exceeding 10", "at most 10"),
            *("10 nm at most", "up to 10 nm", "≯10", "no greater than 10"),
        ],
        ("≥", 10, None): [
            *("≥10", "10+ nm", "10 nm+", "10+", "no less than 10 nm"),
            *("not less than 10", "min. 10 nm", "minimum 10 nm", "10 nm min."),
            *("10 nm minimum", "≳10 nm", "10 nm or more", "10 or more nm"),
            *("10 nm or higher", "10 nm and up", "at least 10"),
            *("greater than or equal to 10 nm", "upwards of 10 nm", "≮10"),
        ],
    },
    "S/cm": {
        ("=", 2e-07, 2e-07): [
            *("2 × 10−7 S∙cm−1", "2 × 10–7 Scm–1", "2·10-7 (Ω cm)−1"),
            *("2*10**-7 S/cm", "2 X 10-7 S/cm", "2 × 10⁻⁷ S•cm⁻¹", "2e-7 S.cm-1"),
            *("2 E−7 S cm^{-1}", "2 × 10^{-7} (Ω·cm)^{-1}", "2 × 10^-7 Ω-1cm-1"),
            *("2 × 10⁻⁷ ohm⁻¹ cm⁻¹", "2 × 10-7 S cm −1", "200 nS/cm", "0.2 µS cm-1"),
            *("2 × 10-4 mS/cm", "2e-5 S/m", "2e-5 S m-1"),
            *("2e-7 siemens per centimeter", "2e-7 mho/cm"),
            *("2 × 10$^{-7}$ S cm$^{-1}$", "200 nanosiemens/cm", "2e-7 s/cm"),
            *(r"2 \times 10^{-7} S/cm", r"$2\cdot10^{-7}$ S/cm"),
            *("2 × 10(-7) S cm(-1)", "2x10(−7) S/cm", "2 × 10 − 7 S cm − 1"),
        ],
        ("=", 1e-08, 1e-08): [
            *("10-8", "10−8 S cm−1", "10⁻⁸", "10^{-8} S/cm", "10**-8"),
        ],
        ("=", 1e-12, 1e-12): ["10−12 S cm−1", "10–12 S/cm", "10-12"],
        ("=", 0.001, 0.001): ["10–3 S/cm"],
        ("=", 0.01, 0.02): ["10–20 mS cm−1", "10 to 20 mS/cm", "10,000–20,000 µS/cm"],
        ("=", 0.01, 0.012): ["10–12 mS cm−1", "10-12 mS/cm"],
        ("=", 1e-05, 0.0001): ["10-100 µS/cm", "10 – 100 µS cm−1"],
        ("=", 10, 12): ["10 – 12 S/cm", "10 to 12 S/cm"],
        ("=", 10, 20): ["10–20 S/cm", "10-20", "10 - 20"],
        ("=", 10, 12.5): ["10–12.5 S/cm"],
        ("=", 1e-08, 1e-06): [
            *("10-8~10-6 S cm-1", "10−8–10−6 S cm−1", "10-8 to 10-6", "1e-8–1e-6"),
            *("between 10-8 and 10-6 S/cm", "10⁻⁸ ∼ 10⁻⁶ S cm⁻¹"),
        ],
        ("=", 2.1e-07, 2.5e-07): [
            *("2.3(2) × 10−7 S cm−1", "2.3 × 10−7(2) S cm−1", "2.3 ± 0.2 × 10-7"),
            *("(2.3 ± 0.2) × 10-7 S/cm", "2.3 × 10-7 ± 0.2 × 10-7", "2.3(2)e-7"),
            *("2.3 × 10-7 ± 2e-8 S/cm",),
        ],
    },
    "h": {
        ("=", 500, 500): [
            *("500 hours", "500 hr", "500 hrs.", "500 H", "500h", "500-h"),
        ],
        ("=", 480, 480): ["20 days", "20 d", "20 day"],
        ("=", 168, 168): ["1 week", "168 hours"],
        ("=", 1.5, 1.5): [
            *("90 minutes", "90 min", "90 mins", "5400 seconds", "5400 sec"),
        ],
        ("=", 0.5, 0.5): ["30 min.", "30 minute", "1 800 s"],
        (">", 500, None): ["> 500 hrs", "over 500 hours"],
        ("≥", 500, None): ["500+ hours", "500 h or more", "500 or longer h"],
    },
    "Å/cycle": {
        ("=", 1.1, 1.1): [
            *("1.1 angstrom/cycle", "1.1 A per cycle", "1.1 Å/cy", "1.1 Å/cyc."),
            *("1.1 Å/ALD cycle", "1.1 Å per MLD cycle", "1.1 Å cycle^{-1}"),
            *("1.1 Å / cycle", "0.11 nm/cycle", "110 pm cycle-1", "1.1 Å·cycle⁻¹"),
            *("1.1 Å/cycles", "1.1 Å per deposition cycle", "1.1 Å"),
            *(r"1.1\mathrm{\AA / cycle}", r"1.1 \AA/cycle", "1.1 Åper cycle"),
        ],
    },
    "Torr": {
        ("=", 1, 1): [
            *("1 mmHg", "1 mm Hg", "1 torr", "1 TORR", "1000 mTorr", "1000 mtorr"),
        ],
        ("=", 0.001, 0.001): ["10−3 Torr", "10-3 mmHg", "10–3", "10^-3 Torr"],
        ("=", 0.00075, 0.00075): ["10-3 mbar", "0.1 Pa"],
        ("=", 0.001, 0.1): ["10−3–10−1 Torr", "10-3 to 10-1 Torr"],
        ("=", 10, 12): ["10–12 Torr"],
        ("=", 0.75, 0.75): ["1 hPa", "1 mbar", "100 Pa", "0.1 kPa", "0.001 bar"],
        ("=", 7.5e-06, 7.5e-06): ["1 mPa"],
        ("=", 7500, 7500): ["1 MPa", "1 megapascal"],
        ("=", 759.8, 759.8): ["1013 mbar"],
        ("=", 1.234, 1.234): ["1234 mTorr"],
        ("=", 760, 760): ["1 atm", "760 mmHg"],
    },
    "Ω·cm²": {
        ("=", 100, 100): [
            *("100 Ω cm2", "100 Ωcm2", "100 Ω.cm2", "100 Ω·cm²", "100 ohm-cm2"),
            *("100 Ω*cm2", "100 Ohm cm^2", "100 ohms cm^{2}", "0.1 kΩ cm²"),
            *("0.1 kohm·cm2", "0.01 Ω m2", "100 ohm square centimeters"),
            *("100 Ω sq. cm", "100 Ω cm(2)", r"100 \Omega cm^2"),
        ],
    },
    "mA/cm²": {
        ("=", 1, 1): [
            *("1mAcm-2", "1 mA.cm-2", "1 mA cm^{-2}", "1 mA cm**-2", "1 mA·cm⁻²"),
            *("1 mA/cm²", "1 mA per cm2", "1 mA cm−²", "1 ma/cm2", "1 mA/cm^2"),
            *("1 mA cm^(-2)", "1000 µA/cm2", "1000 uA cm-2", "10 A/m2"),
            *("1 milliampere/cm2", "1 mA per square centimeter", "1 mA cm(-2)"),
            *("1 mA cm − 2", "1 mA cm− 2"),
        ],
        ("=", 5e-05, 5e-05): ["50 nA/cm2", "0.5 mA/m2"],
    },
    "mA/g": {
        ("=", 200, 200): ["200 mA g−1", "200mAg-1", "0.2 A/g", "200 A/kg"],
    },
    "mAh/g": {
        ("=", 150, 150): [
            *("150 mAhg−1", "150 mA h g−1", "150 mAh/g", "150 mAh g^-1"),
            *("150 mAh·g⁻¹", "150 mA·h·g−1", "150 mA.h.g-1", "150 mA-h/g"),
            *("150 mA hr g-1", "0.15 Ah/g", "150 Ah kg-1", "150 mAh per gram"),
            *("150 mah/g", "150 mA h g(-1)", "150 mAh g − 1"),
        ],
    },
    "mAh/cm²": {
        ("=", 2, 2): ["2 mAhcm-2", "2 mA h cm−2", "2000 µAh/cm2", "20 Ah m-2"],
    },
    "%": {
        ("=", 99, 99): [
            *("99 %", "99%", "99 per cent", "99 percent", "99 pct.", "９９％"),
        ],
        ("=", 0.5, 0.5): ["5 ‰"],
        ("=", 40, 60): ["50 % ± 10 %", "50 ± 10 %"],
        (">", 99, None): ["exceeding 99 %", "> 99%", "＞99 ％"],
        ("~", 100, 100): ["close to 100 %", "nearly 100 %"],
    },
    "at.%": {
        ("=", 5, 5): [
            *("5 atom %", "5 atomic percent", "5 at. %", "5 at%", "5 at-%"),
            *("5 atom-%", "5 at.-%", "5 atomic %", "5 atomic per cent", "5 AT.%"),
        ],
    },
    "V": {
        ("=", 3, 4.3): [
            *("3.0–4.3 V vs. Li/Li+", "3.0-4.3 V (vs. Li/Li⁺)"),
            *("3–4.3 V versus Li+/Li", "3–4.3 V vs Na+/Na", "3–4.3 V vs. K/K+"),
            *(
                "3–4.3 V vs. Li metal",
                "3–4.3 V vs. Li",
                "3~4.3 V",
                "3.0 V vs Li+/Li to 4.3 V vs Li+/Li",
            ),
            *("3–4.3 V vs. Li+/Li0", "3–4.3 volts"),
        ],
        ("=", 0.02, 0.02): ["20 mV", "20 mv", "20 millivolts"],
    },
    "mV": {
        ("=", 20000000000.0, 20000000000.0): ["20 MV"],
        ("=", 20, 20): ["20 mV", "0.02 V"],
    },
    "C": {
        ("=", 0.2, 0.2): [
            *("C/5", "c/5", "C / 5", "C∕5", "C⁄5", "C／5", "1/5 C", "1/5C"),
            *("0.2 C rate", "0.2C-rate", "0.2 c", "C/5 rate", "C/5.0", "⅕ C"),
            *("at C/5", "C/5 (0.2C)"),
        ],
        ("=", 0.1, 0.5): ["C/10–C/2", "1/10–1/2 C", "0.1 to 0.5C", "C/10 to 0.5 C"],
    },
    "×": {
        ("=", 2, 2): [
            *("twofold", "two-fold", "twice", "two times", "×2", "x2", "2X"),
            *("2-fold",),
        ],
        ("=", 2.5, 2.5): ["×2.5", "2.5×", "2.5 x", "a factor of 2.5", "2.5 times"],
        ("=", 10, 10): ["tenfold", "ten-fold", "10 fold"],
        ("=", 3, 3): ["thrice", "threefold"],
        ("=", 2, 3): ["2–3-fold", "2- to 3-fold", "2~3 times"],
        ("~", 2.5, 2.5): ["~ ×2.5", "about 2.5-fold"],
    },
    "cycles": {
        ("=", 10000, 10000): ["10 000 cycles", "10,000", "1e4 cycles", "10000 cyc"],
        ("=", 1234, 1234): ["1.234 × 10^3 cycles", "1.234e3"],
        ("≥", 300, None): ["300+ cycles", "300 or more cycles", "at least 300"],
    },
    "eV": {
        ("=", 0.56, 0.6): [
            *("0.58(2) eV", "0.58 ± 0.02 eV", "580(20) meV", "0.56–0.6 ev"),
        ],
        ("=", 0.58, 0.58): [
            *("56 kJ/mol", "56 kJ mol−1", "580 meV", "0.58 electron volts"),
        ],
    },
}

# Words and signs for “not reported”.
NOT_REPORTED = [
    *("n.d.", "N/A", "—", "-", "–", "−", "?", "…", "...", ".", "n.a.", "NA", "n/d"),
    *("nd", "not reported", "Not given", "not stated", "none", "unknown", "n. d."),
    *("n.r.", "not available", "not determined yet", "no data", "(not reported)"),
    *("not reported (see SI)", "unk.", "unspecified", "null", "nil", "tbd", "missing"),
    *("--", "??", "n.s."),
]
