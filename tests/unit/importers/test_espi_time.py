from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importers.energy.espi_time import Rule, RuledZone, zone

calm = settings(deadline=None)  # the machine may be busy
AMERICA = ("3600", "360E2000", "B40E2000")

seconds = st.integers(
    int(datetime(2008, 1, 1, tzinfo=UTC).timestamp()),
    int(datetime(2037, 1, 1, tzinfo=UTC).timestamp()),
)


@pytest.mark.parametrize(
    ("offset", "rules", "same"),
    [
        pytest.param("-28800", AMERICA, "America/Los_Angeles", id="north of the equator"),
        pytest.param("-18000", AMERICA, "America/New_York", id="another offset"),
        pytest.param("3600", ("3600", "3E0E2000", "AE0E3000"), "Europe/Paris", id="last Sundays"),
        pytest.param("36000", ("3600", "A40E2000", "440E3000"), "Australia/Sydney", id="south"),
        pytest.param("0", ("", "", ""), "UTC", id="no saving"),
        pytest.param("-25200", ("0", "FFFFFFFF", "FFFFFFFF"), "America/Phoenix", id="no saving in"),
        pytest.param("-25200", ("3600", "FFFFFFFF", "B40E2000"), "America/Phoenix", id="disabled"),
    ],
)
@calm
@given(at=seconds)
def test_the_clocks_show_what_they_do_in_the_place(offset, rules, same, at):
    moment = datetime.fromtimestamp(at, UTC)
    found, expected = moment.astimezone(zone(offset, *rules)), moment.astimezone(ZoneInfo(same))
    assert found.utcoffset() == expected.utcoffset()
    assert found.replace(tzinfo=None) == expected.replace(tzinfo=None)
    assert found.astimezone(UTC) == moment


def test_a_time_that_the_clocks_skip_has_the_standard_offset():
    place = zone("-28800", *AMERICA)
    assert datetime(2024, 3, 10, 2, 30, tzinfo=place).utcoffset() == timedelta(hours=-8)


def test_a_zone_knows_its_saving_and_has_no_name():
    summer = datetime(2024, 7, 1, tzinfo=zone("-28800", *AMERICA))
    assert (summer.dst(), summer.tzname()) == (timedelta(hours=1), None)
    assert RuledZone(timedelta(hours=2)).utcoffset(None) == timedelta(hours=2)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        pytest.param("360E2000", "2024-03-10T02:00:00", id="second Sunday"),
        pytest.param("B40E2000", "2024-11-03T02:00:00", id="first Sunday"),
        pytest.param("3E0E2000", "2024-03-31T02:00:00", id="last Sunday"),
        pytest.param("30F00000", "2024-03-15T00:00:00", id="a day of the month"),
        pytest.param("328E2000", "2024-03-10T02:00:00", id="a Sunday on or after the eighth"),
        pytest.param("380A1A8C", "2024-03-15T01:45:00", id="the example: third Friday at 1:45"),
    ],
)
def test_a_rule_names_a_time_of_each_year(rule, expected):
    assert Rule.of(rule).on(2024).isoformat() == expected


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(("", "", "", ""), id="no offset"),
        pytest.param(("x", "", "", ""), id="no number"),
        pytest.param(("-28801", "", "", ""), id="a broken minute"),
        pytest.param(("90000", "", "", ""), id="no place on earth"),
        pytest.param(("36000", "36000", "360E2000", "B40E2000"), id="too much saving"),
        pytest.param(("0", "3600", "060E2000", "B40E2000"), id="no month"),
        pytest.param(("0", "3600", "30000000", "B40E2000"), id="no day of the month"),
        pytest.param(("0", "3600", "36002000", "B40E2000"), id="no day of the week"),
        pytest.param(("0", "3600", "xyz", "B40E2000"), id="no hex"),
        pytest.param(("0", "3600", "1FFFFFFFF", "B40E2000"), id="more than 32 bits"),
    ],
)
def test_what_is_no_zone_is_refused(arguments):
    with pytest.raises(ValueError):  # noqa: PT011 - int has its own words
        zone(*arguments)
