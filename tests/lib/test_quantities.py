from decimal import Decimal

from django.test import SimpleTestCase
from hypothesis import assume, given
from hypothesis import strategies as st

from asei_db.lib.quantities import (
    QUALIFIERS,
    UNITS,
    Quantity,
    QuantityError,
    is_printed_otherwise,
    parse,
    span,
    units,
)
from tests.lib.quantity_texts import NOT_REPORTED, SPELLINGS
from tests.lib.quantity_units import ONE_OF

NBSP = "\N{NO-BREAK SPACE}"

# What stands in print: unit, minimum, maximum, qualifier, and how it is printed back.
PRINTED = {
    "140": ("°C", 140, 140, "=", "140 °C"),
    "~1 Å": ("Å", 1, 1, "~", "~1 Å"),
    "∼1 Å": ("nm", 0.1, 0.1, "~", "~0.1 nm"),
    "≈ 7": ("nm", 7, 7, "~", "~7 nm"),
    "ca. 7 nm": ("nm", 7, 7, "~", "~7 nm"),
    "c. 7": ("nm", 7, 7, "~", "~7 nm"),
    "about 7": ("nm", 7, 7, "~", "~7 nm"),
    "85–115 °C": ("°C", 85, 115, "=", "85–115 °C"),
    "85 °C to 115 °C": ("°C", 85, 115, "=", "85–115 °C"),
    "~270−310 °C": ("°C", 270, 310, "~", "~270–310 °C"),
    ">99 %": ("%", 99, None, ">", ">99 %"),
    "≥ 99.5%": ("%", 99.5, None, "≥", "≥99.5 %"),
    ">= 99.5": ("%", 99.5, None, "≥", "≥99.5 %"),
    "at least 5": ("nm", 5, None, "≥", "≥5 nm"),
    "<3 nm": ("nm", None, 3, "<", "<3 nm"),
    "below 3 nm": ("nm", None, 3, "<", "<3 nm"),
    "up to 85": ("%", None, 85, "≤", "up to 85 %"),
    "up to ∼13 at.%": ("at.%", None, 13, "≤", "up to ~13 at.%"),
    "as low as ∼20 Ω·cm2": ("Ω·cm²", 20, None, "≥", "as low as ~20 Ω cm²"),
    "Maximum of 5 nm": ("nm", None, 5, "≤", "maximum of 5 nm"),
    "10 nm (max.)": ("nm", None, 10, "≤", "max. 10 nm"),
    "at most 10 nm": ("nm", None, 10, "≤", "≤10 nm"),
    "≤1 s": ("s", None, 1, "≤", "≤1 s"),
    "RT": ("°C", 25, 25, "=", "RT"),
    "r.t.": ("°C", 25, 25, "=", "RT"),
    "room temperature": ("°C", 25, 25, "=", "RT"),
    "RT–60 °C": ("°C", 25, 60, "=", "RT–60 °C"),
    "25": ("°C", 25, 25, "=", "25 °C"),
    "−33.3": ("°C", -33.3, -33.3, "=", "−33.3 °C"),
    "−10 to −5": ("°C", -10, -5, "=", "−10 to −5 °C"),
    "-5-10": ("°C", -5, 10, "=", "−5 to 10 °C"),
    "323 K": ("°C", 49.85, 49.85, "=", "49.85 °C"),
    "3.6–5 × 10−8 S cm−1": ("S/cm", 3.6e-8, 5e-8, "=", "3.6–5 × 10⁻⁸ S cm⁻¹"),
    "1.2 × 10−8 Ω⁻¹ cm⁻¹": ("S/cm", 1.2e-8, 1.2e-8, "=", "1.2 × 10⁻⁸ S cm⁻¹"),
    "10−8 to 10−6": ("S/cm", 1e-8, 1e-6, "=", "10⁻⁸–10⁻⁶ S cm⁻¹"),
    "10-8": ("S/cm", 1e-8, 1e-8, "=", "10⁻⁸ S cm⁻¹"),
    "10−12 S/cm": ("S/cm", 1e-12, 1e-12, "=", "10⁻¹² S cm⁻¹"),
    "10^-8": ("S/cm", 1e-8, 1e-8, "=", "10⁻⁸ S cm⁻¹"),
    "1e-8": ("S/cm", 1e-8, 1e-8, "=", "10⁻⁸ S cm⁻¹"),
    "10⁻⁸": ("S/cm", 1e-8, 1e-8, "=", "10⁻⁸ S cm⁻¹"),
    "3.5 × 10−8": ("S/cm", 3.5e-8, 3.5e-8, "=", "3.5 × 10⁻⁸ S cm⁻¹"),
    "3.5x10-8": ("S/cm", 3.5e-8, 3.5e-8, "=", "3.5 × 10⁻⁸ S cm⁻¹"),
    "6.6·10⁻⁴ mS·cm⁻¹": ("S/cm", 6.6e-7, 6.6e-7, "=", "6.6 × 10⁻⁷ S cm⁻¹"),
    "2 × 10^{-6} S/m": ("S/cm", 2e-8, 2e-8, "=", "2 × 10⁻⁸ S cm⁻¹"),
    "(5.1 ± 0.3) × 10−8": ("S/cm", 4.8e-8, 5.4e-8, "=", "4.8–5.4 × 10⁻⁸ S cm⁻¹"),
    "10 to 20 S/cm": ("S/cm", 10, 20, "=", "10 to 20 S cm⁻¹"),
    "10-20": ("nm", 10, 20, "=", "10–20 nm"),
    "64 ± 2 nm": ("nm", 62, 66, "=", "62–66 nm"),
    "50 Å": ("nm", 5, 5, "=", "5 nm"),
    "0.15 µm": ("nm", 150, 150, "=", "150 nm"),
    "0.5–0.8 μm": ("nm", 500, 800, "=", "500–800 nm"),
    "50 nm–1 µm": ("nm", 50, 1000, "=", "50–1000 nm"),
    "0.7 Å per cycle": ("Å/cycle", 0.7, 0.7, "=", "0.7 Å per cycle"),
    "0.07 nm cycle−1": ("Å/cycle", 0.7, 0.7, "=", "0.7 Å per cycle"),
    "1,000 h": ("h", 1000, 1000, "=", "1000 h"),
    "30 min": ("h", 0.5, 0.5, "=", "0.5 h"),
    "20 mV": ("V", 0.02, 0.02, "=", "0.02 V"),
    "0.2 V": ("mV", 200, 200, "=", "200 mV"),
    "4C": ("C", 4, 4, "=", "4C"),
    "C/5": ("C", 0.2, 0.2, "=", "0.2C"),
    "C/3": ("C", 1 / 3, 1 / 3, "=", "C/3"),
    "0.5 C": ("C", 0.5, 0.5, "=", "0.5C"),
    "C/10–1C": ("C", 0.1, 1, "=", "0.1–1C"),
    "1 mA cm−2": ("mA/cm²", 1, 1, "=", "1 mA cm⁻²"),
    "500 µA/cm2": ("mA/cm²", 0.5, 0.5, "=", "0.5 mA cm⁻²"),
    "10 A m⁻²": ("mA/cm²", 1, 1, "=", "1 mA cm⁻²"),
    "0.2 A g−1": ("mA/g", 200, 200, "=", "200 mA g⁻¹"),
    "2 mA h cm−2": ("mAh/cm²", 2, 2, "=", "2 mAh cm⁻²"),
    "2000 mA h g−1": ("mAh/g", 2000, 2000, "=", "2000 mAh g⁻¹"),
    "0.6 eV": ("eV", 0.6, 0.6, "=", "0.6 eV"),
}

# What is printed back with other numbers, by unit; all else says the same.
PRINTED_OTHERWISE = {
    "°C": ["323 K", "298.15 K", "320–330 K", "RT–323 K", "350 kelvin", "80(5) °C"],
    "nm": [
        "64 ± 2 nm",
        "5(1) nm",
        "5 +1/−2 nm",
        "50 nm ± 10 %",
        "50 Angstrom",
        "50 Å",
        "~1 Å",
        "0.5–0.8 µm",
        "50 nm–1 µm",
        "<50 Å",
    ],
    "Å/cycle": ["0.07 nm cycle−1", "0.1 nm", "0.6 +/- 0.1"],
    "S/cm": ["(6.51 ± 0.36) × 10⁻⁷", "6.6·10⁻⁴ mS·cm⁻¹", "2 × 10^{-6} S/m"],
    "Torr": ["10–20 mbar", "133 Pa", "5 mTorr"],
    "h": ["30 min", "20 days", "1 week"],
    "V": ["20 mV"],
    "C": ["C/5", "c / 5", "C/10–1C", "0.1–C/2", "1/10 C", "½C"],
    "eV": ["56 kJ/mol", "580 meV"],
    "mA/cm²": ["500 µA/cm2", "10 A m⁻²"],
    "mAh/g": ["0.2 Ah/g"],
}
PRINTED_THE_SAME = {
    "°C": [
        *("140", "85-115", "85 °C to 115 °C", "RT", "r.t.", "RT–60 °C", "~270−310 °C"),
        *("80~120 °C", "between 80 and 120", "RT (25 °C)", "80 degrees C", "80 oC"),
    ],
    "nm": ["0.60", ".5", "1–3.0", "1,000", "<=5", "at least 5", "∼1", "0 nm"],
    "Å/cycle": ["0.6", "0.60 Å", "0.7 Å per cycle", "~1 Å/cycle"],
    "S/cm": ["10−8 to 10−6", "1e-8", "3.6–5 × 10−8", "1.0 × 10-8", "0.0000001 S cm-1"],
    "Torr": ["5 Torr", "5 torr"],
    "h": ["1,000 h", "500 hours", "> 500 hrs", "1 000 h", "500+ h", "10 h or more"],
    "V": ["3.0–4.3 V vs. Li/Li+", "3 volts"],
    "C": ["C/3", "c/3", "0.1 C rate", "0.5 C", "4C", "0.20"],
    "at.%": ["5 at%"],
    "×": ["2-fold", "3 times", "4x", "twofold", "×2.5", "twice"],
    "mA/cm²": ["1 mA cm−2"],
}

# What is refused, and a part of the sentence that says why.
REFUSED = [
    ("", "nm", "Nothing was given"),
    ("  ", "nm", "Nothing was given"),
    ("nan", "nm", "not a finite number"),
    ("∞", "nm", "not a finite number"),
    ("1e999", "nm", "outside the numbers"),
    ("1e-400", "nm", "outside the numbers"),
    ("10-8", "nm", "range that goes down"),
    ("40–30 nm", "nm", "range that goes down"),
    ("40–30 nm at 5 °C", "nm", "no quantity that can be read"),
    (">5–6", "nm", "joins “>” to a range"),
    ("<~5", "nm", "more than one sign"),
    ("20 h", "nm", "does not convert to nm"),
    ("5 nm–8 h", "nm", "no quantity"),
    ("5 nm thick", "nm", "no quantity that can be read"),
    ("5\x00", "nm", "no quantity that can be read"),
    ("thick", "nm", "no quantity that can be read"),
    ("0,5", "nm", "decimal comma"),
    ("1 × 10", "nm", "no quantity that can be read"),
    ("5 ± −1", "nm", "no quantity that can be read"),
    ("RT", "nm", "is a temperature"),
    ("(5", "nm", "no quantity that can be read"),
    ("C/0", "C", "divides by zero"),
    ("5" * 101, "nm", "longer than 100"),
    ("5", "furlong", "no unit"),
    # powers of ten and ranges
    (
        "10-8 mS/cm",
        "S/cm",
        "range that goes down; write the lower value first, or 10^-8",
    ),
    ("10 - 8 S/cm", "S/cm", "range that goes down"),
    ("10-3 mTorr", "Torr", "range that goes down"),
    ("10-8 to 10-6 mS/cm", "S/cm", "no quantity that can be read"),
    ("2.3 10-7 S/cm", "S/cm", "no quantity that can be read"),
    ("(3 × 10-8–5) × 10-8", "S/cm", "no quantity that can be read"),
    ("2.3 × 10−7 ± 0.2 S/cm", "S/cm", "no quantity that can be read"),
    ("2.3 × 10−7 +0.1/−0.2 S/cm", "S/cm", "no quantity that can be read"),
    ("RT ± 5 °C", "°C", "no quantity that can be read"),
    ("5(1)–10(1) nm", "nm", "no quantity that can be read"),
    ("5 (1) nm", "nm", "no quantity that can be read"),
    (
        "5(0.5)",
        "nm",
        "gives two values, 5\xa0nm and 0.5\xa0nm; write one of them, or ±",
    ),
    ("from 80 °C", "°C", "begins a range and does not end it"),
    ("between 80", "°C", "begins a range and does not end it"),
    ("1÷10 C", "C", "no quantity that can be read"),
    # several values
    ("100, 200 and 300 °C", "°C", "give one value or a range"),
    ("211 Å and 157 Å", "nm", "give one value or a range"),
    ("5 or 10 nm", "nm", "give one value or a range"),
    ("5 & 10 nm", "nm", "give one value or a range"),
    ("5 nm; 10 nm", "nm", "give one value or a range"),
    ("5/10 nm", "nm", "give one value or a range"),
    ("1C/1C", "C", "give one value or a range"),
    ("RT (20 °C)", "°C", "gives two values, 25\xa0°C and 20\xa0°C"),
    ("25 °C (25.3 °C)", "°C", "gives two values"),
    ("5 nm (60 Å)", "nm", "gives two values, 5\xa0nm and 6\xa0nm"),
    # two signs
    ("> ~10 nm", "nm", "more than one sign"),
    ("better than 10 Ω cm²", "Ω·cm²", "no quantity that can be read"),
    ("more than about 10 nm", "nm", "more than one sign"),
    ("at least 10 nm or more", "nm", "more than one sign"),
    ("≥ 5–10 nm", "nm", "joins “≥” to a range"),
    ("> 5 ± 1 nm", "nm", "joins “>” to a range"),
    # numbers
    ("1,5 h", "h", "decimal comma"),
    ("1.234,5 h", "h", "decimal comma"),
    ("0,500 h", "h", "decimal comma"),
    ("1.000 cycles", "cycles", "has a point before three digits; write 1,000"),
    ("1 00 h", "h", "no quantity that can be read"),
    ("1,000 00 h", "h", "give one value or a range"),
    ("2½ nm", "nm", ""),
    ("1½ C", "C", ""),
    ("5₂ nm", "nm", "no quantity that can be read"),
    ("٥ nm", "nm", "no quantity that can be read"),
    ("5① nm", "nm", "no quantity that can be read"),
    ("no more than RT nm", "nm", "is a temperature"),
    ("10\xad20 nm", "nm", "has a hyphen between its digits that is not shown"),
    # conditions
    ("1.0 Å/cycle at 290 °C", "Å/cycle", "the condition has a field of its own"),
    (
        "1.0 Å/cycle at 290 °C",
        "Å/cycle",
        "290 °C”. Without it, 1\xa0Å\xa0per\xa0cycle is",
    ),
    ("1.12 ± 0.05 Å at 300 °C", "Å/cycle", "the condition has a field of its own"),
    ("> 500 h @ 1 mA cm−2", "h", "the condition has a field of its own"),
    ("10-8 S/cm (RT)", "S/cm", "the condition has a field of its own"),
    ("at 25 °C: 10-8 S/cm", "S/cm", "the condition has a field of its own"),
    ("150 mAh/g after 100 cycles", "mAh/g", "the condition has a field of its own"),
    ("5 nm by XRR", "nm", "the condition has a field of its own"),
    ("3 V vs. Ag/AgCl", "V", "the condition has a field of its own"),
    ("20 mV vs. Li/Li+", "mV", "the condition has a field of its own"),
    # units
    ("6.1 Å per supercycle", "Å/cycle", "no quantity that can be read"),
    ("6.1 Å/supercycle", "Å/cycle", "no quantity that can be read"),
    ("5 m", "nm", "no quantity that can be read"),
    ("0.2 MS/cm", "S/cm", "no quantity that can be read"),
    ("100 Ω", "Ω·cm²", "does not convert to Ω cm²"),
    ("5 %", "at.%", "is in %, which does not convert to at.%"),
    ("5 at.%", "%", "is in at.%, which does not convert to %"),
    ("5 wt%", "at.%", "no quantity that can be read"),
    ("1.5 nm", "", "does not convert to numbers without a unit"),
    ("C10", "C", "no quantity that can be read"),
    ("D/5", "C", "no quantity that can be read"),
    ("RT °C", "°C", "no quantity that can be read"),
]

numbers = st.floats(allow_nan=False, allow_infinity=False, width=64).filter(
    lambda number: number == 0 or 1e-300 < abs(number) < 1e300
)
ordinary = st.decimals(-1000, 1000, places=2).map(float)


@st.composite
def quantities(draw):
    unit = draw(st.sampled_from(sorted(UNITS)))
    qualifier = draw(st.sampled_from(QUALIFIERS))
    value = numbers | ordinary
    low, high = sorted([draw(value), draw(value)])
    if draw(st.booleans()):
        high = low
    if qualifier in "<≤":
        low = None
    elif qualifier in ">≥":
        high = None
    return Quantity(low, high, qualifier, unit=unit)


class ParseTests(SimpleTestCase):
    def test_what_literature_prints_is_read_and_printed_back(self):
        for text, (unit, minimum, maximum, qualifier, printed) in PRINTED.items():
            with self.subTest(text):
                quantity = parse(text, unit)
                self.assertEqual(
                    (quantity.minimum, quantity.maximum, quantity.qualifier),
                    (minimum, maximum, qualifier),
                )
                self.assertEqual(quantity.as_reported, text)
                self.assertEqual(str(quantity).replace(NBSP, " "), printed)

    def test_the_rest_is_refused_with_the_reason(self):
        for text, unit, reason in REFUSED:
            with (
                self.subTest(text),
                self.assertRaisesMessage(QuantityError, reason) as caught,
            ):
                parse(text, unit)
            self.assertTrue(str(caught.exception).endswith("."))

    def test_other_spellings_say_the_same(self):
        for unit, texts_of in SPELLINGS.items():
            for (qualifier, minimum, maximum), texts in texts_of.items():
                for text in texts:
                    with self.subTest(text):
                        quantity = parse(text, unit)
                        self.assertEqual(
                            quantity, Quantity(minimum, maximum, qualifier, unit=unit)
                        )
                        self.assertEqual(parse(str(quantity), unit), quantity)

    def test_the_end_of_a_series_is_known_by_its_words(self):
        for text, limit in {
            "up to 5 nm": "highest",
            "up to a value of ~5 nm": "highest",
            "even up to about 5 nm": "highest",
            "as thick as 5 nm": "highest",
            "highest 5 nm": "highest",
            "5 nm max.": "highest",
            "down to 5 nm": "lowest",
            "As thin as 5 nm": "lowest",
            "a minimum of 5 nm": "lowest",
            "5 nm minimum": "lowest",
            # Bounds, which no value need have reached, and plain values.
            "at most 5 nm": None,
            "≤5 nm": None,
            "≲5 nm": None,
            "5 nm or less": None,
            "at least 5 nm": None,
            "<5 nm": None,
            "from 2 up to 5 nm": None,
            "~5 nm": None,
        }.items():
            with self.subTest(text):
                quantity = parse(text, "nm")
                self.assertEqual(quantity.limit, limit)
                again = parse(str(quantity), "nm")
                self.assertEqual((again, again.limit), (quantity, limit))
        for text in ("up to >5 nm", "> ~5 nm", "up to up to 5 nm", "up to 2–5 nm"):
            with self.subTest(text), self.assertRaises(QuantityError):
                parse(text, "nm")

    def test_not_reported_is_an_empty_field(self):
        for text in NOT_REPORTED:
            with (
                self.subTest(text),
                self.assertRaisesMessage(QuantityError, "leave the field empty"),
            ):
                parse(text, "nm")

    def test_what_is_kept_as_reported_has_no_invisible_signs(self):
        self.assertEqual(parse("\ufeff5\u200b nm. ", "nm").as_reported, "5 nm.")

    def test_every_unit_has_its_size(self):
        self.assertEqual(set(ONE_OF), set(UNITS))
        seen = set()
        for symbol, sizes in ONE_OF.items():
            kind = UNITS[symbol].kind
            for spelling, size in sizes.items():
                with self.subTest(f"{spelling} in {symbol}"):
                    seen |= {
                        (kind, pattern)
                        for pattern, _ in units.sizes(kind)
                        if pattern.fullmatch(spelling)
                    }
                    own = parse(f"2 {spelling}", symbol).minimum
                    rounding = float(units.INEXACT.get(kind, 1e-12))
                    expected = 2 * float(size)
                    self.assertAlmostEqual(own, expected, delta=expected * rounding)
        for kind in units.KINDS:
            for pattern, _ in units.sizes(kind):
                self.assertIn((kind, pattern), seen, "no spelling of it was tried")

    def test_converted_pressures_are_rounded_by_less_than_one_in_ten_thousand(self):
        self.assertEqual(parse("1013.25 mbar", "Torr").minimum, 760.0)
        self.assertEqual(parse("12345 Pa", "Torr").minimum, 92.595)
        self.assertEqual(parse("1 mbar", "Torr").minimum, 0.75)
        self.assertEqual(parse("1.5 mbar", "Torr").minimum, 1.125)
        self.assertEqual(parse("133 Pa", "Torr").minimum, 0.9976)
        self.assertEqual(
            parse("5 ± 0.001 mTorr", "Torr"), Quantity(0.004999, 0.005001, unit="Torr")
        )

    def test_there_is_no_negative_zero(self):
        self.assertEqual(repr(parse("-0", "°C").minimum), "0.0")

    def test_a_shared_power_is_not_that_of_a_number_with_its_own_unit(self):
        self.assertEqual(
            parse("3 nm–5 × 10^3 nm", "nm"), Quantity(3.0, 5000.0, unit="nm")
        )
        self.assertEqual(parse("3–5 × 10^3 nm", "nm").minimum, 3000)

    @given(quantities())
    def test_what_is_printed_reads_as_the_same(self, quantity):
        self.assertEqual(parse(str(quantity), quantity.unit), quantity)

    @given(st.text(max_size=120), st.sampled_from(sorted(UNITS)))
    def test_any_text_is_read_or_refused(self, text, unit):
        try:
            quantity = parse(text, unit)
        except QuantityError:
            return
        self.assertEqual(parse(str(quantity), unit), quantity)

    @given(
        st.lists(
            st.sampled_from(
                [
                    *"0123456789.,-–−^(){}/~<>≤×x*e·±+%'C½①⁰⁻₂…÷\xad ",
                    *("10", "to", "RT", "C/", "nm", " K", " mS/cm", "× 10", "cm-1"),
                    *(" or more", "max", "between ", " and ", "fold", " vs. Li/Li+"),
                ]
            ),
            max_size=14,
        ).map("".join),
        st.sampled_from(["°C", "nm", "S/cm", "C", "V", "×", "Torr", "h"]),
    )
    def test_texts_made_of_numbers_and_signs_are_read_or_refused(self, text, unit):
        try:
            quantity = parse(text, unit)
        except QuantityError:
            return
        self.assertEqual(parse(str(quantity), unit), quantity)

    def test_other_numbers_than_the_source_s_are_known(self):
        for texts, expected in ((PRINTED_OTHERWISE, True), (PRINTED_THE_SAME, False)):
            for unit in texts:
                for text in texts[unit]:
                    with self.subTest(text):
                        quantity = parse(text, unit)
                        self.assertIs(is_printed_otherwise(quantity), expected)

    @given(quantities())
    def test_what_is_printed_here_has_the_same_numbers(self, quantity):
        self.assertFalse(is_printed_otherwise(quantity))  # nothing was reported
        again = parse(str(quantity), quantity.unit)
        self.assertFalse(is_printed_otherwise(again))

    @given(st.decimals("0.001", 10_000, places=3))
    def test_a_converted_number_is_another(self, number):
        for text, unit in ((f"{number} K", "°C"), (f"{number} µm", "nm")):
            self.assertTrue(is_printed_otherwise(parse(text, unit)))
        self.assertFalse(is_printed_otherwise(parse(f"{number} nm", "nm")))

    @given(st.decimals("0.001", 10_000, places=3))
    def test_conversion_adds_no_noise(self, number):
        assume(number)
        self.assertEqual(parse(f"{number} Å", "nm").minimum, float(number / 10))
        self.assertEqual(parse(f"{number} µm", "nm").minimum, float(number * 1000))
        self.assertEqual(
            parse(f"{number} K", "°C").minimum, float(number - Decimal("273.15"))
        )


class QuantityTests(SimpleTestCase):
    def test_quantities_are_equal_when_they_say_the_same(self):
        self.assertEqual(parse("50 Å", "nm"), parse("5", "nm"))
        self.assertNotEqual(parse("5", "nm"), parse("~5", "nm"))

    def test_open_quantities_sort_by_the_number_they_have(self):
        self.assertEqual(parse("<3", "nm").sort_value, 3)
        self.assertEqual(parse(">3", "nm").sort_value, 3)
        self.assertEqual(parse("3–5", "nm").sort_value, 3)

    def test_a_quantity_knows_its_ends_and_its_kind(self):
        for text, ends, kind in (
            ("3", (3, 3), "value"),
            ("~3", (3, 3), "value"),
            ("3–5", (3, 5), "range"),
            ("<3", (3,), "at_most"),
            ("≥3", (3,), "at_least"),
        ):
            with self.subTest(text):
                quantity = parse(text, "nm")
                self.assertEqual(quantity.ends, ends)
                self.assertEqual(quantity.lowest, ends[0])
                self.assertEqual(quantity.highest, ends[-1])
                self.assertEqual(quantity.kind, kind)
                self.assertEqual(quantity.is_range, kind == "range")
                self.assertEqual(quantity.is_open, len(ends) == 1)

    def test_a_span_is_from_the_lowest_to_the_highest_number(self):
        self.assertEqual(
            span([parse(text, "nm") for text in ("5–9", "<12", ">4")]),
            Quantity(4.0, 12.0, unit="nm"),
        )

    def test_small_and_large_numbers_are_printed_as_powers_of_ten(self):
        for low, high, printed in (
            (0.001, 0.001, "0.001 nm"),
            (0.00012, 0.00012, "1.2 × 10⁻⁴ nm"),
            (999999, 999999, "999999 nm"),
            (1000000, 1000000, "10⁶ nm"),
            (-1e-4, -1e-4, "−10⁻⁴ nm"),
            (0, 5e-8, "0–5 × 10⁻⁸ nm"),
            (-5e-8, 0, "−5 to 0 × 10⁻⁸ nm"),
            (1e-8, 5e-6, "10⁻⁸–5 × 10⁻⁶ nm"),
            (1.0, 2e7, "10⁰–2 × 10⁷ nm"),
        ):
            with self.subTest(printed):
                quantity = Quantity(low, high, unit="nm")
                self.assertEqual(str(quantity).replace(NBSP, " "), printed)

    def test_a_number_without_a_unit_is_printed_alone(self):
        self.assertEqual(str(parse("~1.55", "")), "~1.55")

    def test_number_and_unit_do_not_break_apart(self):
        self.assertEqual(str(parse("5", "S/cm")), f"5{NBSP}S{NBSP}cm⁻¹")

    def test_a_unit_reads_as_itself_in_both_prints(self):
        for unit in UNITS.values():
            for spelling in (unit.symbol, unit.printed):
                with self.subTest(spelling):
                    self.assertEqual(parse(f"2 {spelling}", unit.symbol).minimum, 2)
