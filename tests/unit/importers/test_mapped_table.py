"""Tables read by a mapping: forms of cells, files of every kind, references, what is left over."""

import io
import json
import zipfile
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import pytest

from importers import identify
from importers.contract import Code, Iri, Key, LangString, Options, Problem, Record, Ref
from importers.mapped.entries import term_of
from importers.mapped.table import MappedTable
from importers.naming import Naming
from importers.triples import to_node
from tests.unit.importers.reading import items, problems, records

SAMPLES = Path(__file__).parents[2] / "importers" / "mapped"
ONE = "class: Interaction\nkey: id\ncolumns:\n  at: schema:startTime\n  x: {%s}\n"
CET = timezone(timedelta(hours=1))


def value(member, cell, around=""):
    """What a cell is under one column, or the sentence on it."""
    table = "id;at;x\n1;2026-03-02T08:00:00Z;" + cell + "\n"
    found = items("mapped-table", table, mapping=around + ONE % member)
    for record in records(found, "Interaction"):
        said = [v for name, v in record.fields if name not in {"schema:startTime", "sd:date"}]
        return said if len(said) > 1 else said[0]
    return next(one.message for one in found if isinstance(one, Problem) and one.row)


DAY = "property: schema:endDate, type: day"
TIME = "property: schema:endTime, type: time"
PARIS = f"{TIME}, zone: Europe/Paris"
AT_EIGHT = datetime(2026, 3, 2, 8, tzinfo=CET)
NUMBER = "property: sd:total, type: number"
CELLS = (
    (f"{DAY}, dates: day-first", "3/4/26", date(2026, 4, 3)),
    (f"{DAY}, dates: month-first", "3/4/2026 10:30", date(2026, 3, 4)),
    (DAY, "2026-04-03", date(2026, 4, 3)),
    (DAY, "20260403", date(2026, 4, 3)),
    (DAY, "3/4/2026", "column `x`: this date could be one of two days: say `dates: day-first` or"),
    (DAY, "soon", "column `x`: this is not a date"),
    (TIME, "2026-03-02T08:00:00+01:00", AT_EIGHT),
    (f"{PARIS}, dates: day-first", "2/3/2026 8:00", AT_EIGHT),
    (TIME, "2026-03-02 08:00", "column `x`: this time does not say its offset: say with `zone`"),
    (PARIS, "2026-03-29 02:30", "column `x`: no clock showed this time"),
    (NUMBER, "-12.50", Decimal("-12.50")),
    (NUMBER, "1 234,5", Decimal("1234.5")),
    (NUMBER, "1.234", "column `x`: this could be a thousand or a fraction: say `decimals: comma`"),
    (f"{NUMBER}, decimals: comma", "1.234", Decimal(1234)),
    (f"{NUMBER}, decimals: point", "1.234", Decimal("1.234")),
    (f"{NUMBER}, unit: €", "12,50 €", Decimal("12.50")),
    (f"{NUMBER}, unit: €", "12,50 $", "column `x`: this is not a number"),
    (f"{NUMBER}, minus: yes", "12", Decimal(-12)),
    ("property: sd:durationSeconds", "1.5", "column `x`: this is no whole number"),
    ("property: sd:channel", "téléphone", Code("phone")),
    ("property: sd:channel, codes: {T: phone}", "t", Code("phone")),
    ("property: sd:channel, codes: {T: phone}", "web", "column `x`: this code is not in the list"),
    ("property: schema:description, language: fr", "Bonjour", LangString("Bonjour", "fr")),
    ("property: sd:iban", "FR7630006000011234567890189", "FR76****0189"),
    ("property: sd:counterparty", "06 23 45 67 89", Iri("urn:sd:party-of:+33623456789")),
    ("property: vcard:hasEmail", "a@b.example", Iri("mailto:a@b.example")),
    ("property: sd:relatedTo", "not an address", "column `x`: takes the address of something"),
    ("property: schema:url, type: address", "https://a.example/ b", "column `x`: "),
    ("property: https://acme.example/ns#mood", "fine", "fine"),
    ("property: https://acme.example/ns#tags, separator: ','", "a, b", ["a", "b"]),
)  # fmt: skip


@pytest.mark.parametrize(("member", "cell", "expected"), CELLS)
def test_a_cell_is_read_as_its_column_says(member, cell, expected):
    found = value(member, cell)
    if isinstance(expected, str) and expected.startswith("column"):
        assert found.startswith(expected)
    else:
        assert found == expected


def test_what_says_nothing_is_no_value_and_a_form_holds_for_all():
    around = "empty: ['-', NULL]\ndecimals: comma\n"
    assert value(NUMBER, "1.000,5", around) == Decimal("1000.5")
    table = "id;at;x\n1;2026-03-02T08:00:00Z;NULL\n"
    (record,) = records(items("mapped-table", table, mapping=around + ONE % NUMBER), "Interaction")
    assert "sd:total" not in dict(record.fields)


NAMING = Naming(
    storage="https://a.example/",
    holder="https://b.example/",
    slug="b",
    domain="retail",
    activity="https://a.example/i",
    pseudonym=str,
)
PURCHASE = "class: Purchase\nkey: id\ncolumns: {day: sd:date, sum: sd:total}\n"


def bought(content, mapping=PURCHASE):
    return items("mapped-table", content, mapping=mapping)


def cell_of(value):
    if isinstance(value, int | float):
        return f'<t:table-cell o:value-type="float" o:value="{value}"/>'
    if isinstance(value, date):
        return f'<t:table-cell o:value-type="date" o:date-value="{value}"/>'
    return f'<t:table-cell o:value-type="string"><x:p>{value}</x:p></t:table-cell>'


def ods(rows):
    """A workbook as LibreOffice saves it: padded with empty cells to the right, and rows below."""
    pad = '<t:table-cell t:number-columns-repeated="16380"/>'
    cells = "".join(f"<t:table-row>{''.join(map(cell_of, row))}{pad}</t:table-row>" for row in rows)
    cells += f'<t:table-row t:number-rows-repeated="1048570">{pad}</t:table-row>'
    text = (
        '<o:document-content xmlns:o="o" xmlns:t="t" xmlns:x="x"><o:body><o:spreadsheet>'
        f'<t:table t:name="Orders">{cells}</t:table></o:spreadsheet></o:body></o:document-content>'
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", text)
    return file.getvalue()


FILES = {
    "csv": "id,day,sum\r\n7,2026-03-02,12.5\r\n",
    "tsv": "id\tday\tsum\n7\t2026-03-02\t12.5\n",
    "with a mark": b"\xef\xbb\xbfid;day;sum\n7;2026-03-02;12,5\n",
    "utf-16": "id;day;sum\n7;2026-03-02;12,5\n".encode("utf-16"),
    "without a last line end": "id;day;sum\n6;2026-03-01;11,5\n7;2026-03-02;12,5",
    "array": '[{"id": 7, "day": "2026-03-02", "sum": 12.5}]',
    "lines": '{"id":7, "day":"2026-03-02", "sum":12.5}\n{"id":8, "day":"2026-03-03", "sum":1}',
    "tables": '{"at": 1, "orders": [{"id": 7, "day": "2026-03-02", "sum": 12.5}]}',
    "ods": ods([["id", "day", "sum"], [7, date(2026, 3, 2), 12.5]]),
}


@pytest.mark.parametrize("content", FILES.values(), ids=FILES)
def test_every_kind_of_file_gives_the_same_record(content):
    found = {one.key.stable: one for one in records(bought(content), "Purchase")}
    assert dict(found["7"].fields) == {"sd:date": date(2026, 3, 2), "sd:total": Decimal("12.5")}
    assert [one for one in problems(bought(content)) if one[1]] == []


def workbook(change):
    """The workbook among the samples, with a change in its parts."""
    made, sample = io.BytesIO(), SAMPLES / "erp.xlsx"
    with zipfile.ZipFile(sample) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name).decode()))
    mapping = sample.with_name("erp.xlsx.mapping").read_text(encoding="utf-8")
    return bought(made.getvalue(), mapping)


def test_a_workbook_of_another_calendar_is_told_of():
    items = workbook(lambda text: text.replace("<sheets>", '<workbookPr date1904="1"/><sheets>'))
    told = [one.message for one in items if isinstance(one, Problem)]
    assert any(message.startswith("days count from 1904") for message in told)
    assert len(records(workbook(str), "Purchase")) == 2


def test_what_stands_too_far_out_in_a_sheet_is_told():
    found = workbook(lambda text: text.replace('<c r="E3"', '<c r="XFD3"'))
    assert ("cells behind the column 1024 are not read", False) in problems(found)


def test_a_table_that_is_another_one_says_which_columns_it_lacks():
    found = bought("id;jour;montant\n1;2026-03-02;3\n")
    sentence = "no row names the columns of `Purchase`: `day`, `sum` are missing"
    assert [(one.locator, one.message) for one in found] == [
        ("line=1", sentence),
        ("line=2", sentence),
    ]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("7;2026-03-02", "fewer cells"),
        ("7;2026-03-02;1;x", "more cells"),
        (";2026-03-02;1", "column `id` is empty, and is the key of this row"),
        ("7;;1", "column `day` is empty, and Purchase needs it"),
        ('7;2026-03-02;"1\n8;2026-03-03;2"', "a quote in this row does not end"),
        ('7;2026-03-02;"1\n2"', "a quote in this row does not end"),
    ],
)
def test_a_row_that_cannot_be_kept_is_told(row, said):
    found = bought(f"id;day;sum\n{row}\n9;2026-03-04;3\n")
    assert [one.key.stable for one in records(found, "Purchase")] == ["9"]
    ((message, is_row),) = problems(found)
    assert (said in message, is_row) == (True, True)


def test_texts_of_several_lines_are_read_where_the_mapping_says_so():
    mapping = PURCHASE.replace(
        "sd:total}", "sd:total, note: {property: schema:description, lines: yes}}"
    )
    table = 'id;day;sum;note\n7;2026-03-02;1;"a;\nb"\n8;2026-03-02;1;"a\n9;2026-03-02;1;b"\n'
    found = bought(table, mapping)
    ((record,), told) = records(found, "Purchase"), problems(found)
    assert dict(record.fields)["schema:description"] == "a;\nb"
    assert len(told) == 1


def test_columns_without_a_meaning_are_kept_under_their_names_and_named():
    table = "Rang (%);id;day;sum;;a b;a b\n1;7;2026-03-02;1;y;é;z\n"
    found = bought(table)
    (record,) = records(found, "Purchase")
    rest = dict(record.fields[2:])
    assert rest == {
        "column:Rang_%28%25%29": "1",
        "column:column_5": "y",
        "column:a_b": "é",
        "column:a_b_%282%29": "z",
    }
    told = (
        "`Rang (%)`, `column 5`, `a b`, `a b (2)`: no column of the mapping: kept as they are, un"
    )
    assert problems(found)[0][0].startswith(told)
    node = to_node(record, NAMING.iri(record), NAMING)
    assert [one.value for one in node["urn:sd:columns#a_b"]] == ["é"]


@pytest.mark.parametrize("name", ["x", "é è", '<>"{}|\\^`', "\x01", "日本", "a" * 300, "%20", "🚗"])
def test_any_name_of_a_column_is_one_of_a_property(name):
    assert Iri("urn:sd:columns#" + term_of(name).removeprefix("column:")).value.isprintable()
    assert term_of(name) != term_of(name + "1")


def test_a_property_of_somebody_else_is_written_with_its_whole_address():
    mapping = PURCHASE.replace("sd:total}", "sd:total, mood: https://acme.example/ns#mood}")
    (record,) = records(bought("id;day;sum;mood\n7;2026-03-02;1;fine\n", mapping), "Purchase")
    node = to_node(record, NAMING.iri(record), NAMING)
    assert [one.value for one in node["https://acme.example/ns#mood"]] == ["fine"]


@pytest.mark.spec("Self Data DAT-27")
def test_a_class_of_the_holder_itself_is_kept_beside_ours():
    mapping = "domain: telecom\nclass: https://acme.example/ns#Warranty\nkey: no\n"
    (record,) = records(bought("no;until\n1;2027\n", mapping), "Record")
    assert record.fields == (
        ("rdf:type", Iri("https://acme.example/ns#Warranty")),
        ("column:until", "2027"),
    )


def test_an_account_by_its_iban_is_not_named_by_it():
    mapping = (
        "tables:\n"
        "  - {file: t, class: BankTransaction, natural-key: [day, sum], columns: {day: sd:date,"
        " sum: sd:amount, what: sd:sourceLabel, iban: {property: sd:account, to: accounts}}}\n"
        "  - {name: accounts, file: t, class: BankAccount, key: iban, columns: {iban: sd:iban}}\n"
    )
    table = "day;sum;what;iban\n2026-03-02;-3;x;FR7630006000011234567890189\n2026-03-03;-3;x;\n"
    found = bought(table, mapping)
    (account,), (moved,) = records(found, "BankAccount"), records(found, "BankTransaction")
    assert account.key == moved.account == Key(natural=("FR7630006000011234567890189",))
    assert account.fields == (("sd:iban", "FR76****0189"),)
    assert not account.counted
    assert problems(found) == [("column `iban` is empty, and BankTransaction needs it", True)]


def test_rows_refer_to_those_of_a_table_that_comes_later_in_the_dump():
    mapping = (
        "tables:\n"
        "  - {file: a*, class: Line, key: [o, n], columns: {o: {property: sd:relatedTo,"
        " to: orders}, what: schema:name, sum: sd:total}}\n"
        "  - {name: orders, file: b, class: Purchase, key: o, columns: {day: sd:date,"
        " sum: sd:total}}\n"
    )
    dump = {
        "a1": [{"o": 1, "n": 1, "what": "x", "sum": 2}],
        "b": [{"o": 1, "day": "2026-03-02", "sum": 2}],
    }
    found = bought(json.dumps(dump), mapping)
    (line,) = records(found, "Line")
    assert line.on == date(2026, 3, 2)
    assert line.fields[0] == ("sd:relatedTo", Ref("Purchase", Key(stable="1"), on=date(2026, 3, 2)))


def test_a_table_is_of_no_format_until_somebody_says_what_it_is():
    assert identify("orders.csv", b"id;day;sum\n7;2026-03-02;1\n") == ()
    assert problems(bought("a;b\n1;2\n", "class: Purchas\n"))[0][0].startswith("the mapping cannot")
    with pytest.raises(ValueError, match="say what the columns of this table are"):
        MappedTable().told(Options())


def test_another_mapping_is_another_version():
    told = MappedTable().told(Options(values={"mapping": PURCHASE}))
    other = MappedTable().told(Options(values={"mapping": PURCHASE + "# more\n"}))
    assert told.version != other.version
    assert told.domain == "retail"
    assert all(isinstance(one, Record | Problem) for one in bought("\0\0"))
