"""How a bill is paid: a direct debit under a mandate, by the words of the bank."""

from dataclasses import dataclass
from datetime import date

from pod.people.events import Bill, Link, Payment


@dataclass(frozen=True, slots=True)
class Creditor:
    """Who debits an account: its name, its SEPA identifier, and the item of a budget it is of."""

    name: str
    id: str
    item: str

    def debit(self, cause: str, cents: int, day: date, mandate: str, reference: str) -> Payment:
        """A direct debit; where `cents` is negative, a transfer back to the customer."""
        name = self.name.upper()
        if cents < 0:
            return Payment(
                id=f"paid-{cause}",
                day=day,
                cents=-cents,
                label=f"VIR SEPA {name} REMBOURSEMENT {reference}",
                party=self.name,
                nature="transfer",
                item=self.item,
                reference=reference,
            )
        return Payment(
            id=f"paid-{cause}",
            day=day,
            cents=-cents,
            label=f"PRLV SEPA {name} ICS {self.id} RUM {mandate}",
            party=self.name,
            nature="debit",
            item=self.item,
            mandate=mandate,
            creditor=self.id,
            reference=reference,
        )

    def settled(self, bill: Bill) -> tuple[Payment, Link]:
        """The debit of a bill on the day that it is due, and that it settles the bill."""
        debit = self.debit(bill.id, bill.cents, bill.due, bill.mandate, bill.number)
        return debit, Link(kind="settledBy", source=bill.id, target=debit.id)
