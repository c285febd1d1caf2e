"""The octets that a proof covers: a document as canonical RDF, or as canonical JSON.

RDF Dataset Canonicalization 1.0 (https://www.w3.org/TR/rdf-canon/) over the RDF of a document in
JSON-LD 1.1, and the JSON Canonicalization Scheme (RFC 8785). Only contexts that are given are
known. What is refused here is a document of which a proof would not cover each word as it is read:
one that brings words of its own, or has members that its contexts give no meaning.
"""

import hashlib
import json
import math
import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any, Final

from importers.education.wording import every_object

_OWN_WORDS: Final = "the credential gives words a meaning of its own"
_UNDEFINED: Final = (
    "the proof does not cover all that the credential says: its contexts give {} no meaning"
)
_NO_JSON_LD: Final = "the credential is not JSON-LD that can be read"
_TANGLED: Final = "the parts of the credential cannot be told apart"
_NO_NUMBER: Final = "the credential has a number that is too large"
# What a relative IRI becomes one of. Signatures stand on no address, so it says nothing.
_BASE: Final = "https://relative.invalid/"
# RFC 3987 §2.2, with the characters that would end an IRI in N-Quads left out; or a blank node.
_IRI: Final = re.compile(r'(?:_|[A-Za-z][A-Za-z0-9+.-]*):[^\x00-\x20<>"{}|\\^`]*')
_TAG: Final = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
# JSON-LD 1.1 API §8.2.2: from there on a number is a double, whatever its fraction.
_DOUBLES: Final = 10**21
_WIDEST: Final = 21
# JSON has integers of any size; RFC 8785 writes those of ECMAScript, which are exact up to here.
_EXACT: Final = 2**53
# Permutations tried over identifiers copied. Credentials need some hundred; a graph can be made
# for which the algorithm would need years (RDF Dataset Canonicalization §7.1).
_WORK: Final = 200_000


class _RefusedError(ValueError):
    """Raised here, and not by the library."""


def canonical_rdf(
    document: Mapping[str, Any], contexts: Mapping[str, object], hashing: str = "sha256"
) -> bytes:
    """Canonical N-Quads, with the hash function of the suite ("sha256", "sha384").

    `contexts` are all the JSON-LD contexts there are, by address. Raises ValueError, with a
    sentence without its full stop, for a document that cannot be taken word by word.
    """
    _only_known(document, contexts)
    return _quads(_plain(document), contexts, hashing)


def canonical_json(document: Mapping[str, Any]) -> bytes:
    """RFC 8785. Raises ValueError for a number that JSON has no canonical form of."""
    return _written(_plain(document)).encode("utf-8", "surrogatepass")


def _only_known(document: Mapping[str, Any], contexts: Mapping[str, object]) -> None:
    for node, _ in every_object(dict(document), ""):
        found = node.get("@context", [])
        for one in found if isinstance(found, list) else [found]:
            if not isinstance(one, str):
                raise ValueError(_OWN_WORDS)  # noqa: TRY004 - the file is wrong, not the call
            if one not in contexts:
                raise ValueError(f"the context {one} is not known here")


def _quads(document: Any, contexts: Mapping[str, object], hashing: str) -> bytes:
    from pyld import jsonld  # noqa: PLC0415 - it takes long to load, and is seldom needed
    from pyld.canon import URDNA2015  # noqa: PLC0415
    from pyld.context_resolver import ContextResolver  # noqa: PLC0415

    class Bounded(URDNA2015):  # type: ignore[misc]  # the library has no types
        work = 0

        def create_hash(self) -> Any:
            return hashlib.new(hashing)

        def create_hash_to_related(self, id_: str, issuer: Any) -> dict[str, list[str]]:
            related: dict[str, list[str]] = super().create_hash_to_related(id_, issuer)
            several = sum(math.factorial(min(len(one), 20)) for one in related.values())
            self.work += several * (1 + len(issuer.existing))
            if self.work > _WORK:
                raise _RefusedError(_TANGLED)
            return related

    def known(address: str, _options: Mapping[str, Any]) -> dict[str, Any]:
        document = contexts[address]
        return {
            "contentType": None,
            "contextUrl": None,
            "documentUrl": address,
            "document": document,
        }

    dropped: list[str | None] = []
    resolver = ContextResolver(_resolved(), known)
    options = {"base": _BASE, "documentLoader": known, "contextResolver": resolver}
    processor = jsonld.JsonLdProcessor(on_property_dropped=dropped.append)
    try:
        expanded = processor.expand(document, options)
        _whole(expanded, dropped)
        dataset = processor.to_rdf(expanded, options)
        quads: str = Bounded().main(dataset, {"format": "application/n-quads"})
    except _RefusedError:
        raise
    except Exception as error:  # whatever the library finds wrong with the document
        raise ValueError(_NO_JSON_LD) from error
    return quads.encode("utf-8", "surrogatepass")


@cache
def _resolved() -> dict[str, Any]:
    """What the library keeps of the contexts that it has read, which is most of its work."""
    return {}


def _whole(expanded: Any, dropped: list[str | None]) -> None:
    """Raises ValueError where the RDF would have less, or other, than the document says."""
    if dropped:
        raise _RefusedError(
            _UNDEFINED.format(f"`{dropped[0]}`" if dropped[0] else "a member of it")
        )
    for node, _ in every_object(expanded, ""):
        types = node.get("@type", [])
        names: list[Any] = [name for name in node if not name.startswith("@")]
        names += types if isinstance(types, list) else [types]
        names += [node["@id"]] if "@id" in node else []
        for name in names:
            if name != "@json" and not _is_absolute(name):
                raise _RefusedError(_UNDEFINED.format(f"`{str(name).removeprefix(_BASE)}`"))


def _is_absolute(name: object) -> bool:
    is_iri = isinstance(name, str) and _IRI.fullmatch(name) is not None
    return is_iri and not str(name).startswith(_BASE)


def _plain(value: Any) -> Any:
    """A value with the numbers that the algorithms are written for. Raises ValueError."""
    if isinstance(value, dict):
        _tagged(value.get("@language", "und"))
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, Decimal):
        is_whole = value.adjusted() < _WIDEST and value == value.to_integral_value()
        value = int(value) if is_whole else float(value)
    if isinstance(value, int) and abs(value) >= _DOUBLES:
        value = float(value) if value.bit_length() < 1024 else math.inf
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError(_NO_NUMBER)
    return value


def _tagged(tag: object) -> None:
    if not isinstance(tag, str) or not _TAG.fullmatch(tag):
        raise ValueError(_UNDEFINED.format(f"the language `{tag}`"))


def _written(value: Any) -> str:
    if isinstance(value, dict):
        # RFC 8785 §3.2.3: members in the order of their names as UTF-16 code units.
        names = sorted(value, key=lambda name: name.encode("utf-16-be", "surrogatepass"))
        inside = (f"{_written(name)}:{_written(value[name])}" for name in names)
        return "{" + ",".join(inside) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(_written, value)) + "]"
    if isinstance(value, float) or (isinstance(value, int) and abs(value) >= _EXACT):
        return _number(float(value))
    return json.dumps(value, ensure_ascii=False)


def _number(value: float) -> str:
    """A number as ECMAScript writes it (RFC 8785 §3.2.2.3)."""
    if value == 0:
        return "0"
    sign, digits, exponent = Decimal(repr(value)).normalize().as_tuple()
    text = "".join(map(str, digits))
    point = len(text) + int(exponent)
    if len(text) <= point <= _WIDEST:
        text = text + "0" * (point - len(text))
    elif 0 < point <= _WIDEST:
        text = f"{text[:point]}.{text[point:]}"
    elif -6 < point <= 0:
        text = "0." + "0" * -point + text
    else:
        text = f"{text[0]}{'.' * (len(text) > 1)}{text[1:]}e{point - 1:+d}"
    return "-" * sign + text
