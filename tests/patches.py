"""Patches as clients send them, for tests over HTTP."""

from agents import Headers, Person
from client import Answer

N3 = "text/n3"
UPDATE = "application/sparql-update"
SINGLE_MATCH = "application/sparql-update-single-match"
V = "http://v.example/"
PREFIXES = f"""@prefix solid: <http://www.w3.org/ns/solid/terms#>.
@prefix v: <{V}>.
"""


def n3(*, where: str = "", deletes: str = "", inserts: str = "") -> bytes:
    """An N3 Patch; what is empty is left out."""
    parts = {"where": where, "deletes": deletes, "inserts": inserts}
    said = "".join(f"; solid:{name} {{ {text} }}" for name, text in parts.items() if text)
    return f"{PREFIXES}_:patch a solid:InsertDeletePatch {said} .".encode()


def patch(
    who: Person, url: str, body: bytes | str, kind: str = N3, headers: Headers | None = None
) -> Answer:
    content = body.encode() if isinstance(body, str) else body
    return who.call("PATCH", url, {"Content-Type": kind, **(headers or {})}, content)
