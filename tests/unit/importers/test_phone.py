import pytest

from importers.phone import BRITAIN, e164, party_of


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("33623456789", "+33623456789"),
        ("+33 6 23 45 67 89", "+33623456789"),
        ("0033623456789", "+33623456789"),
        ("06.23.45.67.89", "+33623456789"),
        ("447700900123", "+447700900123"),
    ],
)
def test_a_number_has_one_spelling(number, expected):
    assert e164(number) == expected


@pytest.mark.parametrize("number", ["", "3900", "+33012345678", "3362345678", "1" * 16, "ORANGE"])
def test_what_cannot_be_called_is_refused(number):
    with pytest.raises(ValueError, match="not a telephone number"):
        e164(number)


@pytest.mark.parametrize(
    ("one", "other"),
    [("0623456789", "+33623456789"), ("39 00", "3900"), ("Orange", "ORANGE")],
)
def test_one_party_has_one_name(one, other):
    assert party_of(one) == party_of(other)


@pytest.mark.parametrize(
    ("number", "whole"),
    [("020 7946 0123", "+442079460123"), ("07700 900123", "+447700900123")],
)
def test_a_british_number_is_read_as_one_where_it_is(number, whole):
    assert e164(number, BRITAIN) == whole
