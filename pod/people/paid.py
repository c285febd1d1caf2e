"""How a bill is paid: a direct debit under a mandate, by the words of the bank."""

from dataclasses import dataclass
from datetime import date

from pod.people.events import Payment


@dataclass(frozen=True, slots=True)
class Creditor:
    """Who debits an account: its name, in the words of the bank, and its SEPA identifier."""

    name: str
    id: str

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
                reference=reference,
            )
        return Payment(
            id=f"paid-{cause}",
            day=day,
            cents=-cents,
            label=f"PRLV SEPA {name} ICS {self.id} RUM {mandate}",
            party=self.name,
            nature="debit",
            mandate=mandate,
            creditor=self.id,
            reference=reference,
        )
