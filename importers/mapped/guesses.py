"""What tables may be, by the names of their columns and by what stands in them: to draft a mapping.

Nothing that is guessed here is imported: a person reads the draft, and says what is meant.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Final

from importers.members import Member, kinds, members_of
from importers.text import unaccented
from vocab.glossary import LANGUAGES, named
from vocab.kinds import ACCOUNTS, Kind
from vocab.names import SD, XSD

_WORD = re.compile(r"[^\W_]+")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_NUMBERED: Final = frozenset(
    {
        *("id", "no", "num", "number", "numero", "ref", "reference", "code", "key"),
        *("order", "commande", "ticket", "invoice", "facture", "contract", "contrat"),
        *("customer", "client", "card", "carte"),
    }
)
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](?:\d{4}|\d{2})(?:[ T]\d{1,2}:\d{2}.*)?", re.ASCII)
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?:[ T].*)?|\d{8}", re.ASCII)
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?", re.ASCII)  # a day in a workbook
_NEARLY_ALL = 0.6
_TIMED = re.compile(r"[\d/.-]{8,10}[ T]\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?", re.ASCII)
_NUMBER = re.compile(r"[-+]?[\d\s.,']*\d(?:\s*[€$£]|\s*[A-Z]{3})?")
_COMMA = re.compile(r"[-+]?[\d\s.]*,\d{1,3}(?:\s*[€$£])?")
# What columns are often called, by the property that they then have, where the class has it.
_ALSO: Final[Mapping[str, str]] = MappingProxyType(
    {
        "sd:date": "date day jour issued emission facture invoiced ordered commande operation",
        "schema:startTime": "opened created start begin timestamp ouvert debut heure time when",
        "schema:endTime": "closed end fin ferme",
        "schema:startDate": "start begin debut since from souscription",
        "schema:endDate": "end fin until to resiliation echeance",
        "schema:paymentDueDate": "due echeance deadline",
        "sd:total": "total ttc amount montant gross sum price prix",
        "sd:amount": "amount montant total sum debit credit",
        "sd:periodicPrice": "monthly mensualite price prix amount montant fee",
        "sd:currency": "currency devise",
        "sd:balance": "balance solde",
        "sd:channel": "channel canal via",
        "sd:sourceLabel": "label libelle subject objet sujet description wording",
        "sd:counterpartyName": "merchant shop store magasin commercant supplier fournisseur",
        "schema:name": "name product produit item article designation libelle label title",
        "schema:orderQuantity": "quantity quantite qty qte",
        "vcard:given-name": "firstname first prenom given",
        "vcard:family-name": "lastname last surname family nom",
        "vcard:fn": "fullname name nom",
        "vcard:bday": "birth birthday birthdate naissance dob",
        "vcard:hasEmail": "email mail courriel",
        "vcard:hasTelephone": "phone telephone tel mobile portable",
        "sd:status": "status statut state etat",
        "sd:iban": "iban",
        "sd:points": "points",
        "sd:durationSeconds": "seconds secondes duration duree",
        "schema:price": "unitprice price prix",
    }
)
_DAYS: Final = frozenset({XSD.date, XSD.dateTime})
# What tables of a class are often called.
_CALLED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "CustomerFile": "customer client contact",
        "Contract": "contract contrat subscription abonnement",
        "Invoice": "invoice facture bill",
        "Interaction": "ticket interaction case demande",
        "Purchase": "order commande purchase achat receipt",
        "Line": "line ligne item",
        "Delivery": "delivery livraison shipment parcel colis",
        "BankTransaction": "transaction operation",
        "LoyaltyMembership": "card carte",
        "PointsMovement": "points",
    }
)


@dataclass(frozen=True, slots=True)
class Seen:
    """The first rows of one table: its name, the names of its columns, the texts under each."""

    name: str
    columns: tuple[str, ...]
    texts: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Guess:
    """What a table may be: its class, its key, and a property for some of its columns."""

    seen: Seen
    kind: Kind
    key: str
    properties: Mapping[str, Member]


def guess(seen: Seen, name: str = "") -> Guess | None:
    """The class that most columns of a table speak for, None where hardly any do; or what they are
    of the class of a name, where a person says it.
    """
    key = _key(seen)
    said = [kind for kind in kinds() if kind.name == name]
    found = [(_score(seen, kind, key), kind) for kind in said or kinds()]
    score, kind = max(found, key=lambda one: one[0])
    is_sure = said or score > 1
    return Guess(seen, kind, key, _properties(seen, kind, key)) if is_sure else None


def words_of(name: str) -> tuple[str, ...]:
    """The words of a name in small letters: `orderDate`, `order_date` and `Order date` alike."""
    return tuple(_WORD.findall(unaccented(_HUMP.sub(" ", name))))


def dates_of(every: Sequence[Seen]) -> str:
    """Whether the day or the month comes first, "" where no date shows it, or there is none."""
    found = [one for text in _texts(every) if (one := _DAY.fullmatch(text))]
    if any(int(one[1]) > 12 for one in found):
        return "day-first"
    if any(int(one[2]) > 12 for one in found):
        return "month-first"
    return "?" if found else ""


def decimals_of(every: Sequence[Seen]) -> str:
    return "comma" if any(map(_COMMA.fullmatch, _texts(every))) else ""


def lacks_zone(every: Sequence[Seen]) -> bool:
    """Whether there are times without offset."""
    return any(map(_TIMED.fullmatch, _texts(every)))


def _texts(every: Sequence[Seen]) -> list[str]:
    return [text for seen in every for texts in seen.texts.values() for text in texts]


def _key(seen: Seen) -> str:
    """The first column that is called a number and tells the rows that are seen apart."""
    stem = "".join(words_of(PurePosixPath(seen.name).stem)).rstrip("s")
    for name in seen.columns:
        words = words_of(name)
        texts = seen.texts[name]
        is_number = bool(_NUMBERED.intersection(words)) or "".join(words) == stem
        if is_number and texts and len(set(texts)) == len(texts):
            return name
    return ""


def _score(seen: Seen, kind: Kind, key: str) -> float:
    members = _properties(seen, kind, key)
    needed = {one.name for one in members_of(kind) if one.rule.at_least}
    there = {one.name for one in members.values()}
    if any(_DAYS.intersection(one.rule.datatypes) for one in members.values()):
        needed.discard("sd:date")  # it follows from another day
    called = {"".join(words_of(kind.name))} | {
        "".join(words_of(named(kind.iri, language))) for language in LANGUAGES
    }
    stem = "".join(words_of(PurePosixPath(seen.name).stem)).rstrip("s")
    called |= {*_CALLED.get(kind.name, "").split()}
    is_called = any(stem and (stem in one or one in stem) for one in called if one)
    lacks_key = kind.document == ACCOUNTS and not key
    return len(there) + len(there & needed) - 1.5 * len(needed - there) + 3 * is_called - lacks_key


def day_of(found: Guess) -> str:
    """The first column of days, where records of the class are kept by a day that no property of
    them has; "" where that is not so.
    """
    is_kept_by_day = "{yyyy" in found.kind.document
    has_day = any(_DAYS.intersection(one.rule.datatypes) for one in found.properties.values())
    if not is_kept_by_day or has_day:
        return ""
    texts = found.seen.texts
    return next((one for one in found.seen.columns if texts[one] and _is_of_days(texts[one])), "")


def _properties(seen: Seen, kind: Kind, key: str) -> Mapping[str, Member]:
    """A property for each column whose name is one of its names, each given once."""
    found: dict[str, Member] = {}
    for match in (_by_name, _by_word):
        for name in seen.columns:
            given = {one.name for one in found.values()}
            if name in found or (name == key and match is _by_word):
                continue
            member = next((m for m in match(kind, name) if m.name not in given), None)
            if member and _fits(member, seen.texts[name]):
                found[name] = member
    return {name: found[name] for name in seen.columns if name in found}


def _by_name(kind: Kind, name: str) -> list[Member]:
    return _called(kind).get("".join(words_of(name)), [])


def _by_word(kind: Kind, name: str) -> list[Member]:
    words = {*words_of(name), "".join(words_of(name))}
    found = [(len(words & {*_ALSO.get(one.name, "").split()}), one) for one in members_of(kind)]
    return [one for shared, one in sorted(found, key=lambda pair: -pair[0]) if shared]


@cache
def _called(kind: Kind) -> Mapping[str, list[Member]]:
    found: dict[str, list[Member]] = {}
    for one in members_of(kind):
        local = one.name.rpartition(":")[2]
        for word in {local, *(one.label(language) for language in LANGUAGES)}:
            found.setdefault("".join(words_of(word)), []).append(one)
    return found


def _fits(member: Member, texts: Sequence[str]) -> bool:
    """Whether what stands under a column can be what the property takes."""
    datatypes = member.rule.datatypes
    if _DAYS.intersection(datatypes):
        return _most(texts, _DAY, _ISO_DAY, _SERIAL)
    if {XSD.decimal, XSD.integer}.intersection(datatypes) and XSD.string not in datatypes:
        return _most(texts, _NUMBER)
    # An address or a record stands in no cell as it is, but for these.
    is_contact = member.rule.path.rpartition("#")[2].startswith("has")
    is_code = bool(member.rule.values) or member.rule.path == SD.nature
    return is_code or is_contact or not member.rule.iri


def _is_of_days(texts: Sequence[str]) -> bool:
    return _most(texts, _DAY, _ISO_DAY)


def _most(texts: Sequence[str], *forms: re.Pattern[str]) -> bool:
    """Whether nearly all texts have one of some forms: in tables there are slips."""
    fitting = sum(any(form.fullmatch(text) for form in forms) for text in texts)
    return fitting >= _NEARLY_ALL * len(texts)
