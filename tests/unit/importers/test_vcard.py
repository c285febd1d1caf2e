"""vCard: what programs make of three versions of it."""

import io
from datetime import date

import pytest

from importers import identify
from importers.contract import Options, Problem, Record
from importers.correspondence.vcard import VCard


def card(*lines, version="3.0"):
    return "\r\n".join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""]).encode()


def read(content):
    return list(VCard().parse(io.BytesIO(content), Options()))


def said(content):
    """What the only contact of an address book says, each property with all its values."""
    (record,) = (item for item in read(content) if isinstance(item, Record))
    found = {}
    for name, value in record.fields:
        found.setdefault(name, []).append(getattr(value, "value", value))
    return found


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (["FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Zo=C3=A9"], "Zoé"),
        (["FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Zo=", "=C3=A9"], "Zoé"),
        (["FN;QUOTED-PRINTABLE;CHARSET=ISO-8859-1:Zo=E9"], "Zoé"),
        (["FN;ENCODING=QUOTED-PRINTABLE;CHARSET=nowhere:Zo=C3=A9"], "Zoé"),
        (["FN;ENCODING=QUOTED-PRINTABLE:Zo=E9"], "Zoé"),
        (["FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Zo=C3=A9=", "", "TEL:3900"], "Zoé"),
        (["FN;ENCODING=BASE64;CHARSET=UTF-8:Wm/DqQ=="], "Zoé"),
    ],
)
def test_a_text_has_the_encoding_and_charset_of_its_property(lines, name):
    assert said(card(*lines, version="2.1"))["vcard:fn"] == [name]


@pytest.mark.parametrize(
    "photo",
    [
        ["PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQ", " SkZJRgAB", " AQ==", ""],
        ["PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQ", "SkZJRgAB", "AQ==", ""],
        ["PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQ=="],
        ["PHOTO;ENCODING=b;TYPE=JPEG:" + "A" * (3 << 20)],
        ["PHOTO;BASE64:no base64 at all"],
    ],
)
def test_a_picture_costs_nothing_of_its_card(photo):
    found = said(card("FN:Zoé", *photo, "TEL:+33639985678"))
    assert found["vcard:fn"] == ["Zoé"]
    assert found["vcard:hasTelephone"] == ["tel:+33639985678"]
    assert not any("9j" in str(values) for values in found.values())


@pytest.mark.spec("RFC 6350 §3.2")
def test_a_folded_line_is_one():
    assert said(card("FN:Zoé", "NOTE:pli", " é en ", " deux"))["vcard:note"] == ["plié en deux"]


def test_version_2_1_folds_at_blanks_which_stay():
    found = said(card("FN:Zoé", "NOTE:en", " deux", version="2.1"))
    assert found["vcard:note"] == ["en deux"]


@pytest.mark.spec("RFC 6350 §3.4")
def test_what_is_escaped_is_a_character_and_no_mark():
    found = said(card(r"FN:Zoé\, la voisine", r"ORG:A\;B;C", r"NOTE:un\ndeux\\n"))
    assert found["vcard:fn"] == ["Zoé, la voisine"]
    assert found["vcard:organization-name"] == ["A;B, C"]
    assert found["vcard:note"] == ["un\ndeux\\n"]


def test_a_group_of_properties_and_its_label_are_read_past():
    found = said(
        card("FN:Zoé", "item1.EMAIL;type=INTERNET:z@mail.example", "item1.X-ABLabel:Travail")
    )
    assert found["vcard:hasEmail"] == ["mailto:z@mail.example"]
    assert "Travail" not in str(found)


@pytest.mark.parametrize(
    ("number", "kept"),
    [
        ("06 39 98 56 78", ("vcard:hasTelephone", "tel:+33639985678")),
        ("+44 7700 900123", ("vcard:hasTelephone", "tel:+447700900123")),
        ("0033 6 39 98 56 78", ("vcard:hasTelephone", "tel:+33639985678")),
        ("tel:+33-6-39-98-56-78;ext=5", ("vcard:hasTelephone", "tel:+33639985678")),
        ("123456789", ("schema:telephone", "123456789")),
        ("3900", ("schema:telephone", "3900")),
    ],
)
def test_a_number_is_international_only_where_it_says_so(number, kept):
    name, value = kept
    assert said(card("FN:Zoé", f"TEL:{number}"))[name] == [value]


@pytest.mark.parametrize(
    ("birthday", "day"),
    [
        ("BDAY:1988-05-02", date(1988, 5, 2)),
        ("BDAY:19880502", date(1988, 5, 2)),
        ("BDAY;VALUE=date:1988-05-02T00:00:00Z", date(1988, 5, 2)),
        ("BDAY:--0502", None),
        ("BDAY;X-APPLE-OMIT-YEAR=1604:1604-05-02", None),
        ("BDAY:1988-02-30", None),
    ],
)
def test_a_birthday_is_a_day_with_its_year_or_is_left_out_with_a_word(birthday, day):
    items = read(card("FN:Zoé", birthday))
    assert said(card("FN:Zoé", birthday)).get("vcard:bday", [None]) == [day]
    assert sum(isinstance(item, Problem) and not item.row for item in items) == (day is None)


@pytest.mark.parametrize(
    "broken",
    [
        b"BEGIN:VCARD\nVERSION:3.0\nFN:Sans fin\n",
        b"VERSION:3.0\nFN:Sans commencement\nEND:VCARD\n",
        card("TITLE:rien que cela"),
        card("KIND:group", "FN:Famille", version="4.0"),
        card("FN:Un", "VERSION:3.0", "FN:Deux"),
    ],
)
def test_a_broken_card_costs_itself_alone(broken):
    items = read(card("FN:Avant") + broken + card("FN:Après"))
    names = [dict(item.fields)["vcard:fn"] for item in items if isinstance(item, Record)]
    assert names == ["Avant", "Après"]
    assert sum(isinstance(item, Problem) and item.row for item in items) == 1


def test_two_contacts_of_one_name_are_told_apart_by_their_numbers():
    one, two = (
        item
        for item in read(card("FN:Zoé", "TEL:+33639985678") + card("FN:Zoé", "TEL:+33639981234"))
        if isinstance(item, Record)
    )
    assert one.key != two.key


def test_its_own_id_makes_a_contact_the_same_with_another_number():
    one, two = (
        read(card("FN:Zoé", f"TEL:{number}", "UID:a1"))[0].key
        for number in ("+33639985678", "+33639981234")
    )
    assert one == two


def test_an_address_book_is_known_by_its_first_words():
    ((importer, match),) = identify("contacts.txt", b"\xef\xbb\xbf\r\nbegin:vcard\r\n")
    assert (importer.format, match.confidence) == ("vcard", 90)


def test_line_ends_that_were_turned_twice_change_nothing():
    content = card("FN:Zoé", "NOTE:pli", " é", "PHOTO;ENCODING=b:/9j/4AAQ", " SkZJ")
    twice = content.replace(b"\r\n", b"\r\r\n")
    assert said(twice) == said(content)


def test_lines_that_are_no_properties_are_told_once():
    items = read(card("FN:Zoé", "un", "deux", "trois", "TEL:3900", "quatre"))
    assert sum(isinstance(item, Problem) for item in items) == 2
