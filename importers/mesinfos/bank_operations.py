"""MesInfos: operations of a bank account, as the pilot's bank gave them ("bankoperation").

`amount` is signed and in euro, `date` the civil date as an instant at midnight, `raw` the label of
the bank and `title` what the platform made of it.
"""

from collections.abc import Iterator

from importers.clock import civil_date, instant
from importers.contract import HolderHint, Item, Key, Record, Ref, Value
from importers.document import Element
from importers.labels import said
from importers.pilot_set import Accounts, PilotSet, Read, required
from importers.text import for_key


def _reader() -> Read:
    accounts = Accounts("BankAccount")

    def read(element: Element) -> Iterator[Item]:
        if element.text("docType").lower() != "bankoperation":
            raise ValueError("this is not a bank operation")
        account = Key(natural=(required(element, "bankAccount"),))
        record = _operation(element, account)
        yield from accounts.new(account, (("sd:currency", "EUR"),), element.locator)
        yield record

    return read


def _operation(element: Element, account: Key) -> Record:
    on, amount = civil_date(instant(element.text("date"))), element.number("amount")
    label, title, identifier = (element.text(name) for name in ("raw", "title", "_id"))
    natural = (on.isoformat(), f"{amount.normalize():f}", for_key(label))
    found: dict[str, Value] = {
        "sd:account": Ref("BankAccount", account),
        "sd:date": on,
        "sd:amount": amount,
        "sd:currency": "EUR",
        "sd:sourceLabel": label,
    }
    if title:
        found["sd:counterpartyName"] = title
    return Record(
        kind="BankTransaction",
        key=Key(stable=identifier) if identifier else Key(natural=natural),
        account=account,
        fields=tuple((found | said(label)).items()),
        on=on,
        locator=element.locator,
    )


BANK_OPERATIONS = PilotSet(
    format="mesinfos-bank-operations",
    title="MesInfos: opérations bancaires (JSON)",
    domain="bank",
    by=HolderHint(iri="urn:sd:holder:bank", name="bank", sector="bank"),
    marks=('"bankoperation"', '"bankAccount"'),
    reader=_reader,
)
