"""A review table as CSV, XLSX, Markdown and LaTeX."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from asei_db.lib import formulas, spreadsheets, workbooks
from literature.citations import to_text

#: Columns whose cells are formulas and names; the others hold prose.
_FORMULAS = {"material", "precursor_1", "precursor_2", "substrate"}


@dataclass(frozen=True)
class TableFormat:
    """A format for review tables: `write` gives the bytes of a `ReviewTable`."""

    media_type: str
    write: Callable


def to_csv(table):
    """UTF-8 CSV: the table, an empty line, then number, citation and DOI of each study.

    What a spreadsheet would run as a formula begins with an apostrophe.
    """
    lines = [table.headers, *table.rows, [], *_reference_rows(table)]
    return spreadsheets.to_csv(lines)


def to_xlsx(table):
    """An Excel workbook with a sheet for the table and one for the references."""
    sheets = [
        ("Table", [table.headers, *table.rows]),
        ("References", _reference_rows(table)),
    ]
    with workbooks.write_workbook(sheets) as file:
        return file.read()


def to_markdown(table):
    """A Markdown table with subscripts as HTML, and the references as a list."""
    lines = [
        _markdown_row(table.headers),
        _markdown_row(["---"] * len(table.columns)),
        *(_markdown_row(_typeset(table, row, _markdown)) for row in table.rows),
        "",
        *(
            f"- **{number}** {_markdown(to_text(study), is_formula=False)}"
            for number, study in table.references.items()
        ),
    ]
    return ("\n".join(lines) + "\n").encode()


def to_latex(table):
    """A LaTeX `tabular` and `thebibliography`, keyed as the BibTeX is."""
    width = f"{0.9 / len(table.columns):.3f}"
    rows = [" & ".join(_typeset(table, row, _latex)) for row in table.rows]
    lines = [
        rf"\begin{{tabular}}{{*{{{len(table.columns)}}}{{p{{{width}\linewidth}}}}}}",
        r"\hline",
        " & ".join(table.headers) + r" \\",
        r"\hline",
        *(rf"{row} \\" for row in rows),
        r"\hline",
        r"\end{tabular}",
        "",
        r"\begin{thebibliography}{999}",
        *(
            rf"\bibitem[{number}]{{{study.slug}}} "
            + _latex(to_text(study), is_formula=False)
            for number, study in table.references.items()
        ),
        r"\end{thebibliography}",
    ]
    return ("\n".join(lines) + "\n").encode()


FORMATS = {
    "csv": TableFormat("text/csv; charset=utf-8", to_csv),
    "xlsx": TableFormat(workbooks.MEDIA_TYPE, to_xlsx),
    "md": TableFormat("text/markdown; charset=utf-8", to_markdown),
    "tex": TableFormat("application/x-tex; charset=utf-8", to_latex),
}


def _reference_rows(table):
    return [
        ["No.", "Reference", "DOI"],
        *(
            [number, to_text(study), study.doi]
            for number, study in table.references.items()
        ),
    ]


def _typeset(table, row, typeset):
    return [
        typeset(cell, is_formula=name in _FORMULAS)
        for name, cell in zip(table.columns, row, strict=True)
    ]


def _markdown_row(cells):
    return f"| {' | '.join(cells)} |"


def _markdown(text, is_formula):
    text = re.sub(r"([\\`*_\[\]|~])", r"\\\1", text)
    return formulas.to_html(text) if is_formula else formulas.text_to_html(text)


def _latex(text, is_formula):
    return formulas.to_latex(text) if is_formula else formulas.text_to_latex(text)
