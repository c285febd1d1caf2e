"""A record that a person writes herself: of any class, held to its shape, and said to be hers.

She is its holder, by her WebID, and it stands where a holder's would, in the container `self` of
its domain. What tells it from others is the id that she gives it, else all that she says of it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from importers.contract import Code, Iri, Key, Record, Value
from importers.members import Member, kind_of, member_of, needs_id, prefixed
from importers.money import masked
from importers.nir import without_nir
from importers.text import for_key
from importers.values import value_of
from vocab.glossary import named
from vocab.kinds import DOMAINS, Kind
from vocab.names import SD

SELF: Final = "self"
"""The path segment of what a person says herself, where that of a holder stands."""
BY_HAND: Final = "by hand"
_ONLY = Key(natural=("main",))
_ACCOUNT = "{account}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a person says of a record: its class, and (property, value) pairs, all in her words.

    `id` is what she calls it. `domain` says where it belongs if its class is of no domain alone.
    `on` is the day that decides its year or month, where none of its properties says one.
    """

    kind: str
    said: tuple[tuple[str, str], ...]
    id: str = ""
    domain: str = ""
    on: date | None = None


def own_record(words: Words) -> Record:
    """A record of what a person says. Raises ValueError, with a sentence, where it is none."""
    kind = kind_of(words.kind)
    fields = tuple((member.name, value) for member, value in _values(kind, words.said))
    if not fields:
        raise ValueError("say something of the record, such as sd:amount=-12.50")
    if not words.id and needs_id(kind):
        raise ValueError(f"{kind.name} is known by its number or name: say it with --id")
    record = Record(
        kind=kind.name,
        key=Key(stable=words.id) if words.id else Key(natural=_apart(words)),
        fields=(*fields, (prefixed(SD.dataOrigin), Code("provided"))),
        on=_day(kind, fields, words.on),
        account=_account(fields) if _ACCOUNT in kind.document else None,
        locator=BY_HAND,
    )
    # Not even she needs it in a space that others may read.
    return without_nir(record)


def domain_of(words: Words) -> str:
    """The domain that a record belongs to. Raises ValueError where she has to say it."""
    kind = kind_of(words.kind)
    if kind.domain is None and words.domain not in DOMAINS:
        raise ValueError(
            f"{kind.name} is of no domain alone: say with --domain which of "
            f"{', '.join(sorted(DOMAINS))}"
        )
    return kind.domain or words.domain


def stated(kind: Kind, name: str, text: str) -> tuple[str, Value]:
    """A property, by its IRI, and its value, from her words. Raises ValueError, with a sentence."""
    ((member, value),) = _values(kind, ((name, text),))
    return member.rule.path, value


def _values(kind: Kind, said: Iterable[tuple[str, str]]) -> Iterator[tuple[Member, Value]]:
    for name, text in said:
        member = member_of(kind, name)
        try:
            value = value_of(member.rule, text)
        except ValueError as error:
            raise ValueError(f"`{member.name}` ({called(member.rule.path)}) {error}") from error
        # Of an IBAN only what tells it from others of hers is kept, whoever writes it.
        yield (
            member,
            masked(value) if member.rule.path == SD.iban and isinstance(value, str) else value,
        )


def _apart(words: Words) -> tuple[str, ...]:
    return tuple(sorted(f"{for_key(name)}={for_key(text)}" for name, text in words.said))


def _day(kind: Kind, fields: Iterable[tuple[str, Value]], said: date | None) -> date | None:
    """The day of `sd:date`, else the first that its properties say."""
    if "{yyyy" not in kind.document:
        return None
    days = [
        (name != prefixed(SD.date), value.date() if isinstance(value, datetime) else value)
        for name, value in fields
        if isinstance(value, date)
    ]
    found = said or min(days, key=lambda pair: pair[0], default=(True, None))[1]
    if found is None:
        raise ValueError(f"{kind.name} is kept by its day: say sd:date=…, or --on DAY")
    return found


def _account(fields: Iterable[tuple[str, Value]]) -> Key:
    """The account that the record names, by the last part of its IRI."""
    found = (value for name, value in fields if name == prefixed(SD.account))
    named_ = next((value.value for value in found if isinstance(value, Iri)), "")
    last = named_.rpartition("#")[2].rpartition("/")[2]
    return Key(stable=last) if last else _ONLY


def called(path: str) -> str:
    """A property in English and French."""
    return " / ".join(dict.fromkeys(named(path, language) for language in ("en", "fr")))
