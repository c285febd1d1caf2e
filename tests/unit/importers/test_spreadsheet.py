import io
import zipfile

import pytest

from importers import by_format, identify
from importers.contract import Problem
from importers.spreadsheet import Sheet, sheets
from importers.table import Row
from tests.unit.importers.reading import items, problems, records

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
LINKS = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'


def workbook(*rows, name="Historique par jour", strings="", target="worksheets/sheet1.xml"):
    sheet = f'<sheet name="{name}" r:id="r1"/>'
    relation = f'<Relationship Id="r1" Target="{target}"/>'
    data = f"<sheetData>{''.join(rows)}</sheetData>"
    parts = {
        "xl/workbook.xml": f"<workbook {MAIN} {LINKS}><sheets>{sheet}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f"<Relationships>{relation}</Relationships>",
        "xl/worksheets/sheet1.xml": f"<worksheet {MAIN}>{data}</worksheet>",
    }
    if strings:
        parts["xl/sharedStrings.xml"] = f"<sst {MAIN}>{strings}</sst>"
    return packed(parts)


def packed(parts):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def read(content):
    return list(sheets(io.BytesIO(content)))


def cells(*written, strings=""):
    ((sheet),) = read(workbook(f'<row r="3">{"".join(written)}</row>', strings=strings))
    return sheet.rows


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('<c r="A1"><v>12</v></c>', "12"),
        ('<c r="A1"><v>2.1000000000000001</v></c>', "2.1"),
        ('<c r="A1"><v>1.5E-2</v></c>', "0.015"),
        ('<c r="A1"><v>1E400</v></c>', "1E400"),
        ('<c r="A1" t="str"><v>1.50</v></c>', "1.50"),
        ('<c r="A1" t="inlineStr"><is><t>a</t></is></c>', "a"),
        ('<c r="A1" t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c>', "ab"),
        ('<c r="A1" t="s"><v>1</v></c>', "deux"),
        ('<c t="s"><v>1</v></c>', "deux"),
    ],
)
def test_a_cell_is_the_text_of_what_it_holds(cell, text):
    assert cells(cell, strings="<si><t>un</t></si><si><t>deux</t></si>") == (Row(3, (text,)),)


@pytest.mark.parametrize(
    "cell",
    ['<c r="A1" t="s"><v>7</v></c>', '<c r="A1" t="s"><v>x</v></c>', '<c r="ZZZ1"><v>1</v></c>'],
)
def test_a_cell_that_leads_nowhere_is_empty(cell):
    assert cells(cell) == ()


def test_cells_stand_where_they_say():
    assert cells('<c r="B3"><v>1</v></c><c r="AA3"><v>2</v></c>') == (
        Row(3, ("", "1", *[""] * 24, "2")),
    )


def test_a_row_without_a_number_is_counted():
    (sheet,) = read(workbook('<row><c><v>1</v></c></row><row r="x"><c><v>2</v></c></row>'))
    assert [row.line for row in sheet.rows] == [1, 2]


def test_a_target_may_begin_at_the_root():
    (sheet,) = read(workbook("<row><c><v>1</v></c></row>", target="/xl/worksheets/sheet1.xml"))
    assert len(sheet.rows) == 1


def test_relations_that_break_lead_to_no_sheet():
    parts = {
        "xl/workbook.xml": '<workbook><sheets><sheet name="a" id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": "<Relationships>",
    }
    assert read(packed(parts)) == [Sheet("a", ())]


def test_a_sheet_without_its_part_has_no_rows():
    assert read(workbook(target="nowhere.xml")) == [Sheet("Historique par jour", ())]


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/sharedStrings.xml"])
def test_a_document_type_is_refused_in_every_part(part):
    bomb = '<!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>'
    (found,) = [one for one in read(packed({part: bomb})) if isinstance(one, Problem)]
    assert "document type declaration" in found.message


def test_what_breaks_in_a_sheet_is_told_with_its_name():
    content = workbook('<row r="1"><c r="A1"><v>1</v></c></row><row')
    problem, sheet = read(content)
    assert problem.locator.startswith("Historique par jour!/worksheet")
    assert len(sheet.rows) == 1


def test_what_is_no_archive_has_no_sheets():
    assert [one.locator for one in read(b"PK\x03\x04")] == ["/"]


def text(ref, value):
    return f'<c r="{ref}" t="inlineStr"><is><t>{value}</t></is></c>'


def gas(*rows, head=("Date", "Volume consommé (m3)", "Energie consommée (kWh)"), **more):
    lines = []
    for n, line in enumerate([head, *rows], 1):
        found = "".join(text(f"{chr(65 + i)}{n}", value) for i, value in enumerate(line))
        lines.append(f'<row r="{n}">{found}</row>')
    return workbook(*lines, **more)


def test_a_row_may_say_from_when_to_when():
    head = ("Date de début", "Date de fin", "Volume consommé (m3)")
    (found,) = records(
        items("grdf-xlsx", gas(("01/06/2024", "04/06/2024", "3"), head=head)), "Consumption"
    )
    start, end = dict(found.fields)["schema:startTime"], dict(found.fields)["schema:endTime"]
    assert (start.isoformat()[:13], end.isoformat()[:13]) == ("2024-06-01T06", "2024-06-04T06")


def test_the_meter_is_said_by_the_person_where_the_file_is_silent():
    for options, name in (({}, "gaz"), ({"meter": "GI000001"}, "GI000001")):
        (meter,) = records(
            items("grdf-xlsx", gas(("01/06/2024", "-", "33")), **options), "MeterPoint"
        )
        assert meter.key.stable == name


def test_a_row_that_is_short_or_says_no_day_is_told_of():
    assert problems(items("grdf-xlsx", gas(("01/06/2024",), ("", "1", "2")))) == [
        ("this is not a date", True),
        ("the row has no value: a gap is left there", False),
    ]


@pytest.mark.parametrize(
    ("filename", "content", "claimed"),
    [
        ("a.xlsx", gas(), True),
        ("a.xlsx", gas(name="Feuille 1"), False),
        ("Consommations gaz_2024.xlsx", gas(name="Feuille 1"), True),
        (
            "a.xlsx",
            workbook(
                name="x",
                strings="<si><t>Energie consommée (kWh)</t></si>"
                "<si><t>Coefficient de conversion</t></si>",
            ),
            True,
        ),
        ("Consommations gaz.xlsx", packed({"a.csv": "1"}), False),
    ],
)
def test_a_workbook_of_gas_is_known_by_what_is_in_it(filename, content, claimed):
    found = [importer.format for importer, _ in identify(filename, content)]
    assert found == (["grdf-xlsx"] if claimed else [])


def test_weeks_are_held_against_their_days():
    week = ("Du 03/06/2024 au 09/06/2024", "7", "70")
    days = [(f"{day:02}/06/2024", "1", "10") for day in range(3, 10)]
    found = items("grdf-xlsx", gas(*days, week))
    checks = by_format("grdf-xlsx").reconcile(found)
    assert [(check.expected, check.got) for check in checks] == [("70", "70"), ("7", "7")]
    assert len(records(found, "Consumption")) == 7


@pytest.mark.parametrize("mark", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
def test_a_sheet_of_gas_that_was_saved_as_a_table_is_read_alike(mark, encoding):
    head = ("Date", "Volume consommé (m3)", "Energie consommée (kWh)", "Coefficient de conversion")
    lines = (("PCE GI000001", "", "", ""), head, ("01/06/2024", "3", "33", "11"))
    content = "\n".join(mark.join(line) for line in lines).encode(encoding) + b"\n"
    assert [importer.format for importer, _ in identify("a.csv", content)] == ["grdf-xlsx"]
    found = items("grdf-xlsx", content)
    (day,) = records(found, "Consumption")
    assert (str(dict(day.fields)["sd:energy"]), day.locator) == ("33", "line=3")
    (meter,) = records(found, "MeterPoint")
    assert meter.key.stable == "GI000001"


def test_a_table_that_has_no_consumption_is_told_of():
    assert problems(items("grdf-xlsx", b"a;b\n1;2\n")) == [
        ("this sheet has no table of consumption, and is not imported", True)
    ]
