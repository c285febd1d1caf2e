"""The person's address book as vCard 3.0 (RFC 2426)."""

from pod.people.files.written import HOLDERS, HolderFile
from pod.people.phone import Friend


def contacts(friends: tuple[Friend, ...]) -> HolderFile:
    """Those whom she calls."""
    return HolderFile(
        path="agenda/contacts.vcf",
        media_type="text/vcard",
        holder=HOLDERS["calendar"],
        title="address book (vCard)",
        format="vcard",
        content="".join(map(_card, friends)).encode(),
        rows=len(friends),
    )


def _card(friend: Friend) -> str:
    return (
        f"BEGIN:VCARD\r\nVERSION:3.0\r\nN:{friend.family};{friend.given};;;\r\n"
        f"FN:{friend.given} {friend.family}\r\nTEL;TYPE=CELL:+{friend.number}\r\nEND:VCARD\r\n"
    )
