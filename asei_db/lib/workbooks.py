"""Tables as Excel workbooks, written row by row."""

from tempfile import SpooledTemporaryFile

from asei_db.lib.spreadsheets import as_text

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_IN_MEMORY = 2**20  # bytes of a workbook; larger ones wait on the disk


def write_workbook(sheets):
    """An open file with a workbook, from (title, lines) of each of its sheets.

    The first line of a sheet is its head. Numbers and yes or no stay what they are,
    lists become JSON; a text is never a formula, whatever it begins with.
    """
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Font

    book = Workbook(write_only=True)
    bold = Font(bold=True)
    for title, lines in sheets:
        sheet = book.create_sheet(title)
        sheet.freeze_panes = "A2"
        for place, line in enumerate(lines):
            cells = []
            for value in line:
                if isinstance(value, list | tuple):
                    value = as_text(value)
                if isinstance(value, str):
                    value = ILLEGAL_CHARACTERS_RE.sub("", value)
                    if not place or value.startswith(("=", "#")):
                        value = WriteOnlyCell(sheet, value)
                        value.data_type = "s"
                        value.font = bold if not place else Font()
                cells.append(value)
            sheet.append(cells)
    file = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 (the caller closes it)
    book.save(file)
    file.seek(0)
    return file
