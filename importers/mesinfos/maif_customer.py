"""MesInfos: the file that MAIF keeps of a member: name, contact, date of birth, member number."""

from collections.abc import Iterator

from importers.contract import HolderHint, Item, Key, Record
from importers.document import Element
from importers.pilot_set import PERSON, PilotSet, required, told


def _customer(element: Element) -> Iterator[Item]:
    key = Key(stable=required(element, "referenceClient"))
    found, remarks = told(element, PERSON)
    names = (element.text("name/given"), element.text("name/family"))
    full = " ".join(name for name in names if name)
    if full:
        found["vcard:fn"] = full
    yield Record(kind="CustomerFile", key=key, fields=tuple(found.items()), locator=element.locator)
    yield from remarks


MAIF_CUSTOMER = PilotSet(
    format="mesinfos-maif-customer",
    title="MesInfos: fiche sociétaire MAIF (JSON)",
    domain="insurance",
    by=HolderHint(iri="https://www.maif.fr/", name="MAIF", sector="insurance"),
    marks=('"societaire"', '"referenceClient"'),
    rows="/*/societaire",
    reader=lambda: _customer,
)
