import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importers.energy.steps import steps

calm = settings(deadline=None)  # the machine may be busy
MINUTE = 60


def of(*minutes, told=None):
    found = steps([m * MINUTE for m in minutes], told and told * MINUTE)
    return [step and step // MINUTE for step in found]


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        pytest.param([30, 60, 90], [30, 30, 30], id="one step"),
        pytest.param([60, 120, 180, 210], [60, 60, 60, 30], id="shorter at once"),
        pytest.param([30, 60, 120, 180], [30, 30, 60, 60], id="longer when it shows twice"),
        pytest.param([30, 60, 120, 150], [30, 30, 30, 30], id="a row is missing"),
        pytest.param([30, 60, 120], [30, 30, 30], id="a row is missing before the last"),
        pytest.param([30, 60, 1000, 1030], [30, 30, 30, 30], id="silence"),
        pytest.param([30, 60, 1000, 1010, 1020], [30, 30, 10, 10, 10], id="shorter after silence"),
        pytest.param([30, 60, 1020, 1080, 1140], [30, 30, 60, 60, 60], id="longer after silence"),
        pytest.param([30, 60, 1020, 1080, 1110], [30, 30, 30, 30, 30], id="a gap after silence"),
        pytest.param([30, 90, 120], [30, 30, 30], id="a row is missing after the first"),
        pytest.param([10, 20, 30, 60, 90], [10, 10, 10, 30, 30], id="ten minutes, then thirty"),
        pytest.param([30], [None], id="one row alone"),
        pytest.param([30, 500], [None, None], id="two rows far apart"),
        pytest.param([30, 500, 530], [None, 30, 30], id="the first is far from the rest"),
        pytest.param([], [], id="nothing"),
    ],
)
def test_the_step_shows_in_the_stamps_around(minutes, expected):
    assert of(*minutes) == expected


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        pytest.param([30], [30], id="one row alone"),
        pytest.param([30, 500, 900], [30, 30, 30], id="rows far apart"),
        pytest.param([10, 20, 30], [10, 10, 10], id="a shorter one shows"),
        pytest.param([60, 120, 180], [60, 60, 60], id="a longer one shows"),
    ],
)
def test_the_step_that_is_told_holds_until_another_shows(minutes, expected):
    assert of(*minutes, told=30) == expected


@calm
@given(st.lists(st.integers(1, 10_000), unique=True).map(sorted))
def test_every_stamp_has_a_step_and_none_overlaps_a_close_one_before(minutes):
    stamps = [m * MINUTE for m in minutes]
    found = list(steps(stamps, 1800))
    assert len(found) == len(stamps)
    for before, stamp, step in zip(stamps, stamps[1:], found[1:], strict=False):
        if stamp - before in {60, 300, 600, 900, 1200, 1800, 3600}:
            assert step <= stamp - before
