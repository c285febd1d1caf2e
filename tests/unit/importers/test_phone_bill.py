"""Itemised bills: durations, volumes, masked numbers, local times, prices with and without VAT."""

import io
from decimal import Decimal

import pytest

from importers import identify
from importers.contract import Options, Problem, Record
from importers.telecom.measures import octets_of, price, seconds

HEADER = "Date;Heure;Numéro appelé;Type;Durée;Montant TTC"


def read(*rows, header=HEADER, notes="Orange;Ligne 06 39 98 12 34", encoding="utf-8", options=None):
    content = "\n".join([notes, header, *rows, ""]).encode(encoding)
    ((importer, _),) = identify("bill.csv", content)
    return importer, list(importer.parse(io.BytesIO(content), Options(values=options or {})))


def only(row, **more):
    (record,) = (one for one in read(row, **more)[1] if isinstance(one, Record) and one.counted)
    return dict(record.fields)


@pytest.mark.parametrize(
    ("text", "lasting"),
    [
        ("00:03:12", 192),
        ("3min12s", 192),
        ("3 min 12 s", 192),
        ("3mn 12", None),
        ("3'12''", 192),
        ("1h02", 3720),
        ("00h03m12s", 192),
        ("3 min. 12 sec.", 192),
        ("1h02min03s", 3723),
        ("12s", 12),
        ("100:00:00", 360_000),
        ("03:12", None),
        ("192", None),
        ("00:61:00", None),
        ("", None),
    ],
)
def test_a_duration_is_read_where_it_says_its_units(text, lasting):
    if lasting is None:
        with pytest.raises(ValueError, match="no duration"):
            seconds(text)
    else:
        assert seconds(text) == lasting


def test_a_column_that_counts_seconds_says_so():
    assert seconds("192", counts_seconds=True) == 192
    header = HEADER.replace("Durée", "Durée (s)")
    assert only("02/03/2026;08:59;3900;Appel;192;0,15", header=header)["sd:durationSeconds"] == 192


@pytest.mark.parametrize(
    ("text", "octets"),
    [("12,5 Mo", 13_107_200), ("1 024 Ko", 1_048_576), ("2 GB", 2 << 30), ("300 octets", 300)],
)
def test_a_volume_is_counted_in_octets(text, octets):
    assert octets_of(text) == octets


@pytest.mark.parametrize(
    ("text", "cost"),
    [
        ("0,15", "0.15"),
        ("0,00 €", "0"),
        ("£0.120", "0.12"),
        ("Inclus", "0"),
        ("1 234,50", "1234.5"),
    ],
)
def test_a_price_that_is_included_is_nothing(text, cost):
    assert price(text) == Decimal(cost)


@pytest.mark.spec("Self Data DAT-15")
@pytest.mark.parametrize(
    "number", ["06 12 34 XX XX", "061234xxxx", "06 12 34 ** **", "Inconnu", ""]
)
def test_a_number_that_is_not_whole_names_nobody(number):
    said = only(f"02/03/2026;08:59:08;{number};Appel;00:00:59;0,00")
    assert "sd:counterparty" not in said


def test_a_whole_number_is_a_pseudonym_and_stands_nowhere_else():
    said = only("02/03/2026;08:59:08;06 39 98 56 78;Appel;00:00:59;0,00")
    assert said["sd:counterparty"].value == "urn:sd:party-of:+33639985678"
    assert "56 78" not in repr(said)


@pytest.mark.parametrize(
    ("day", "offset"),
    [
        ("02/03/2026", "+01:00"),
        ("02/07/2026", "+02:00"),
        ("2026-07-02", "+02:00"),
        ("02/07/26", "+02:00"),
    ],
)
def test_local_times_get_the_offset_of_their_day(day, offset):
    said = only(f"{day};08:59:08;3900;Appel;00:00:59;0,00")
    assert said["schema:startTime"].isoformat().endswith(f"T08:59:08{offset}")


def test_a_day_without_a_time_is_given_none():
    said = only("02/03/2026;;;Internet 4G;12,5 Mo;Inclus")
    assert "schema:startTime" not in said
    assert said["sd:dataVolume"] == 13_107_200


@pytest.mark.parametrize(
    ("column", "says"), [("Montant HT", [False]), ("Montant TTC", []), ("Coût (€)", [])]
)
def test_prices_without_vat_say_so(column, says):
    header = HEADER.replace("Montant TTC", column)
    said = only("02/03/2026;08:59:08;3900;Appel;00:00:59;0,15", header=header)
    assert said["sd:total"] == Decimal("0.15")
    assert [v for k, v in said.items() if k == "schema:valueAddedTaxIncluded"] == says


@pytest.mark.parametrize(
    ("kind", "nature", "direction"),
    [
        ("Appel vers mobile", "voice", "out"),
        ("Appel reçu", "voice", "in"),
        ("SMS envoyé", "sms", "out"),
        ("MMS", "mms", "out"),
        ("Messagerie vocale", "voice", "out"),
        ("Message vers mobile", "sms", "out"),
        ("Numéro spécial", "voice", "out"),
    ],
)
def test_what_it_was_is_told_by_the_words_of_the_operator(kind, nature, direction):
    said = only(f"02/03/2026;08:59:08;3900;{kind};00:00:01;0,00")
    assert (said["sd:nature"].name, said["sd:direction"].name) == (nature, direction)
    assert ("sd:durationSeconds" in said) == (nature == "voice")


@pytest.mark.parametrize(
    ("notes", "name"),
    [
        ("Facture Orange n° 4512", "orange-bill-csv"),
        ("Sosh;03/2026", "orange-bill-csv"),
        ("Free Mobile", "free-bill-csv"),
        ("SFR - détail", "sfr-bill-csv"),
        ("Bouygues Telecom", "bouygues-telecom-bill-csv"),
        ("Un autre opérateur", "phone-bill-csv"),
    ],
)
def test_a_bill_is_known_by_the_operator_above_it(notes, name):
    assert read("02/03/2026;08:59:08;3900;Appel;00:00:59;0,15", notes=notes)[0].format == name


def test_windows_1252_is_read():
    said = only("02/03/2026;08:59:08;3900;Appel reçu;00:00:59;0,15 €", encoding="cp1252")
    assert said["sd:sourceLabel"] == "Appel reçu"


def test_two_lines_of_one_bill_are_two_accounts():
    header = f"N° de ligne;{HEADER}"
    rows = (f"063998123{n};02/03/2026;08:59:08;3900;Appel;00:00:59;0,15" for n in (4, 5, 4))
    items = read(*rows, header=header, notes="Orange")[1]
    assert [one.kind for one in items if not one.counted] == ["Account", "Account"]


def test_a_line_that_nobody_says_can_be_said():
    row = "02/03/2026;08:59:08;3900;Appel;00:00:59;0,15"
    silent = read(row, notes="Orange")[1]
    told = read(row, notes="Orange", options={"line": "06 39 98 12 34"})[1]
    assert any(isinstance(one, Problem) and "line=NUMBER" in one.message for one in silent)
    assert told[0].key.natural == ("+33639981234",)


@pytest.mark.spec("Self Data DAT-14")
@pytest.mark.parametrize(("total", "ok"), [("0,30", True), ("0,31", False)])
def test_the_total_is_held_against_the_rows(total, ok):
    row = "02/03/2026;08:59:08;3900;Appel;00:00:59;0,15"
    importer, items = read(row, row, f"Total;;;;;{total}")
    assert [check.ok for check in importer.reconcile(items)] == [ok]


@pytest.mark.parametrize(
    "row",
    [
        "31/02/2026;08:59:08;3900;Appel;00:00:59;0,15",
        "29/03/2026;02:30:00;3900;Appel;00:00:59;0,15",
        "02/03/2026;25:00:00;3900;Appel;00:00:59;0,15",
        "02/03/2026;08:59:08;3900;Appel;03:12;0,15",
        "02/03/2026;08:59:08;3900;Appel;00:00:59",
        "02/03/2026;08:59:08;3900;Appel;00:00:59;0,15;autre",
        "02/03/2026;08:59:08;3900;Mystère;;0,15",
    ],
)
def test_a_row_that_cannot_be_read_is_told(row):
    items = read(row)[1]
    assert [item.row for item in items if isinstance(item, Problem)] == [True]
    assert not any(isinstance(item, Record) for item in items)
