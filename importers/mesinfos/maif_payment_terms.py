"""MesInfos: how a member of MAIF pays: by what means, and from which bank account.

Of the bank account only a masked IBAN is kept, and nothing of one that cannot be an IBAN.
"""

from collections.abc import Iterator

from importers.contract import HolderHint, Item, Key, Record
from importers.document import Element
from importers.money import iban, masked
from importers.pilot_set import Part, PilotSet, means_of, payer, required, told

_BANK = (Part("iban", "rib/iban", iban),)


def _terms(element: Element) -> Iterator[Item]:
    member, means = required(element, "societaire"), required(element, "modePaiement")
    found, remarks = told(element, _BANK)
    yield payer(member, means_of(means), element.locator)
    if found:
        number = str(found["iban"])
        yield Record(
            kind="BankAccount",
            key=Key(natural=(number,)),
            fields=(("sd:iban", masked(number)),),
            locator=element.locator,
            counted=False,
        )
    yield from remarks


MAIF_PAYMENT_TERMS = PilotSet(
    format="mesinfos-maif-payment-terms",
    title="MesInfos: modalités de paiement MAIF (JSON)",
    domain="insurance",
    by=HolderHint(iri="https://www.maif.fr/", name="MAIF", sector="insurance"),
    marks=('"paymentterms"', '"modePaiement"'),
    rows="/*/paymentterms",
    reader=lambda: _terms,
)
