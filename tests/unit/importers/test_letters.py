"""The letters of MS-DOS and of an old Macintosh are known by words of French, and are told."""

import io

import pytest

from importers import by_format, identify
from importers.contract import Options, Problem, Record
from importers.table import Row, rows

FRENCH = (
    "Date;Libellé;Débit;Crédit\n02/03/2026;CAFÉ DE LA PLACE;3,20;\n"
    "03/03/2026;Écheance prêt à taux zéro;;12,00\n04/03/2026;FRANÇOIS À LA FENÊTRE;1,00;\n"
)


def read(content):
    found = list(rows(io.BytesIO(content)))
    remarks = [one.message for one in found if isinstance(one, Problem)]
    return [row.cells for row in found if isinstance(row, Row)], remarks


def cells(text):
    return [tuple(line.split(";")) for line in text.splitlines()]


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("utf-8", None),
        ("utf-8-sig", None),
        ("utf-16", None),
        ("cp1252", None),
        ("cp850", "MS-DOS"),
        ("mac_roman", "Macintosh"),
    ],
)
def test_accents_are_read_in_the_letters_that_they_have(encoding, told):
    found, remarks = read(FRENCH.encode(encoding))
    assert found == cells(FRENCH)
    assert len(remarks) == (told is not None)
    assert all(told in remark for remark in remarks)


@pytest.mark.parametrize("line", ["Café;12,00 €", "Bœuf;Fenêtre", "ŒUVRE;CŒUR;à"])
def test_the_euro_and_the_letters_that_windows_has_elsewhere_are_read(line):
    assert read(f"{line}\n".encode("iso8859-15")) == (cells(line), [])
    assert read(f"{line}\n".encode("cp1252")) == (cells(line), [])


@pytest.mark.parametrize("line", ["1½ l;Café", "½ tarif;¼ d'heure", "Café;12,00 €;¤"])
def test_fractions_and_signs_of_windows_stay(line):
    assert read(f"{line}\n".encode("cp1252")) == (cells(line), [])


@pytest.mark.parametrize(
    "line",
    [
        "Libellé;Débit;Crédit",
        "RELEVÉ DÉTAILLÉ",
        "Noël à l'été",
        "le prêt;la tête",
    ],
)
@pytest.mark.parametrize("encoding", ["cp850", "mac_roman"])
def test_few_letters_are_enough_or_nothing_is_guessed(line, encoding):
    try:
        content = f"{line}\n".encode(encoding)
    except UnicodeEncodeError:
        pytest.skip("these letters are not in it")
    found, remarks = read(content)
    assert len(remarks) == 1
    known = "were read as such" in remarks[0]
    assert (found == cells(line)) is known


@pytest.mark.parametrize(
    "text",
    [
        "Café;“Dupré”;12 €;…",
        "l\u2019été;n° 4;1ª",
        "“Dupont”;suite…;\u2014",
        "Überweisung;Größe;Österreich;Straße",
        "año;niño;São;Ångström",
        "CAFÉ;ÉTÉ;Été;À",
    ],
)
def test_what_is_written_in_the_letters_of_windows_is_read_so(text):
    assert read(f"{text}\n".encode("cp1252")) == (cells(text), [])


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("Libellé;Débit\n".encode() + b"Cr\x8edit;x\n", id="a damaged octet in UTF-8"),
        pytest.param("Libellé;Débit;Crédit\n".encode("cp1252") + b"x\x8ey\n", id="in Windows-1252"),
        pytest.param(b"plain;words\n", id="no letter at all"),
    ],
)
def test_one_damaged_octet_makes_no_other_letters(content):
    assert read(content)[1] == []


def test_a_table_in_the_letters_of_ms_dos_stays_so_where_an_octet_is_damaged():
    content = FRENCH.encode("cp850").replace(b"PLACE", b"PL\xffCE")
    found, (remark,) = read(content)
    assert ("MS-DOS" in remark, found[0]) == (True, ("Date", "Libellé", "Débit", "Crédit"))


def test_letters_that_are_of_none_are_told_and_left():
    found, (remark,) = read(b"xx\x82\x8e\x8fxx;y\n")
    assert "cannot be known" in remark
    assert len(found) == 1


@pytest.mark.parametrize("encoding", ["cp850", "mac_roman"])
def test_a_table_of_a_bank_is_known_and_read_and_the_letters_are_told(encoding):
    text = (
        "Date;Date de valeur;Débit;Crédit;Libellé;Solde\n"
        "02/03/2026;02/03/2026;-3,20;;CAFÉ DE LA GARE;10,00\n"
    )
    content = text.encode(encoding)
    ((importer, _),) = identify("releve.csv", content)
    items = list(importer.parse(io.BytesIO(content), Options()))
    (movement,) = (i for i in items if isinstance(i, Record) and i.counted)
    assert dict(movement.fields)["sd:sourceLabel"] == "CAFÉ DE LA GARE"
    assert any("were read as such" in i.message for i in items if isinstance(i, Problem))


@pytest.mark.parametrize("encoding", ["cp850", "mac_roman"])
def test_qif_of_an_old_program_is_read_in_its_letters_too(encoding):
    text = "!Type:Bank\nD31/03/2026\nT-3.20\nPCafé de la gare\nMÉté à Besançon\n^\n"
    items = list(by_format("qif").parse(io.BytesIO(text.encode(encoding)), Options()))
    (movement,) = (i for i in items if isinstance(i, Record) and i.counted)
    assert dict(movement.fields)["sd:sourceLabel"] == "Café de la gare Été à Besançon"
    assert any("were read as such" in i.message for i in items if isinstance(i, Problem))
