"""Open Badges 3.0 and Comprehensive Learner Records 2.0: credentials by the W3C data model.

https://www.imsglobal.org/spec/ob/v3p0, https://www.imsglobal.org/spec/clr/v2p0. A learner record
is a credential that holds others, each a record with a proof of its own; the results of an
achievement are grades. The hash of the person's address, evidence, endorsements by others and how
the credentials of a learner record hang together are not kept.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from importers.contract import Code, Item, Key, Problem, Record, Ref, Value
from importers.document import Element, elements
from importers.education.data_integrity import proofs_of
from importers.education.elm_claims import Fields
from importers.education.proof import VC_JOSE, of_jws
from importers.education.wording import (
    day_said,
    every_object,
    expiry,
    identifier,
    objects,
    plain,
    types,
    worded,
)
from importers.jws import compact
from importers.money import decimal
from importers.trust import Trust

KINDS: Final = frozenset({"OpenBadgeCredential", "AchievementCredential", "ClrCredential"})
_PRESENTATION: Final = "VerifiablePresentation"
_ENVELOPE: Final = re.compile(r"data:application/[\w+.-]*(?:jwt|jose)[^,]*,(.+)", re.DOTALL)
_NUMBER: Final = re.compile(r"-?\d{1,9}(?:\.\d{1,6})?", re.ASCII)
_DEEPEST: Final = 20
_NO_KIND: Final = "this credential is of no type that is known here"
_NO_NAME: Final = "the credential names no achievement"
_TOO_DEEP: Final = "the credentials stand in one another too deeply to be read"
_MISSED: Final = "this stands where none is expected, and is not read"


@dataclass(slots=True)
class Credentials:
    """Reads credentials, however deep they stand in one another."""

    trust: Trust
    read: set[int] = field(default_factory=set)

    def of_token(self, text: str, pointer: str, depth: int = 0) -> Iterator[Item]:
        """A credential that is the payload of a signature. Raises ValueError."""
        jws = compact(text)
        node = payload(jws.payload)
        proof = of_jws(jws, self.trust, mechanism=VC_JOSE, issuer=_issuer_id(node))
        yield from proof.items(_scope(pointer), pointer or "/")
        if not proof.is_refused:
            yield from self._credential(node, pointer, depth, (proof.field,))
            yield from self.missed(node, pointer)

    def of(self, node: Any, pointer: str, depth: int = 0) -> Iterator[Item]:
        """A credential as an object or a text, with the proofs that it holds. Raises ValueError."""
        if depth > _DEEPEST:
            raise ValueError(_TOO_DEEP)
        if isinstance(node, str):
            yield from self.of_token(node, pointer, depth)
            return
        if not isinstance(node, dict):
            raise ValueError(_NO_KIND)  # noqa: TRY004 - the file is wrong, not the call
        enveloped = _ENVELOPE.fullmatch(identifier(node))
        if enveloped:
            self.read.add(id(node))
            yield from self.of_token(enveloped.group(1), pointer, depth)
            return
        proofs = proofs_of(node, self.trust)
        for place, proof in enumerate(proofs):
            number = f", {place + 1}" if place else ""
            yield from proof.items(f"{_scope(pointer)}{number}", pointer or "/")
        if any(proof.is_refused for proof in proofs):
            self.read |= {id(one) for one, _ in every_object(node, pointer)}
            return
        yield from self._credential(node, pointer, depth, tuple(one.field for one in proofs))

    def missed(self, node: Any, pointer: str) -> Iterator[Problem]:
        """The credentials and results that stand in members where none is expected."""
        for here, at in every_object(node, pointer):
            is_data = "@context" not in at.split("/")
            if is_data and types(here) & (KINDS | {"Result"}) and id(here) not in self.read:
                yield Problem(at, _MISSED)

    def _credential(
        self, node: dict[str, Any], pointer: str, depth: int, beside: Fields
    ) -> Iterator[Item]:
        self.read.add(id(node))
        found = types(node)
        if _PRESENTATION in found:
            yield from self._within(node, pointer, depth)
        elif "ClrCredential" in found:
            subject = next(iter(objects(node.get("credentialSubject"))), {})
            yield _record(node, subject, {}, pointer, beside)
            yield from self._within(subject, f"{pointer}/credentialSubject", depth)
        elif found & KINDS:
            yield from self._badge(node, pointer, beside)
        else:
            raise ValueError(_NO_KIND)

    def _within(self, node: dict[str, Any], pointer: str, depth: int) -> Iterator[Item]:
        several = node.get("verifiableCredential", [])
        for place, one in enumerate(several if isinstance(several, list) else [several]):
            where = f"{pointer}/verifiableCredential/{place}"
            try:
                yield from tuple(self.of(one, where, depth + 1))
            except ValueError as error:
                if isinstance(one, dict):
                    self.read.add(id(one))
                yield Problem(where, str(error))

    def _badge(self, node: dict[str, Any], pointer: str, beside: Fields) -> Iterator[Item]:
        for place, subject in enumerate(objects(node.get("credentialSubject"))):
            at = f"{pointer}/credentialSubject" + (f"/{place}" if place else "")
            achievement = next(iter(objects(subject.get("achievement"))), {})
            yield _record(node, subject, achievement, pointer or "/", beside)
            for number, result in enumerate(objects(subject.get("result"))):
                self.read.add(id(result))
                try:
                    yield _grade(node, achievement, result, f"{at}/result/{number}", beside)
                except ValueError as error:
                    yield Problem(f"{at}/result/{number}", str(error))


def payload(octets: bytes) -> dict[str, Any]:
    """The credential in the payload of a signature: itself, or as its `vc` (VC 1.1 §6.3.1)."""
    found = next(elements(octets.decode("utf-8", "replace"), ""), None)
    node = found.value if isinstance(found, Element) else None
    if not isinstance(node, dict):
        raise ValueError(_NO_KIND)  # noqa: TRY004 - the file is wrong, not the call
    inner = node.get("vc")
    if not isinstance(inner, dict):
        return node
    said = {"id": node.get("jti"), "issuer": node.get("iss")}
    return {name: value for name, value in said.items() if value is not None} | inner


def _record(
    node: dict[str, Any],
    subject: dict[str, Any],
    achievement: dict[str, Any],
    pointer: str,
    beside: Fields,
) -> Record:
    """A credential. Raises ValueError for one without a name or an identifier."""
    names = worded("schema:name", achievement.get("name"), node.get("name"))
    if not names or not identifier(node):
        raise ValueError(_NO_NAME)
    day = day_said(node, "awardedDate", "validFrom", "issuanceDate")
    skills = [one.get("targetName") for one in objects(achievement.get("alignment"))]
    issuer = node.get("issuer")
    name = plain(issuer.get("name")) if isinstance(issuer, dict) else ""
    earned = plain_number(subject.get("creditsEarned"))
    return Record(
        kind="Credential",
        key=_key(node),
        fields=(
            *names,
            *worded("schema:description", achievement.get("description"), node.get("description")),
            *((("sd:date", day),) if day else ()),
            *expiry(node),
            *worded("schema:credentialCategory", achievement.get("achievementType")),
            *worded("schema:competencyRequired", skills),
            *((("schema:numberOfCredits", earned),) if earned is not None else ()),
            *((("sd:counterpartyName", name or _issuer_id(node)),) if issuer else ()),
            *beside,
        ),
        locator=pointer or "/",
    )


def _grade(
    node: dict[str, Any],
    achievement: dict[str, Any],
    result: dict[str, Any],
    pointer: str,
    beside: Fields,
) -> Record:
    described = {identifier(one): one for one in objects(achievement.get("resultDescription"))}
    about = described.get(plain(result.get("resultDescription")), {})
    said = result.get("value", result.get("status"))
    number = plain_number(said)
    value: Value = number if number is not None else plain(said)
    if value == "":
        raise ValueError("this result has no value")
    day = day_said(node, "awardedDate", "validFrom", "issuanceDate")
    best = plain_number(about.get("valueMax")) if number is not None else None
    is_mean = about.get("resultType") == "GradePointAverage"
    return Record(
        kind="Grade",
        key=Key(stable=f"{identifier(node)} {pointer}"),
        fields=(
            *worded("schema:name", about.get("name"), achievement.get("name")),
            *((("sd:date", day),) if day else ()),
            ("schema:ratingValue", value),
            *((("schema:bestRating", best),) if best is not None else ()),
            *((("sd:nature", Code("mean")),) if is_mean else ()),
            ("sd:relatedTo", Ref("Credential", _key(node))),
            *beside,
        ),
        on=day,
        locator=pointer,
    )


def plain_number(value: Any) -> Decimal | None:
    """A number, also one written as a text; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        return None
    text = str(value).strip()
    return decimal(text) if _NUMBER.fullmatch(text) else None


def _key(node: dict[str, Any]) -> Key:
    return Key(stable=identifier(node))


def _issuer_id(node: dict[str, Any]) -> str:
    issuer = node.get("issuer")
    return identifier(issuer) if isinstance(issuer, dict) else plain(issuer)


def _scope(pointer: str) -> str:
    return f"credential at {pointer or '/'}"
