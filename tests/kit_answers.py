"""What each query of the developer's kit has to find, by the answer sheet of a household."""

from collections import Counter
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any, Final

Cell = str | Decimal | bool | None
Row = tuple[Cell, ...]
Asked = Callable[[Any], Iterable[Row]]
"""The rows that an answer sheet says."""


def cell(term: dict[str, str] | None) -> Cell:
    """A value of a result: numbers as such, of a code its name."""
    if term is None:
        return None
    value, datatype = term["value"], term.get("datatype", "").rpartition("#")[2]
    if term["type"] == "uri":
        return value.rpartition("#")[2] or value
    if datatype == "boolean":
        return value == "true"
    return Decimal(value) if datatype in {"integer", "decimal"} else value


def rows(found: Any) -> Counter[Row]:
    """The rows of a result, each in the order of its columns."""
    names = found["head"]["vars"]
    return Counter(
        tuple(cell(row.get(name)) for name in names) for row in found["results"]["bindings"]
    )


def _energy_asked_for(sheet: Any) -> Iterable[Row]:
    for said in sheet["queries"]["q1-energy-vs-bank"]:
        line = said["transaction"]
        yield said["due"], Decimal(said["total"]), said["paidOn"], line["id"] if line else None


def _cards_around_trips(sheet: Any) -> Iterable[Row]:
    for said in sheet["queries"]["q2-trips-vs-cards"]:
        yield said["label"], Decimal(said["paid"]), said["isTicket"]


def _care_left_to_pay(sheet: Any) -> Iterable[Row]:
    for said in sheet["queries"]["q3-health-out-of-pocket"]:
        amounts = (Decimal(said[name]) for name in ("charged", "reimbursed", "leftToPay"))
        yield said["date"], *amounts, Decimal(said["reimbursements"]), Decimal(said["received"])


def _billed_by_holder(sheet: Any) -> Iterable[Row]:
    for holder, said in sheet["queries"]["q4-supplier-dashboard"].items():
        billed, contracts = Decimal(said["billed"]), Decimal(said["contracts"])
        yield holder, billed or None, contracts or None


def _carbon(sheet: Any) -> Iterable[Row]:
    for post, kilograms in sheet["queries"]["q5-carbon"].items():
        if Decimal(kilograms):
            yield post, Decimal(kilograms)


def _receipts_behind_cards(sheet: Any) -> Iterable[Row]:
    for said in sheet["queries"]["q6-receipt-behind-card"]:
        for item, total in said["lines"]:
            yield said["label"], item, Decimal(total)


def _guaranteed_until(sheet: Any) -> Iterable[Row]:
    for said in sheet["services"]["SVC-14"]:
        yield *(said[name] for name in ("bought", "name", "gtin", "until")), said["guarantee"]["id"]


def _care_by_year(sheet: Any) -> Iterable[Row]:
    for year, said in sheet["services"]["SVC-04"]["years"].items():
        yield year, Decimal(said["charged"])


def _electricity_by_month(sheet: Any) -> Iterable[Row]:
    for month, energy in sheet["services"]["SVC-18"].items():
        yield month, Decimal(energy)


def _budget_by_month(sheet: Any) -> Iterable[Row]:
    for month, sums in sheet["services"]["SVC-01"].items():
        yield from ((month, item, Decimal(total)) for item, total in sums.items())


def _left_by_month(sheet: Any) -> Iterable[Row]:
    return ((month, Decimal(left)) for month, left in sheet["services"]["SVC-02"]["left"].items())


def _debits_that_recur(sheet: Any) -> Iterable[Row]:
    for said in sheet["services"]["SVC-03"]:
        yield said["mandate"], Decimal(said["count"]), said["last"], Decimal(said["amount"])


def _care_not_paid_back(sheet: Any) -> Iterable[Row]:
    told = sheet["queries"]["q3-health-out-of-pocket"]
    cares = {(row["file"], row["id"]): row for row in told}
    said = sheet["services"]["SVC-04"]
    for place in (*said["pending"], *said["missing"]):
        one = cares[place["file"], place["id"]]
        yield one["date"], one["label"], Decimal(one["charged"])


def _where_the_card_is_shown(sheet: Any) -> Iterable[Row]:
    for said in sheet["services"]["SVC-05"]:
        yield said["party"].upper(), Decimal(said["payments"]), Decimal(said["paid"])


def _pressure_too_high(sheet: Any) -> Iterable[Row]:
    for said in sheet["services"]["SVC-06"]:
        yield said["date"], Decimal(said["systolic"]), Decimal(said["diastolic"])


def _means_by_term(sheet: Any) -> Iterable[Row]:
    for term, means in sheet["services"]["SVC-07"]["terms"].items():
        yield from ((term, subject, Decimal(mean)) for subject, mean in means.items())


def _appliance_off(sheet: Any) -> Iterable[Row]:
    said = sheet["services"]["SVC-08"]
    yield tuple(Decimal(said[name]) for name in ("kWh", "worth", "kgCO2e"))


def _what_is_held(sheet: Any) -> Iterable[Row]:
    for holder, said in sheet["services"]["SVC-09"].items():
        yield holder, Decimal(said["files"]), Decimal(said["rows"])


def _price_of_electricity(sheet: Any) -> Iterable[Row]:
    for said in sheet["services"]["SVC-10"]["applied"]:
        amounts = (Decimal(said[name]) for name in ("price", "total", "atLowest"))
        yield said["number"], said["from"], *amounts


def _months_in_the_black(sheet: Any) -> Iterable[Row]:
    said = sheet["services"]["SVC-11"]
    yield tuple(Decimal(said[name]) for name in ("months", "inTheBlack", "score"))


def _electricity_by_year(sheet: Any) -> Iterable[Row]:
    return ((year, Decimal(energy)) for year, energy in sheet["services"]["SVC-12"].items())


def _carbon_by_year(sheet: Any) -> Iterable[Row]:
    return ((year, Decimal(kilograms)) for year, kilograms in sheet["services"]["SVC-15"].items())


def _rides_an_hour_earlier(sheet: Any) -> Iterable[Row]:
    said = sheet["services"]["SVC-16"]
    yield Decimal(said["rides"]), Decimal(said["minutes"])


def _subject_to_work_on(sheet: Any) -> Iterable[Row]:
    said = sheet["services"]["SVC-17"]
    if said:
        yield said["subject"], Decimal(said["mean"])


def _carbon_at_a_price(sheet: Any) -> Iterable[Row]:
    for weight, posts in sheet["services"]["SVC-19"].items():
        yield from ((Decimal(weight), post, Decimal(value)) for post, value in posts.items())


def _rides_by_month(sheet: Any) -> Iterable[Row]:
    names = ("rides", "km", "minutes", "paid", "kgCO2e")
    for month, said in sheet["services"]["SVC-20"].items():
        yield month, *(Decimal(said[name]) for name in names)


def _phone_use_by_month(sheet: Any) -> Iterable[Row]:
    for month, said in sheet["services"]["SVC-22"].items():
        yield month, *(Decimal(said[name]) for name in ("calls", "texts", "secondsOut"))


def _bills_and_carbon(sheet: Any) -> Iterable[Row]:
    for said in sheet["services"]["SVC-23"]:
        yield said["number"], *(Decimal(said[name]) for name in ("kWh", "worth", "kgCO2e"))


def _wage_at_least(sheet: Any) -> Iterable[Row]:
    said = sheet["services"]["SVC-24"]
    yield Decimal(said["average"]), said["atLeast"]["2000"]


def _what_a_form_asks(sheet: Any) -> Iterable[Row]:
    said = sheet["services"]["SVC-25"]
    given, family, born = said["givenName"].upper(), said["familyName"].upper(), said["birthDate"]
    street, city = said["street"].upper(), said["city"].upper()
    yield given, family, born, street, said["postcode"], city, f"tel:{said['telephone']}"


def _moved_to(sheet: Any) -> Iterable[Row]:
    said = sheet["services"]["SVC-26"]
    if said:
        yield said["on"], said["from"].upper(), said["to"].upper()


def _points_of_a_card(sheet: Any) -> Iterable[Row]:
    said = sheet["services"]["SVC-28"]
    yield tuple(Decimal(said[name]) for name in ("balance", "earned", "used"))


def _when_to_give_notice(sheet: Any) -> Iterable[Row]:
    for said in sheet["services"]["SVC-29"]:
        yearly = Decimal(said["yearly"])
        yield said["product"], said["since"], yearly, said["yearEnds"], said["notice"]


ANSWERS: Final[dict[str, Asked]] = {
    "appliance-off": _appliance_off,
    "billed-by-holder": _billed_by_holder,
    "bills-and-carbon": _bills_and_carbon,
    "budget-by-month": _budget_by_month,
    "carbon": _carbon,
    "carbon-at-a-price": _carbon_at_a_price,
    "carbon-by-year": _carbon_by_year,
    "cards-around-trips": _cards_around_trips,
    "care-by-year": _care_by_year,
    "care-left-to-pay": _care_left_to_pay,
    "care-not-paid-back": _care_not_paid_back,
    "debits-that-recur": _debits_that_recur,
    "electricity-by-month": _electricity_by_month,
    "electricity-by-year": _electricity_by_year,
    "energy-asked-for": _energy_asked_for,
    "guaranteed-until": _guaranteed_until,
    "left-by-month": _left_by_month,
    "means-by-term": _means_by_term,
    "months-in-the-black": _months_in_the_black,
    "moved-to": _moved_to,
    "phone-use-by-month": _phone_use_by_month,
    "points-of-a-card": _points_of_a_card,
    "pressure-too-high": _pressure_too_high,
    "price-of-electricity": _price_of_electricity,
    "receipts-behind-cards": _receipts_behind_cards,
    "rides-an-hour-earlier": _rides_an_hour_earlier,
    "rides-by-month": _rides_by_month,
    "subject-to-work-on": _subject_to_work_on,
    "wage-at-least": _wage_at_least,
    "what-a-form-asks": _what_a_form_asks,
    "what-is-held": _what_is_held,
    "when-to-give-notice": _when_to_give_notice,
    "where-the-card-is-shown": _where_the_card_is_shown,
}
