from datetime import UTC, datetime

import pytest

from pod.http.preconditions import Validators, check_preconditions
from pod.problems import NotModified, PreconditionFailed

MOMENT = datetime(2026, 1, 2, 3, 4, 5, 600, tzinfo=UTC)
STORED = Validators('"7"', MOMENT)
CONVERTED = Validators('"7-json"', MOMENT)
NOTHING = None
BEFORE = "Fri, 02 Jan 2026 03:04:04 GMT"
THEN = "Fri, 02 Jan 2026 03:04:05 GMT"
OK, SAME, FAILED = None, NotModified, PreconditionFailed

# method, header, value, what is there, outcome
CONDITIONS = [
    ("PUT", "If-Match", '"7"', STORED, OK),
    ("PUT", "If-Match", '"6", "7"', STORED, OK),
    ("PUT", "If-Match", '"6,"  ,"7"', STORED, OK),
    ("PUT", "If-Match", '"7-json"', STORED, OK),
    ("PUT", "If-Match", 'W/"7"', STORED, OK),
    ("PUT", "If-Match", 'W/"7-nt"', STORED, OK),
    ("PUT", "If-Match", " * ", STORED, OK),
    ("PUT", "If-Match", '"6"', STORED, FAILED),
    ("PUT", "If-Match", '"6-7"', STORED, FAILED),
    ("PUT", "If-Match", '"70"', STORED, FAILED),
    ("PUT", "If-Match", "7", STORED, FAILED),
    ("PUT", "If-Match", "", STORED, FAILED),
    ("PUT", "If-Match", '"7"', NOTHING, FAILED),
    ("PUT", "If-Match", "*", NOTHING, FAILED),
    ("GET", "If-Match", '"7"', CONVERTED, OK),
    ("GET", "If-Match", '"6"', CONVERTED, FAILED),
    ("DELETE", "If-Match", '"6"', STORED, FAILED),
    ("PUT", "If-None-Match", "*", NOTHING, OK),
    ("PUT", "If-None-Match", "*", STORED, FAILED),
    ("POST", "If-None-Match", "*", STORED, FAILED),
    ("PATCH", "If-None-Match", "*", STORED, FAILED),
    ("PUT", "If-None-Match", '"7-json"', STORED, FAILED),
    ("PUT", "If-None-Match", '"6"', STORED, OK),
    ("GET", "If-None-Match", '"7"', STORED, SAME),
    ("HEAD", "If-None-Match", '"7"', STORED, SAME),
    ("GET", "If-None-Match", 'W/"7"', STORED, SAME),
    ("GET", "If-None-Match", '"6", W/"7"', STORED, SAME),
    ("GET", "If-None-Match", "*", STORED, SAME),
    ("GET", "If-None-Match", "*", NOTHING, OK),
    ("GET", "If-None-Match", '"6"', STORED, OK),
    ("GET", "If-None-Match", '"7"', CONVERTED, OK),
    ("GET", "If-None-Match", '"7-json"', STORED, OK),
    ("GET", "If-None-Match", '"7-json"', CONVERTED, SAME),
    ("GET", "If-Modified-Since", THEN, STORED, SAME),
    ("HEAD", "If-Modified-Since", THEN, STORED, SAME),
    ("GET", "If-Modified-Since", BEFORE, STORED, OK),
    ("GET", "If-Modified-Since", "yesterday", STORED, OK),
    ("GET", "If-Modified-Since", THEN, NOTHING, OK),
    ("PUT", "If-Modified-Since", THEN, STORED, OK),
    ("PUT", "If-Unmodified-Since", BEFORE, STORED, FAILED),
    ("PUT", "If-Unmodified-Since", THEN, STORED, OK),
    ("PUT", "If-Unmodified-Since", "Fri, 30 Feb 2026 03:04:05 GMT", STORED, OK),
    ("PUT", "If-Unmodified-Since", BEFORE, NOTHING, OK),
    ("GET", "If-Unmodified-Since", BEFORE, STORED, FAILED),
    ("OPTIONS", "If-Match", '"6"', STORED, OK),
    ("GET", "Accept", "*/*", STORED, OK),
]


def check(method, headers, there, outcome):
    if outcome is OK:
        check_preconditions(method, headers, there)
    else:
        with pytest.raises(outcome):
            check_preconditions(method, headers, there)


@pytest.mark.spec("RFC 9110 §13.1")
@pytest.mark.parametrize(("method", "header", "value", "there", "outcome"), CONDITIONS)
def test_one_condition(method, header, value, there, outcome):
    check(method, {header: value}, there, outcome)


@pytest.mark.spec("RFC 9110 §13.2.2")
@pytest.mark.parametrize(
    ("method", "headers", "outcome"),
    [
        pytest.param(
            "PUT", {"If-Match": '"7"', "If-Unmodified-Since": BEFORE}, OK, id="tag before date"
        ),
        pytest.param(
            "PUT", {"If-Match": '"6"', "If-Unmodified-Since": THEN}, FAILED, id="tag alone decides"
        ),
        pytest.param(
            "GET", {"If-None-Match": '"6"', "If-Modified-Since": THEN}, OK, id="new tag, old date"
        ),
        pytest.param(
            "GET", {"If-None-Match": '"7"', "If-Modified-Since": BEFORE}, SAME, id="known tag"
        ),
        pytest.param("GET", {"If-Match": '"6"', "If-None-Match": '"7"'}, FAILED, id="412 first"),
        pytest.param(
            "GET", {"If-Match": '"7"', "If-None-Match": '"7"'}, SAME, id="then whether it is known"
        ),
        pytest.param(
            "GET", {"If-Unmodified-Since": THEN, "If-Modified-Since": THEN}, SAME, id="both dates"
        ),
        pytest.param("PUT", {"If-Match": "*", "If-None-Match": "*"}, FAILED, id="contradiction"),
    ],
)
def test_conditions_are_evaluated_in_their_order(method, headers, outcome):
    check(method, headers, STORED, outcome)


def test_a_failed_condition_says_what_to_do():
    with pytest.raises(PreconditionFailed, match="read it again"):
        check_preconditions("PUT", {"If-Match": '"6"'}, STORED)
