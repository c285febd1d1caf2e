"""FHIR ExplanationOfBenefit, Claim and Coverage: what care cost, who paid, and by which cover.

CARIN Consumer Directed Payer Data Exchange and CMS Blue Button 2.0, version 1 (STU3) and 2 (R4):
https://bluebutton.cms.gov/developers/. Amounts are those of the whole claim; what its lines come to
is held against that. Of the lines, the codes of what was done are kept.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from importers.contract import Code, Item, Key, Problem, Record, Stated, Value
from importers.health.entry import Fields
from importers.health.fhir_context import Resource
from importers.health.fhir_values import Node, codes, label, moment, nodes, number, text, texts
from importers.health.moments import Moment

LINES: Final = "lines"
_NATURES: Final = {
    "pharmacy": "pharmacy",
    "oral": "dental",
    "vision": "optics",
    "institutional": "hospital",
}
# What the programmes call the charge of a claim and of a line, the surest first.
_CHARGED = ("submitted", "clm_tot_chrg_amt")
_LINE_CHARGED = ("line_sbmtd_chrg_amt", "rev_cntr_tot_chrg_amt", "tot_rx_cst_amt", "submitted")
_BALANCE_CHARGED = "sbmtd_chrg_amt"
_TOTAL_CHARGE = "0001"  # of the National Uniform Billing Committee
# Profiles and codes of programmes that pay in dollars, and often do not say so.
_AMERICAN = ("https://bluebutton.cms.gov/", "http://hl7.org/fhir/us/")
_NO_CURRENCY = "this claim does not say its currency: its amounts are taken as euro"
_TIMES = ("billablePeriod/start", "item/servicedPeriod/start", "item/servicedDate", "created")


def explanation(resource: Resource) -> Iterator[Item]:
    """An expense, what was paid back of it, and what its lines come to.

    Raises ValueError where it neither says what was charged nor what was paid.
    """
    value = resource.value
    charged, paid = _charged(value), _paid(value)
    if charged is None and paid is None:
        raise ValueError("this claim says neither what was charged nor what was paid")
    if charged is None:
        message = "this claim does not say what was charged: only what was paid is kept"
        yield Problem(resource.locator, message, row=False)
    else:
        yield _expense(resource, charged)
    if paid is not None:
        yield _reimbursement(resource, paid, counted=charged is None)
    if not _currency(value):
        yield Problem(resource.locator, _NO_CURRENCY, row=False)
    lines = _of_lines(value)
    if charged is not None and lines is not None:
        yield Stated(name=LINES, scope=resource.id, value=lines, locator=resource.locator)


def _expense(resource: Resource, charged: Decimal) -> Record:
    value = resource.value
    begin, end = _when(value), moment(value, "billablePeriod/end")
    share = _total(value, ("memberliability",))
    nature = _NATURES.get(text(value, "type/coding/code"))
    nature = nature or next(
        (_NATURES[c] for n in nodes(value, "type/coding") if (c := text(n, "code")) in _NATURES), ""
    )
    words = label(value, "type")
    stopped = resource.status in {"cancelled", "entered-in-error"}
    said: Fields = (
        ("sd:date", begin.first),
        ("sd:total", charged),
        *_in_currency(value),
        *((("sd:sourceLabel", words),) if words else ()),
        *((("sd:nature", Code(nature)),) if nature else ()),
        *((("sd:patientShare", share),) if share is not None else ()),
        *((("schema:endDate", end.day),) if end and end.day else ()),
        *((("sd:clinicalStatus", resource.status),) if resource.status else ()),
        *((("sd:status", Code("withdrawn")),) if stopped else ()),
        *(("sd:code", code) for code in dict.fromkeys(_codes(value))),
        *(("sd:counterpartyName", name) for name in _provider(resource)),
    )
    key = Key(stable=resource.id) if resource.id else Key(natural=(words, str(charged)))
    return Record(
        kind="HealthExpense", key=key, fields=said, locator=resource.locator, on=begin.first
    )


def _reimbursement(resource: Resource, paid: Decimal, *, counted: bool) -> Record:
    value = resource.value
    when = moment(value, "payment/date") or _when(value)
    reference = resource.id
    return Record(
        kind="Reimbursement",
        key=Key(natural=("payment", reference) if reference else ("payment", str(paid))),
        fields=(
            ("sd:date", when.first),
            ("sd:total", paid),
            *_in_currency(value),
            *((("sd:paymentReference", reference),) if reference else ()),
        ),
        locator=resource.locator,
        on=when.first,
        counted=counted,
    )


def _when(value: Node) -> Moment:
    found = moment(value, *_TIMES)
    if found is None:
        raise ValueError("this claim has no date")
    return found


def _codes(value: Node) -> tuple[Value, ...]:
    paths = ("item/productOrService", "item/service", "diagnosis/diagnosisCodeableConcept")
    return tuple(code for path in paths for code in codes(value, path))


def _provider(resource: Resource) -> tuple[str, ...]:
    return resource.name("provider", "facility", "organization")[:1]


def _charged(value: Node) -> Decimal | None:
    """What the whole claim was charged at; a zero is taken where nothing else says more."""
    found = (
        _total(value, _CHARGED[:1]),
        number(value, "totalCost/value"),
        _of_lines(value),
        _total(value, _CHARGED[1:]),
        _balance(value),
        number(value, "total/value"),
    )
    said = [amount for amount in found if amount is not None]
    return next((amount for amount in said if amount), said[0] if said else None)


def _paid(value: Node) -> Decimal | None:
    paid = number(value, "payment/amount/value")
    return paid if paid is not None else _total(value, ("benefit", "paidtoprovider"))


def _total(value: Node, names: tuple[str, ...]) -> Decimal | None:
    for total in nodes(value, "total"):
        if _is(total, names):
            return number(total, "amount/value")
    return None


def _of_lines(value: Node) -> Decimal | None:
    """What was charged for the lines in all, None where one of them does not say it."""
    found = [_of_line(line) for line in nodes(value, "item") if not _is_total(line)]
    said = [amount for amount in found if amount is not None]
    return sum(said, Decimal(0)) if said and len(said) == len(found) else None


def _is_total(line: Node) -> bool:
    """Whether a line of a hospital's claim is the sum of the others: revenue code 0001."""
    return any(text(coding, "code") == _TOTAL_CHARGE for coding in nodes(line, "revenue/coding"))


def _of_line(line: Node) -> Decimal | None:
    for name in _LINE_CHARGED:
        for one in nodes(line, "adjudication"):
            amount = number(one, "amount/value")
            if amount is not None and _is(one, (name,)):
                return amount
    return number(line, "net/value")


def _balance(value: Node) -> Decimal | None:
    for one in nodes(value, "benefitBalance/financial"):
        if any(text(c, "code").endswith(_BALANCE_CHARGED) for c in nodes(one, "type/coding")):
            return number(one, "usedMoney/value")
    return None


def _is(node: Node, names: tuple[str, ...]) -> bool:
    found = (text(coding, "code") for coding in nodes(node, "category/coding"))
    return any(code.rpartition("/")[2] in names for code in found)


def _in_currency(value: Node) -> Fields:
    found = _currency(value)
    return (("sd:currency", found),) if found else ()


def _currency(value: Node) -> str:
    paths = ("total", "payment/amount", "totalCost", "item/net", "item/adjudication/amount")
    for path in (*(f"{p}/amount" for p in paths), *paths):
        for money in nodes(value, path):
            found = text(money, "currency") or text(money, "code")
            if len(found) == len("USD") and found.isascii() and found.isupper():
                return found
    return "USD" if _is_american(value) else ""


def _is_american(value: Node) -> bool:
    paths = ("meta/profile", "identifier/system", "type/coding/system", "extension/url")
    within = "item/adjudication/category/coding/system"
    found = (said for path in (*paths, within) for said in texts(value, path))
    return any(said.startswith(_AMERICAN) for said in found)


def coverage(resource: Resource) -> Iterator[Item]:
    """An insurance contract; the number by which its holder knows the person is not kept.

    Raises ValueError where it does not say what cover it is.
    """
    value = resource.value
    names = (
        label(value, "type"),
        text(value, "grouping/planDisplay", "grouping/subPlan", "class/name", "class/value"),
        *resource.name("payor", "insurer", "issuer"),
    )
    name = next((one for one in names if one), "")
    if not name:
        raise ValueError("this cover does not say what it is")
    begin, end = moment(value, "period/start"), moment(value, "period/end")
    payer = resource.name("payor", "insurer", "issuer")[:1]
    yield Record(
        kind="InsuranceContract",
        key=Key(stable=resource.id) if resource.id else Key(natural=(name, str(begin or ""))),
        fields=(
            ("schema:name", name),
            *((("schema:startDate", begin.day),) if begin and begin.day else ()),
            *((("schema:endDate", end.day),) if end and end.day else ()),
            *(("sd:counterpartyName", one) for one in payer),
            *((("sd:status", Code("active")),) if resource.status == "active" else ()),
        ),
        locator=resource.locator,
    )
