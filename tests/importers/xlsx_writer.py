"""A small writer of workbooks, for tests: shared texts, numbers, and dates by their format.

`python -m tests.importers.xlsx_writer` writes the golden files of workbooks anew.
"""

import io
import zipfile
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

HERE = Path(__file__).parent
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
LINKS = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
PLAIN, DATE = 0, 1
# The format of a date as Excel in French writes it, beside that of what is none.
STYLES = (
    f'<styleSheet {MAIN}><numFmts count="1"><numFmt numFmtId="165" formatCode="dd/mm/yyyy;@"/>'
    '</numFmts><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="165"/></cellXfs></styleSheet>'
)
SAME = (2020, 1, 1, 0, 0, 0)


def workbook(sheets, *, styles=STYLES, since=1900):
    """A workbook of sheets by name, each a list of rows of texts, numbers, dates and None."""
    texts = []
    parts = {
        "xl/workbook.xml": f"<workbook {MAIN} {LINKS}>"
        + ('<workbookPr date1904="1"/>' if since == 1904 else "<workbookPr/>")
        + "<sheets>"
        + "".join(f'<sheet name="{n}" r:id="r{i}"/>' for i, n in enumerate(sheets))
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": "<Relationships>"
        + "".join(
            f'<Relationship Id="r{i}" Target="worksheets/sheet{i + 1}.xml"/>'
            for i, _ in enumerate(sheets)
        )
        + "</Relationships>",
    }
    for place, rows in enumerate(sheets.values(), 1):
        lines = []
        for n, row in enumerate(rows, 1):
            cells = (_cell(value, n, at, texts, since) for at, value in enumerate(row))
            lines.append(f'<row r="{n}">{"".join(cells)}</row>')
        data = f"<sheetData>{''.join(lines)}</sheetData>"
        parts[f"xl/worksheets/sheet{place}.xml"] = f"<worksheet {MAIN}>{data}</worksheet>"
    parts["xl/styles.xml"] = styles
    shared = "".join(f"<si><t>{escape(text)}</t></si>" for text in texts)
    parts["xl/sharedStrings.xml"] = f"<sst {MAIN}>{shared}</sst>"
    return packed(parts)


def packed(parts):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, SAME), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _cell(value, row, column, texts, since):
    ref = f"{chr(65 + column)}{row}"
    if value is None:
        return ""
    if isinstance(value, date):
        base = date(1904, 1, 1) if since == 1904 else date(1899, 12, 30)
        return f'<c r="{ref}" s="{DATE}"><v>{(value - base).days}</v></c>'
    if isinstance(value, str):
        if value not in texts:
            texts.append(value)
        return f'<c r="{ref}" t="s"><v>{texts.index(value)}</v></c>'
    return f'<c r="{ref}" s="{PLAIN}"><v>{value!r}</v></c>'


def movements():
    """An account as Crédit Mutuel would offer it as a workbook, and a sheet that has no table."""
    head = ["Date", "Date de valeur", "Débit", "Crédit", "Libellé", "Solde"]
    day = date(2026, 3, 2)
    rows = [
        ["Opérations du compte courant"],
        [],
        head,
        [day, day, -3.2, None, "CAFÉ DE LA GARE", 96.8],
        [day, day, -3.2, None, "CAFÉ DE LA GARE", 93.6],
        [date(2026, 3, 5), date(2026, 3, 6), None, 2150, "VIR ÉCOLE & FILS", 2243.6],
        [date(2026, 3, 31), date(2026, 3, 31), "abc", None, "PRLV ÉNERGIE", None],
        [46000, None, -1.5, None, "FRAIS", 2242.1],
    ]
    return workbook({"Compte courant": rows, "Aide": [["Bonjour"]]})


if __name__ == "__main__":
    (HERE / "bank" / "credit-mutuel.xlsx").write_bytes(movements())
