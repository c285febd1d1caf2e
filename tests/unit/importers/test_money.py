from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importers.money import currency, decimal, decimal_comma, iban, masked, ungrouped, xml_decimal

calm = settings(deadline=None)  # the machine may be busy


@pytest.mark.parametrize(
    ("text", "mark", "value"),
    [
        ("+1339.85", ".", "1339.85"),
        ("-23,45", ",", "-23.45"),
        ("2 000,00", ",", "2000.00"),
        ("2\u202f000,00", ",", "2000.00"),
        ("-1\u00a0234,56", ",", "-1234.56"),
        ("\u22125", ".", "-5"),
        ("11'373.94", ".", "11373.94"),
        ("-1,000.00", ".", "-1000.00"),
        ("1.234.567,8", ",", "1234567.8"),
        ("0", ".", "0"),
        (" 7 ", ".", "7"),
    ],
)
def test_a_number_is_read_as_its_country_writes_it(text, mark, value):
    assert decimal(text, mark=mark) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        pytest.param("", ".", id="nothing"),
        pytest.param("$120", ".", id="a sign of a currency"),
        pytest.param("1,0,0", ".", id="groups of one digit"),
        pytest.param("1,00", ".", id="a decimal comma where a point is expected"),
        pytest.param("1.2.3", ".", id="two points"),
        pytest.param("1.000,1.0", ",", id="a group after the decimal mark"),
        pytest.param("1e5", ".", id="an exponent"),
        pytest.param("NaN", ".", id="not a number"),
        pytest.param("٣", ".", id="a digit of another script"),
        pytest.param("1" * 19, ".", id="more digits than the store keeps"),
        pytest.param(".5", ".", id="nothing before the mark"),
    ],
)
def test_a_number_is_never_guessed(text, mark):
    with pytest.raises(ValueError, match="not a number"):
        decimal(text, mark=mark)


@calm
@given(st.decimals(-(10**12), 10**12, places=2))
def test_what_is_written_the_french_way_is_read_back(value):
    written = f"{value:,.2f}".replace(",", " ").replace(".", ",")
    assert decimal_comma(written) == value


def test_a_currency_has_three_letters():
    assert currency("EUR") == "EUR"
    with pytest.raises(ValueError, match="three letters"):
        currency("€")


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("FR76 1234 5678 9000 0000 0253 143", "FR76****3143"),
        ("4970101234567890", "4970****7890"),
        ("123456789", "****6789"),
    ],
)
def test_a_number_is_shown_by_its_ends(number, shown):
    assert masked(number) == shown


def test_an_iban_is_read_without_its_blanks():
    assert iban("fr76 3000 6000 0112 3456 7890 189") == "FR7630006000011234567890189"
    assert iban("DE89370400440532013000") == "DE89370400440532013000"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("FR76300060000112345", "has 27 characters, and this has 19"),
        ("FR7630006000011234567890188", "check digits"),
        ("DE88370400440532013000", "check digits"),
        ("3000600001123456", "not an IBAN"),
        ("", "not an IBAN"),
    ],
)
def test_what_cannot_be_an_iban_is_refused(text, why):
    with pytest.raises(ValueError, match=why):
        iban(text)


@pytest.mark.parametrize("text", ["0,063", "00,063", "0.063.000"])
def test_a_fraction_is_no_thousand(text):
    with pytest.raises(ValueError, match="this is not a number"):
        decimal(text, mark="," if "." in text else ".")


@pytest.mark.parametrize(
    ("text", "value"), [("0,063", "0.063"), ("0.063", "0.063"), ("1,234", "1.234"), ("-7", "-7")]
)
def test_a_number_without_thousands_has_either_mark(text, value):
    assert ungrouped(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "1,234.5", "1 234", "x"])
def test_a_number_with_thousands_is_refused_where_there_are_none(text):
    with pytest.raises(ValueError, match="this is not a number"):
        ungrouped(text)


@pytest.mark.parametrize(
    ("text", "number"), [("100.", "100"), (" -.5 ", "-0.5"), ("+1.20", "1.20"), ("7", "7")]
)
def test_a_number_of_xml_may_have_nothing_on_one_side_of_its_full_stop(text, number):
    assert xml_decimal(text) == Decimal(number)


@pytest.mark.parametrize("text", ["", ".", "-.", "1.2.", "..5", "x."])
def test_what_is_no_number_of_xml_is_none(text):
    with pytest.raises(ValueError, match="not a number"):
        xml_decimal(text)
