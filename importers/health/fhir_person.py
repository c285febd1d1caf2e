"""FHIR Patient: the person herself (https://hl7.org/fhir/R4/patient.html).

Her name and date of birth are kept. Her numbers (`identifier`: social security, Medicare, medical
record), address, telephone and the people to call in an emergency (`contact`) are not.
"""

from collections.abc import Iterator

from importers.contract import Item, Key, Problem, Record
from importers.health.fhir_context import Resource
from importers.health.fhir_values import moment, node, nodes, text, texts

CONTACTS = "people to call in an emergency are others than the person, and are not kept"


def patient(resource: Resource) -> Iterator[Item]:
    """The customer file of the holder. Raises ValueError where it has no name."""
    value = resource.value
    name = _name(resource)
    given, family = " ".join(texts(name, "given")), text(name, "family")
    full = text(name, "text") or " ".join(part for part in (given, family) if part)
    if not full:
        raise ValueError("this patient has no name")
    born = moment(value, "birthDate")
    said = {"vcard:fn": full, "vcard:given-name": given, "vcard:family-name": family}
    yield Record(
        kind="CustomerFile",
        key=Key(stable=resource.id) if resource.id else Key(natural=(full, str(born or ""))),
        fields=(
            *((property_, words) for property_, words in said.items() if words),
            *((("vcard:bday", born.day),) if born and born.day else ()),
        ),
        locator=resource.locator,
    )
    if nodes(value, "contact"):
        yield Problem(resource.locator, CONTACTS, row=False)


def _name(resource: Resource) -> dict[str, object]:
    names = nodes(resource.value, "name")
    usual = (name for name in names if text(name, "use") in {"official", "usual"})
    return next(usual, None) or node(resource.value, "name")
