from decimal import Decimal

import pytest

from importers.units import (
    BTU,
    CUBIC_FOOT,
    CUBIC_METRE,
    JOULE,
    LITRE,
    THERM,
    UK_GALLON,
    US_GALLON,
    WATT,
    WATT_HOUR,
    measured,
    plain,
)


@pytest.mark.parametrize(
    ("unit", "value", "expected"),
    [
        pytest.param(WATT_HOUR, "4086", ("sd:energy", "4.086"), id="Wh"),
        pytest.param(WATT, "392400", ("sd:energy", "0.109"), id="218 W over half an hour"),
        pytest.param(WATT, "600", ("sd:energy", "0.000166667"), id="1 W over ten minutes"),
        pytest.param(BTU, "3412", ("sd:energy", "0.999958491"), id="BTU"),
        pytest.param(BTU, "3600000", ("sd:energy", "1055.05585262"), id="BTU, without rounding"),
        pytest.param(THERM, "9", ("sd:energy", "263.701"), id="therm of the US"),
        pytest.param(CUBIC_METRE, "12.30", ("sd:volume", "12.3"), id="cubic metre"),
        pytest.param(CUBIC_FOOT, "1000000", ("sd:volume", "28316.846592"), id="cubic foot"),
        pytest.param(LITRE, "250", ("sd:volume", "0.25"), id="litre"),
        pytest.param(US_GALLON, "1000", ("sd:volume", "3.785411784"), id="gallon of the US"),
        pytest.param(UK_GALLON, "1000", ("sd:volume", "4.54609"), id="imperial gallon"),
        pytest.param(JOULE, "3600000", ("sd:energy", "1"), id="joule"),
        pytest.param(CUBIC_METRE, "-7", ("sd:volume", "-7"), id="less than nothing"),
    ],
)
def test_a_value_is_told_in_the_unit_of_its_property(unit, value, expected):
    name, found = measured(unit, Decimal(value))
    assert (name, str(found)) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param("1E+3", "1000", id="exponent"),
        pytest.param("100.00", "100", id="zeros at the end"),
        pytest.param("0.000", "0", id="zero"),
        pytest.param("0.1234567891", "0.123456789", id="ten places"),
        pytest.param("123456789012345678901234567890.1234567891", None, id="large and fine"),
    ],
)
def test_a_number_is_written_plainly(value, expected):
    assert str(plain(Decimal(value))) == (expected or value[:-1])
