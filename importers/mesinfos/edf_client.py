"""MesInfos: the customer file of EDF: who the customer is, and under what number.

The joint holder of the contract and the staff of EDF are other people and are not imported.
"""

from collections.abc import Iterator

from importers.contacts import mail, telephone
from importers.contract import HolderHint, Item, Key, Record, Ref
from importers.document import Element
from importers.pilot_set import (
    ADDRESS,
    Part,
    PilotSet,
    required,
    told,
)

_PARTS = (
    Part("vcard:fn", "name/formated", str),
    Part("vcard:honorific-prefix", "name/prefix", str),
    Part("vcard:given-name", "name/given", str),
    Part("vcard:family-name", "name/family", str),
    Part("vcard:hasEmail", "email", mail),
    Part("vcard:hasTelephone", "telMobile", telephone),
    *ADDRESS,
)


def _customer(element: Element) -> Iterator[Item]:
    key = Key(stable=required(element, "clientId"))
    found, remarks = told(element, _PARTS)
    number = element.text("numeroAcc")
    if number:
        agreement = Key(natural=(number,))
        found["sd:account"] = Ref("Account", agreement)
        name = ("schema:name", "accord commercial")
        yield Record(
            kind="Account", key=agreement, fields=(name,), locator=element.locator, counted=False
        )
    yield Record(kind="CustomerFile", key=key, fields=tuple(found.items()), locator=element.locator)
    yield from remarks


EDF_CLIENT = PilotSet(
    format="mesinfos-edf-client",
    title="MesInfos: fiche client EDF (JSON)",
    domain="energy",
    by=HolderHint(iri="https://www.edf.fr/", name="EDF", sector="energy"),
    marks=('"clientId"', '"numeroAcc"'),
    reader=lambda: _customer,
)
