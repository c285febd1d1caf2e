"""The payslip of the examples adds up, as its class says it does."""

from decimal import Decimal

import pytest

from vocab import turtle
from vocab.glossary import words
from vocab.names import SD, SDC

EXAMPLES = words(turtle.read("examples"))
(PAYSLIP,) = (word for word in EXAMPLES.values() if SD.Payslip in word.types)
LINES = [word for word in EXAMPLES.values() if word.one(SD.ofPayslip) == PAYSLIP.iri]


def stated(name):
    return Decimal(PAYSLIP.one(SD.NS + name))


def lines(nature):
    return sum(Decimal(line.one(SD.total)) for line in LINES if line.one(SD.nature) == nature)


@pytest.mark.spec("Self Data DAT-74")
def test_net_is_gross_less_contributions():
    assert stated("netPay") == stated("grossPay") - stated("contributions") == Decimal("1728.60")


@pytest.mark.spec("Self Data DAT-74")
def test_what_is_paid_is_net_less_tax_with_the_adjustments():
    paid = stated("netPay") - stated("taxWithheld") + lines(SDC.adjustment)
    assert stated("total") == paid == Decimal("1661.52")


@pytest.mark.parametrize(
    ("name", "nature"),
    [
        ("grossPay", SDC.earning),
        ("contributions", SDC.contribution),
        ("taxWithheld", SDC.incomeTax),
    ],
)
def test_the_lines_add_up_to_what_is_stated(name, nature):
    assert lines(nature) == stated(name) > 0


def test_the_transfer_that_pays_it_is_the_only_movement_of_money():
    transfer = EXAMPLES[PAYSLIP.one(SD.settledBy)]
    assert Decimal(transfer.one(SD.amount)) == stated("total")
    assert not any(SD.amount in word.about for word in (PAYSLIP, *LINES))
