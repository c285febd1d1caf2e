"""Open Badges 1.x to 3.0 and Comprehensive Learner Records 2.0, as a file or baked into a picture.

Read are a document in JSON, a list of them, a signature in compact form (JWS, VC-JWT), and a PNG or
SVG that carries one of these. Signatures and proofs are verified with the key that they bring, that
their issuer is (did:key, did:jwk), or that the option `keys` gives; did:web and hosted badges are
on the network, which is not asked.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from importers.attestation import signature_checks
from importers.contract import Check, HolderHint, Item, Match, Options, Problem
from importers.document import Element, elements
from importers.education.badge_v2 import HOSTED, creator, is_assertion
from importers.education.badge_v2 import read as read_assertion
from importers.education.badge_v3 import KINDS, Credentials, payload
from importers.education.baked import PNG, carries_badge, of_png, of_svg
from importers.education.proof import of_jws
from importers.jws import compact
from importers.rows import convert
from importers.text import decode, octets
from importers.trust import KEYS, Trust, trust_of

OB2 = "https://www.imsglobal.org/sites/default/files/Badges/OBv2p0Final/"

_TOKEN = re.compile(r"ey[\w-]{10,}\.[\w-]+\.?[\w-]*")
_ASSERTION = re.compile(r'"(?:verification|verify)"\s*:\s*\{')
_TYPE = re.compile("|".join(f'"(?:[a-z]+:)?{kind}"' for kind in sorted(KINDS)))
_NONE = "this is no badge and no credential that is known here"


class OpenBadges:
    format = "open-badges"
    title = "Open Badges 1-3 and CLR 2.0 (JSON, JWT, baked PNG and SVG)"
    domain = "education"
    extensions = (".json", ".jsonld", ".jwt", ".png", ".svg", ".txt")
    version = "3"
    options = (KEYS,)

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By the members of an assertion, the types of a credential, or a badge in a picture."""
        del filename
        if carries_badge(head):
            return Match(confidence=95, variant="baked")
        text = decode(head).lstrip()
        if _TOKEN.match(text):
            return Match(confidence=90, variant="signed") if _is_badge_token(text) else None
        if not text.startswith(("{", "[")) or '"EuropeanDigitalCredential"' in text:
            return None
        if _TYPE.search(text) and '"credentialSubject"' in text:
            return Match(confidence=95, variant="3.0")
        marks = ('"recipient"', '"badge"', '"issuedOn"')
        is_assertion = all(mark in text for mark in marks) and _ASSERTION.search(text)
        return Match(confidence=95, variant="2.0") if is_assertion else None

    def holder(self, head: bytes) -> HolderHint:
        """Not one: the badges of a person are by several issuers, which each record names."""
        del head
        return HolderHint(
            iri="urn:sd:holder:badges", name="issuer of the badge", sector="education"
        )

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """A badge or credential a record. `keys` gives the keys to verify signatures with."""
        trust = trust_of(options)
        yield from trust.problems
        reader = _Reader(trust)
        yield from convert(_documents(octets(export)), reader.read)

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Whether the signatures hold."""
        return signature_checks(items)


def _documents(content: bytes) -> Iterator[Element | Problem]:
    """The documents and signatures of a file, each with its place."""
    if content.startswith(PNG):
        found: Iterable[Element | Problem] = of_png(content)
    elif content.lstrip()[:1] == b"<":
        found = of_svg(content)
    else:
        found = (Element("", decode(content).strip()),)
    for one in found:
        if isinstance(one, Problem) or not str(one.value).startswith(("{", "[")):
            yield one
            continue
        for inner in elements(one.value, "/*" if one.value.startswith("[") else ""):
            where = f"{one.locator}{inner.locator}" if one.locator else inner.locator
            yield (
                Problem(where or "/", inner.message, row=inner.row)
                if isinstance(inner, Problem)
                else Element(where, inner.value)
            )


class _Reader:
    def __init__(self, trust: Trust) -> None:
        self._trust = trust

    def read(self, element: Element) -> Iterator[Item]:
        """What a document is. Raises ValueError, with a sentence, for one that cannot be read."""
        node: Any = element.value
        if isinstance(node, str):
            yield from self._token(node, element.locator or "/")
        elif is_assertion(node):
            yield from read_assertion(node, element.locator or "/", ())
            yield Problem(element.locator or "/", HOSTED, row=False)
        elif isinstance(node, dict):
            reader = Credentials(self._trust)
            inner = node.get("credential")
            yield from reader.of(inner if isinstance(inner, dict) else node, element.locator)
            yield from reader.missed(node, element.locator)
        else:
            raise ValueError(_NONE)

    def _token(self, text: str, locator: str) -> Iterator[Item]:
        if not _TOKEN.fullmatch(text):
            raise ValueError(_NONE)
        jws = compact(text)
        node = payload(jws.payload)
        if not is_assertion(node):
            yield from Credentials(self._trust).of_token(text, locator.rstrip("/"))
            return
        named = creator(node)
        proof = of_jws(jws, self._trust, mechanism=OB2, issuer="", key_id=named)
        yield from proof.items(f"badge at {locator}", locator)
        if not proof.is_refused:
            yield from read_assertion(node, locator, (proof.field,))


def _is_badge_token(text: str) -> bool:
    """Whether the payload of a signature that begins like this is an assertion or a credential."""
    try:
        node = payload(compact(text).payload)
    except ValueError:
        return False
    named = node.get("type", [])
    return is_assertion(node) or bool(_TYPE.search(str(named).replace("'", '"')))
