"""What the insurer knows of the person herself, as its pilot gave it."""

from pod.people.cover import member_of
from pod.people.files.written import HOLDERS, HolderFile, in_json
from pod.people.home import Home
from pod.people.phone import number_of


def insured(home: Home) -> HolderFile:
    """The file of the person as a member."""
    person = home.person
    member = {
        "name": {"family": person.family.upper(), "given": person.given.upper()},
        "telMobile": f"+{number_of(home)}",
        "birthdate": person.born.isoformat(),
        "referenceClient": member_of(home),
    }
    return HolderFile(
        path="assurance/societaire.json",
        media_type="application/json",
        holder=HOLDERS["insurer"],
        title="file of the member (JSON)",
        format="mesinfos-maif-customer",
        content=in_json([{"societaire": member}]),
        rows=1,
    )
