"""One entry of a CAMT message: what was booked, and what its details say about it."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from importers.bank.camt_versions import (
    CREDITOR_REFERENCES,
    DETAILS,
    PARTY_NAMES,
    PARTY_NUMBERS,
    STATES,
    found,
    said,
)
from importers.bank.movement import Movement
from importers.bank.transaction_codes import nature, reference
from importers.clock import instant, iso_date
from importers.contract import Key, Record, Value
from importers.markup import Element
from importers.money import currency, decimal

_SIGNS: Final = MappingProxyType({"CRDT": 1, "DBIT": -1})
# A date of XML Schema may have an offset behind it, and some banks put a time of day into one.
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:T[\d:.]+)?(?:Z|[+-]\d{2}:?\d{2})?", re.ASCII)
_CREDITOR_ID = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{3}[A-Z0-9]{1,28}", re.ASCII)


def movement(entry: Element, account: Key) -> Record:
    """The booking that an entry is. Raises ValueError when it lacks date, amount or sign.

    The details of a batch are not bookings: of several, only the references are kept.
    """
    details = tuple(found(entry, DETAILS))
    only = details[0] if len(details) == 1 else None
    references = dict.fromkeys(text for detail in details for text in _references(detail))
    return Movement(
        account=account,
        on=_booked(entry),
        amount=signed(entry),
        currency=currency_of(entry),
        label=_label(entry, details),
        locator=entry.locator,
        identifier=reference(
            entry.get("AcctSvcrRef") or (only.get("Refs/AcctSvcrRef") if only else "")
        ),
        beside=_nature(entry) | (_said_by(only, entry) if only else {}),
        references=tuple(references),
    ).record()


def status(entry: Element) -> str:
    """BOOK, PDNG, INFO or FUTR."""
    return said(entry, STATES)


def signed(element: Element) -> Decimal:
    """An amount with the sign of its indicator, that of a reversal too.

    ISO 20022, ReversalIndicator: a credit that is a reversal takes back a debit, so the indicator
    says what this booking itself does, and nothing is to be turned round.
    """
    sign = _SIGNS.get(element.get("CdtDbtInd"))
    if sign is None:
        raise ValueError("CdtDbtInd does not say whether this is a credit or a debit")
    try:
        amount = decimal(element.get("Amt"))
    except ValueError:
        raise ValueError("Amt is missing or is not a number") from None
    if amount < 0:
        raise ValueError("Amt has a sign where only CdtDbtInd may say it")
    return sign * amount


def currency_of(element: Element) -> str:
    """The currency of an amount. Raises ValueError when it is not said."""
    amount = element.first("Amt")
    return currency(amount.attributes.get("Ccy", "") if amount else "")


def civil_day(element: Element, name: str) -> date:
    """A date that is given as Dt or, with a time of day, as DtTm; the day that the bank writes."""
    text = element.get(f"{name}/Dt") or element.get(f"{name}/DtTm")
    said = _DAY.fullmatch(text.strip())
    try:
        return iso_date(said[1] if said else text)
    except ValueError as error:
        raise ValueError(f"{name}: {error}") from error


def _booked(entry: Element) -> date:
    # A pending entry may have no booking date yet; its value date then is the one it has.
    name = next(filter(entry.first, ("BookgDt", "ValDt")), None)
    if name is None:
        raise ValueError("neither BookgDt nor ValDt says its day")
    return civil_day(entry, name)


def _label(entry: Element, details: tuple[Element, ...]) -> str:
    """The words of the bank: remittance information, then what it adds to the entry."""
    words = dict.fromkeys(
        text
        for detail in details
        for line in detail.all("RmtInf/Ustrd")
        if (text := line.text.strip())
    )
    added = entry.get("AddtlNtryInf")
    if len(details) > 1:
        return added or " / ".join(words) or _code(entry)
    names = _counterparty(details[0], entry) if details else ""
    return " ".join((*words, *([added] if added else []))) or names or _code(entry)


def _said_by(detail: Element, entry: Element) -> dict[str, Value]:
    """What the only detail of an entry says about it."""
    party = detail.first("RltdPties/Cdtr")
    numbers = [one.text.strip() for one in found(party, PARTY_NUMBERS)] if party else []
    creditor = next(filter(_CREDITOR_ID.fullmatch, numbers), "")
    texts = {
        "sd:counterpartyName": _counterparty(detail, entry),
        "sd:mandateId": reference(detail.get("Refs/MndtId")),
        "sd:creditorId": creditor,
    }
    known: dict[str, Value] = {name: text for name, text in texts.items() if text}
    try:
        # A date without a time of day or without its offset is no instant.
        known["schema:startTime"] = instant(detail.get("RltdDts/TxDtTm"))
    except ValueError:
        return known
    return known


def _counterparty(detail: Element, entry: Element) -> str:
    """The name of who paid what came in or got what went out; a reversal turns the two round."""
    came_in = entry.get("CdtDbtInd") == "CRDT"
    side = "Dbtr" if came_in != (entry.get("RvslInd") in {"true", "1"}) else "Cdtr"
    party = detail.first(f"RltdPties/{side}")
    return said(party, PARTY_NAMES) if party else ""


def _references(detail: Element) -> Iterator[str]:
    texts = [detail.get("Refs/EndToEndId")]
    texts += [ref.text.strip() for ref in found(detail, CREDITOR_REFERENCES)]
    return filter(None, map(reference, texts))


def _nature(entry: Element) -> dict[str, Value]:
    paths = ("BkTxCd/Domn/Fmly/SubFmlyCd", "BkTxCd/Domn/Fmly/Cd")
    return nature(entry.get(path) for path in paths)


def _code(entry: Element) -> str:
    """The bank's code of the transaction, for an entry that has no words."""
    paths = ("Domn/Cd", "Domn/Fmly/Cd", "Domn/Fmly/SubFmlyCd")
    parts = [entry.get(f"BkTxCd/{path}") for path in paths]
    return " ".join(filter(None, parts)) or entry.get("BkTxCd/Prtry/Cd")
