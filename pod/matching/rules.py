"""The rules: which records may belong together, within which days, and how the link is called.

The days are those from when the money is to move to when it moved. Cozy's linker takes -15 to +29,
45 for bills; what is paid on the spot takes less.
"""

from dataclasses import dataclass, replace
from typing import Final

from pod.matching.item import BANK_LINE
from vocab.names import SD


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule by its `name`: a record of the class `source` and one of `target` (local names).

    `link` is the property from the one to the other. `before` and `after` are by how many days the
    target may be earlier and later than is expected of it. `sign` is that of the amount of the bank
    for a positive total. `is_grouped` is for what one transfer may bring several of.
    """

    name: str
    source: str
    target: str
    link: str
    before: int = 0
    after: int = 0
    sign: int = -1
    is_grouped: bool = False

    def is_near(self, days: int) -> bool:
        """Whether what is so many days later than expected, or earlier if negative, may be it."""
        return -self.before <= days <= self.after


def _paid(*, name: str, source: str, before: int = 15, after: int = 29, sign: int = -1) -> Rule:
    return Rule(
        name=name,
        source=source,
        target=BANK_LINE,
        link=SD.settledBy,
        before=before,
        after=after,
        sign=sign,
    )


PAYMENTS: Final = (
    _paid(name="invoice", source="Invoice", after=45),
    _paid(name="instalment", source="Instalment"),
    _paid(name="purchase", source="Purchase", before=1, after=10),
    _paid(name="trip", source="Trip"),
    _paid(name="care", source="HealthExpense"),
    _paid(name="payslip", source="Payslip", sign=1),
    _paid(name="dues", source="Membership", after=45),
    replace(
        _paid(name="reimbursement", source="Reimbursement", before=2, after=10, sign=1),
        is_grouped=True,
    ),
)
CLAIM: Final = _paid(name="claim", source="Claim", before=0, after=365, sign=1)
"""A claim is settled within a year, as a rule."""
CARE: Final = Rule(
    name="reimbursed-care", source="Reimbursement", target="HealthExpense", link=SD.reimburses
)
APPOINTMENT: Final = Rule(
    name="appointment", source="HealthExpense", target="Event", link=SD.relatedTo
)
CONSUMPTION: Final = Rule(
    name="consumption", source="Consumption", target="Invoice", link=SD.invoicedIn, after=20
)
"""Of a bill that does not say for which days it is: how soon after the last of them it comes."""
OWN_TRANSFER: Final = Rule(
    name="own-transfer", source=BANK_LINE, target=BANK_LINE, link=SD.relatedTo, after=5
)
PREMIUM: Final = Rule(name="premium", source=BANK_LINE, target="Contract", link=SD.contract)
POINTS: Final = Rule(name="points", source="PointsMovement", target="Purchase", link=SD.relatedTo)
# Of a line in a document of a month, the day is known to the month.
GUARANTEES: Final = tuple(
    Rule(name=name, source=source, target="Line", link=SD.relatedTo, before=15, after=45)
    for name, source in (("guarantee", "Document"), ("guarantee-contract", "Contract"))
)
RULES: Final = {
    one.name: one
    for one in (
        *PAYMENTS,
        CLAIM,
        OWN_TRANSFER,
        PREMIUM,
        CARE,
        APPOINTMENT,
        CONSUMPTION,
        POINTS,
        *GUARANTEES,
    )
}
KINDS: Final = frozenset(kind for one in RULES.values() for kind in (one.source, one.target))
SURE: Final = 0.9
"""From this confidence on a match is linked without being asked about."""
WIDEST: Final = max(days for r in RULES.values() if r is not CLAIM for days in (r.before, r.after))
"""The most days that a rule looks away from a record; that of a claim is asked of the claim."""


def rule_between(source: str, target: str) -> Rule | None:
    """The rule from one class to another, None where there is none."""
    return next((r for r in RULES.values() if (r.source, r.target) == (source, target)), None)
