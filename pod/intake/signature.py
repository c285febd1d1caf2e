"""HTTP Message Signatures (RFC 9421): the profile in which holders sign what they deposit.

Covered may be the derived components of `DERIVED` and any header field as a whole; parameters of
components (`sf`, `key`, `bs`, `req`, `tr`, `name`) are refused. Which components must be covered
is for `pod.intake.envelope` to say; here is what a signature is, whoever asks for one.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from pod.intake.holder_key import PrivateKey
from pod.intake.structured import (
    Bare,
    InnerList,
    Item,
    Parameters,
    read_dictionary,
    write_dictionary,
    write_member,
)

_DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """The parts of a request that can be signed. `url` is absolute, as the sender wrote it.

    Header names are looked up in lower case or without regard to case; a repeated header is one
    value joined by a comma and a space (RFC 9421 §2.1).
    """

    method: str
    url: str
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """One signature of a request: its label, what it covers, its parameters, its bytes, and the
    signature base (RFC 9421 §2.5) that the bytes are over.
    """

    label: str
    covered: tuple[str, ...]
    parameters: Mapping[str, Bare]
    value: bytes = field(repr=False)
    base: bytes = field(repr=False)


def read_signature(message: Message, tag: str) -> Signature:
    """The one signature of a request with this tag. Raises ValueError, with a sentence."""
    try:
        inputs = read_dictionary(message.headers.get("signature-input", ""))
        values = read_dictionary(message.headers.get("signature", ""))
    except ValueError as error:
        raise ValueError("the Signature headers cannot be read") from error
    # RFC 9421 §3.2 (1): which signature to verify is for the application; other parties may add
    # their own on the way.
    labels = [
        label
        for label, entry in inputs.items()
        if isinstance(entry, InnerList) and ("tag", tag) in entry.parameters
    ]
    if len(labels) != 1:
        raise ValueError(f'sign the request once, with the parameter tag="{tag}"')
    match inputs[labels[0]], values.get(labels[0]):
        case InnerList() as covering, Item(bytes() as value):
            return Signature(
                label=labels[0],
                covered=tuple(str(item.value) for item in covering.items),
                parameters=dict(covering.parameters),
                value=value,
                base=signature_base(message, covering),
            )
        case _:
            raise ValueError("Signature must have a byte sequence, labelled as in Signature-Input")


def sign(
    message: Message, covered: tuple[str, ...], parameters: Parameters, key: PrivateKey
) -> dict[str, str]:
    """The Signature-Input and Signature headers, with the label `deposit`. Raises ValueError."""
    covering = InnerList(tuple(Item(name) for name in covered), parameters)
    value = key.sign(signature_base(message, covering))
    return {
        "Signature-Input": write_dictionary({"deposit": covering}),
        "Signature": write_dictionary({"deposit": Item(value)}),
    }


def signature_base(message: Message, covering: InnerList) -> bytes:
    """The bytes that are signed (RFC 9421 §2.5). Raises ValueError, with a sentence."""
    lines: dict[str, str] = {}
    for item in covering.items:
        name = item.value
        if not isinstance(name, str) or item.parameters or name != name.lower():
            raise ValueError("cover components by their plain names, in lower case")
        if name in lines:
            # RFC 9421 §2.5: "the component identifier ... MUST occur only once"
            raise ValueError(f"the component `{name}` is covered twice")
        lines[name] = _value_of(name, message)
    text = [f'"{name}": {value}' for name, value in lines.items()]
    text.append(f'"@signature-params": {write_member(covering)}')
    try:
        # RFC 9421 §2.5: "the signature base is an ASCII string"
        return "\n".join(text).encode("ascii")
    except UnicodeEncodeError as error:
        raise ValueError("a covered header must be plain ASCII") from error


def _value_of(name: str, message: Message) -> str:
    if name in DERIVED:
        return DERIVED[name](message)
    value = message.headers.get(name)
    if value is None or name.startswith("@"):
        raise ValueError(f"the covered component `{name}` is not in the request")
    if "\n" in value or "\r" in value:
        raise ValueError(f"the header `{name}` must be one line")
    return value.strip(" \t")


def _authority(message: Message) -> str:
    # RFC 9421 §2.2.3: "The host name MUST be lowercased ... The default port ... MUST be omitted"
    parts = urlsplit(message.url)
    host, port = parts.hostname or "", parts.port
    name = f"[{host}]" if ":" in host else host
    return name if port in {None, _DEFAULT_PORTS.get(parts.scheme)} else f"{name}:{port}"


def _path(message: Message) -> str:
    return urlsplit(message.url).path or "/"


def _query(message: Message) -> str:
    # RFC 9421 §2.2.7: without a query "the component value is the leading ? character alone"
    return f"?{urlsplit(message.url).query}"


DERIVED: Mapping[str, Callable[[Message], str]] = {
    # RFC 9421 §2.2: what is signed of a request beside its headers.
    "@method": lambda message: message.method,
    "@target-uri": lambda message: message.url,
    "@authority": _authority,
    "@scheme": lambda message: urlsplit(message.url).scheme,
    "@path": _path,
    "@query": _query,
}
