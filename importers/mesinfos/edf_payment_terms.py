"""MesInfos: how a customer pays EDF: by what means, and in which instalments.

Bank details stand in `encryptedBankDetails`, JSON within a text that was meant to be secret: none
of it is kept, and it is said where it is broken. What was paid last, what is due and whether an
instalment was paid are left to the bank's own data.
"""

import json
from collections.abc import Iterator
from typing import Final

from importers.contract import HolderHint, Item, Key, Problem, Record, Ref
from importers.document import Element
from importers.money import iban
from importers.pilot_set import PilotSet, day, means_of, parts_of, payer, required
from importers.rows import convert

_DETAILS: Final = "encryptedBankDetails"
_KEPT_OUT: Final = f"`{_DETAILS}` was left out: what is meant to be secret is never stored"
_NO_JSON: Final = f"`{_DETAILS}` is not JSON"
_DOES_NOT_ADD_UP: Final = "`amount` is not what electricity and gas add up to"


def _terms(element: Element) -> Iterator[Item]:
    customer, means = required(element, "clientId"), required(element, "paymentMeans")
    account = payer(customer, means_of(means), element.locator)
    yield account
    yield from _of_the_secret(element)
    yield from convert(
        parts_of(element, "paymentSchedules"), lambda one: _instalment(one, account.key)
    )


def _instalment(element: Element, customer: Key) -> Iterator[Item]:
    on, amount = day(required(element, "scheduleDate")), element.number("amount")
    yield Record(
        kind="Instalment",
        key=Key(natural=(*customer.natural, on.isoformat())),
        fields=(
            ("sd:account", Ref("Account", customer)),
            ("sd:date", on),
            ("sd:total", amount),
            ("sd:currency", "EUR"),
        ),
        on=on,
        locator=element.locator,
    )
    shares = [element.number_or_none(f"amount{name}") for name in ("Electricity", "Gas")]
    told = [share for share in shares if share is not None]
    if told and sum(told) != amount:
        yield Problem(element.locator, _DOES_NOT_ADD_UP, row=False)


def _of_the_secret(element: Element) -> Iterator[Problem]:
    secret = element.get(_DETAILS)
    if secret is None:
        return
    locator = f"{element.locator}/{_DETAILS}"
    yield Problem(locator, _KEPT_OUT, row=False)
    try:
        details = json.loads(secret) if isinstance(secret, str) else secret
    except (ValueError, RecursionError):
        yield Problem(locator, _NO_JSON, row=False)
        # A line break stands as it is in the pilot's own set: the rest can still be looked at.
        details = _leniently(str(secret))
    try:
        number = Element(locator, details).text("iban")
        if number:
            iban(number)
    except ValueError as error:
        yield Problem(locator, f"`iban`: {error}", row=False)


def _leniently(text: str) -> object:
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


EDF_PAYMENT_TERMS = PilotSet(
    format="mesinfos-edf-payment-terms",
    title="MesInfos: modalités de paiement et échéancier EDF (JSON)",
    domain="energy",
    by=HolderHint(iri="https://www.edf.fr/", name="EDF", sector="energy"),
    marks=('"paymentMeans"', '"paymentSchedules"'),
    reader=lambda: _terms,
)
