import io

import pytest

from importers import by_format, identify
from importers.contract import Options, Problem


def read(name, content):
    return list(by_format(name).parse(io.BytesIO(content.encode()), Options()))


STEPS = '[{"dateTime":"03/04/24 08:00:00","value":"12"}]'
PULSE = '[{"dateTime":"03/04/24 08:00:00","value":{"bpm":61,"confidence":2}}]'


@pytest.mark.parametrize(
    ("filename", "content", "formats"),
    [
        ("heart_rate-2024-03-04.json", PULSE, ["fitbit-heart-rate"]),
        ("x.json", PULSE, ["fitbit-heart-rate"]),
        ("steps-2024-03-04.json", STEPS, ["fitbit-steps"]),
        ("Takeout/Fitbit/Global Export Data/steps-2024-03-04.json", STEPS, ["fitbit-steps"]),
        ("distance-2024-03-04.json", STEPS, ["fitbit-distance"]),
        ("x.json", STEPS, []),
        ("calories-2024-03-04.json", STEPS, ["fitbit-calories"]),
        ("altitude-2024-03-04.json", STEPS, []),
    ],
)
def test_a_series_is_known_by_its_content_or_else_by_its_name(filename, content, formats):
    assert [one.format for one, _ in identify(filename, content.encode())] == formats


def test_dates_have_the_month_first_and_are_in_utc():
    (sample,) = read("fitbit-steps", STEPS)
    assert sample.start.isoformat() == "2024-03-04T08:00:00+00:00"
    assert (sample.end - sample.start).total_seconds() == 60


def test_a_heart_rate_is_of_a_moment_and_has_its_confidence():
    (sample,) = read("fitbit-heart-rate", PULSE)
    assert (sample.end, dict(sample.values)) == (None, {"value": 61, "confidence": 2})


@pytest.mark.parametrize(
    "broken",
    [
        STEPS.replace("03/04/24", "31/03/24"),
        STEPS.replace("03/04/24", "3/4/2024"),
        STEPS.replace('"12"', '"1.2.3"'),
        STEPS.replace("dateTime", "date"),
        STEPS[:-3],
    ],
)
def test_what_cannot_be_read_is_told(broken):
    (problem,) = read("fitbit-steps", broken)
    assert isinstance(problem, Problem)
    assert problem.row
