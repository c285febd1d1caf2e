"""A reimbursement is awaited only where it is sure that it could have come."""

from datetime import date
from decimal import Decimal

import pytest

from pod.insight.awaited import Care, awaited

TODAY = date(2026, 6, 1)


def care(iri, on, *, is_reimbursed=False):
    return Care(iri=iri, on=on, total=Decimal(25), is_reimbursed=is_reimbursed)


PAID_BACK = care("paid", date(2026, 1, 5), is_reimbursed=True)
OLD, OLDER, NEW = (
    care("old", date(2026, 3, 1)),
    care("older", date(2026, 2, 1)),
    care("new", date(2026, 5, 1)),
)


@pytest.mark.parametrize(
    ("found", "last", "told"),
    [
        pytest.param((PAID_BACK, OLD, OLDER, NEW), TODAY, ["older", "old"], id="after six weeks"),
        pytest.param((PAID_BACK, OLD), date(2026, 3, 20), [], id="nothing is known since"),
        pytest.param((PAID_BACK,), TODAY, [], id="all is paid back"),
        pytest.param((OLD, OLDER), TODAY, [], id="nobody has looked"),
        pytest.param((PAID_BACK, OLD), None, [], id="no reimbursement is known"),
        pytest.param((), None, [], id="nothing at all"),
    ],
)
def test_what_is_awaited(found, last, told):
    assert [one.iri for one in awaited(found, last, TODAY)] == told
