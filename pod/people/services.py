"""What each service has to find in a household, by its number; those that data cannot answer lack.

SVC-06, 08, 11, 13, 16, 17, 19 and 27 ask for other people, for what others know, or for choices of
the person: no file of one household answers them. SVC-21 is SVC-01 with SVC-20.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from pod.people import electricity, gas
from pod.people.care import MUTUAL
from pod.people.curve import Day
from pod.people.events import Bill, Call, Payment
from pod.people.files.marks import mean
from pod.people.files.written import HOLDERS, HolderFile, euros
from pod.people.life import Life
from pod.people.phone import number_of
from pod.people.school import SUBJECTS
from pod.people.tariffs import tariff_on, tariffs
from pod.people.truths import CAR, ELECTRICITY, GAS, Answer, Place, kilometres, payments, returned

_CENT: Final = Decimal("0.01")
_LOAN: Final = (Decimal(12000), Decimal("4.20"), 60)
"""An example: euros, per cent a year, months."""
_FLOORS: Final = (1500, 2000, 2500, 3000)
_MOST_VISITED = 3


def services(life: Life, files: tuple[HolderFile, ...], place: Place) -> Answer:
    """The answers, by the number of the service."""
    return {
        "SVC-01": _budget(life),
        "SVC-02": _loan(*_LOAN),
        "SVC-03": _recurring(life),
        "SVC-04": _health(life, place),
        "SVC-05": _shops(life),
        "SVC-07": _means(life),
        "SVC-09": _held(files),
        "SVC-10": _prices(life),
        "SVC-12": {year: kwh(halves) for year, halves in _energy(life, _year).items()},
        "SVC-14": _guarantees(life, place),
        "SVC-15": _carbon(life),
        "SVC-18": {month: kwh(halves) for month, halves in _energy(life, _month).items()},
        "SVC-20": _journeys(life),
        "SVC-22": _phone(life),
        "SVC-23": _bills_and_carbon(life),
        "SVC-24": _wage(life),
        "SVC-25": _form(life),
        "SVC-26": _moved(life),
        "SVC-28": _points(life),
        "SVC-29": _contracts(life),
    }


def _month(day: date) -> str:
    return f"{day:%Y-%m}"


def _year(day: date) -> str:
    return f"{day:%Y}"


def kwh(halves: int) -> str:
    """The kWh of so many halves of a Wh, exactly."""
    return f"{halves * 5 // 10_000}.{halves * 5 % 10_000:04}"


def _days(life: Life) -> Iterable[Day]:
    return (day for _, days in life.meters for day in days)


def _energy(life: Life, by: Callable[[date], str]) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for day in _days(life):
        found[by(day.day)] += day.watt_hours
    return dict(sorted(found.items()))


def _budget(life: Life) -> Answer:
    """What came in or went out for each item in each month, on the account for everyday."""
    found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for one in _main(life):
        found[_month(one.day)][one.item] += one.cents
    return {
        month: {item: euros(cents) for item, cents in sorted(sums.items())}
        for month, sums in sorted(found.items())
    }


def _main(life: Life) -> list[Payment]:
    return [one for one in payments(life).values() if one.account == "main"]


def _loan(amount: Decimal, rate: Decimal, months: int) -> Answer:
    """What a loan takes each month: the annuity of constant payments at the end of each."""
    monthly = rate / 1200
    annuity = amount * monthly / (1 - (1 + monthly) ** -months)
    return {
        "amount": str(amount),
        "ratePerYear": str(rate),
        "months": months,
        "monthly": str(annuity.quantize(_CENT, ROUND_HALF_UP)),
    }


def _recurring(life: Life) -> list[Answer]:
    """What is debited under one mandate again and again: who, how often, and the last time."""
    found: dict[str, list[Payment]] = defaultdict(list)
    for one in _main(life):
        if one.mandate:
            found[one.mandate].append(one)
    return [
        {
            "party": several[0].party,
            "mandate": mandate,
            "count": len(several),
            "last": several[-1].day.isoformat(),
            "amount": euros(several[-1].cents),
        }
        for mandate, several in sorted(found.items())
        if len(several) > 1
    ]


def _health(life: Life, place: Place) -> Answer:
    """What care cost in each year, and what is still to come back, or never came."""
    found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    back, known = returned(life), {one.id: one for one in life.cares}
    for id_, several in back.items():
        year = found[_year(known[id_].day)]
        year["charged"] += known[id_].charged
        year["reimbursed"] += sum(one.cents for one in several)
    paid = {one.care.id for one in life.reimbursements if one.body == MUTUAL}
    missing = {one.about[0] for one in life.anomalies if one.kind == "missing-reimbursement"}
    return {
        "years": {
            year: {name: euros(cents) for name, cents in sorted(sums.items())}
            for year, sums in sorted(found.items())
        },
        "pending": [place(id_) for id_ in back if id_ not in paid | missing],
        "missing": [place(id_) for id_ in back if id_ in missing],
    }


def _shops(life: Life) -> list[Answer]:
    """Where the card was shown most often."""
    cards = [one for one in _main(life) if one.nature == "card"]
    counts = Counter(one.party for one in cards)
    most = sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:_MOST_VISITED]
    return [
        {
            "party": party,
            "payments": count,
            "paid": euros(-sum(one.cents for one in cards if one.party == party)),
        }
        for party, count in most
    ]


def _means(life: Life) -> Answer:
    """The mean of each subject in each term, by weight, and by how much it rose since the first."""
    terms: dict[str, dict[str, int]] = defaultdict(dict)
    for year, term in sorted({(one.year, one.term) for one in life.marks}):
        for rank, (name, _, _) in enumerate(SUBJECTS):
            several = [
                one for one in life.marks if (one.year, one.term, one.subject) == (year, term, rank)
            ]
            terms[f"{year}-{term}"][name] = mean(several)
    first, last = (next(iter(terms), ""), next(reversed(terms), ""))
    return {
        "terms": {
            term: {name: euros(value) for name, value in means.items()}
            for term, means in terms.items()
        },
        "trend": {name: euros(value - terms[first][name]) for name, value in terms[last].items()}
        if first
        else {},
    }


def _held(files: tuple[HolderFile, ...]) -> Answer:
    """How many files and rows each holder gave."""
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for file in files:
        found[file.holder][0] += 1
        found[file.holder][1] += file.rows
    return {
        holder: {"files": count, "rows": rows} for holder, (count, rows) in sorted(found.items())
    }


def _prices(life: Life) -> list[Answer]:
    """The prices of electricity in force: euros for a kWh and for a month."""
    span = life.home.span
    since = tariff_on(life.home.seed, span.first).since
    return [
        {
            "since": one.since.isoformat(),
            "kWh": f"{one.energy // 10_000}.{one.energy % 10_000:04}",
            "month": euros(one.standing),
        }
        for one in tariffs(life.home.seed, span.last.year)
        if since <= one.since <= span.last
    ]


def _guarantees(life: Life, place: Place) -> list[Answer]:
    """What was bought, and until when it is guaranteed."""
    return [
        {
            **place(one.bill.id),
            "name": one.bill.lines[0].name,
            "gtin": one.bill.lines[0].gtin,
            "bought": one.bill.day.isoformat(),
            "until": one.until.isoformat(),
        }
        for one in life.guarantees
    ]


def _carbon(life: Life) -> Answer:
    """The kg CO2e of each year, to the gram."""
    found: dict[str, Decimal] = defaultdict(Decimal)
    for year, halves in _energy(life, _year).items():
        found[year] += Decimal(halves) / electricity.KWH * ELECTRICITY
    for reading in life.gas:
        found[_year(reading.first)] += reading.energy * GAS
    for ride in life.rides:
        found[_year(ride.day)] += kilometres(ride) * CAR
    return {year: _to_the_gram(kg) for year, kg in sorted(found.items())}


def _to_the_gram(kilograms: Decimal) -> str:
    return str(kilograms.quantize(Decimal("0.001"), ROUND_HALF_UP))


def _journeys(life: Life) -> Answer:
    """The rides of each month: how many, how far, how long, for how much, and their kg CO2e."""
    months = sorted({_month(one.day) for one in life.rides})
    found: Answer = {}
    for month in months:
        several = [one for one in life.rides if _month(one.day) == month]
        far = sum(map(kilometres, several), Decimal(0))
        found[month] = {
            "rides": len(several),
            "km": f"{far.normalize():f}",
            "minutes": sum((one.end - one.start).seconds // 60 for one in several),
            "paid": euros(sum(one.cents for one in several)),
            "kgCO2e": _to_the_gram(far * CAR),
        }
    return found


def _phone(life: Life) -> Answer:
    """What was used of the plan in each month, in UTC: for one who looks for a better plan."""
    months: dict[str, list[Call]] = defaultdict(list)
    for call in life.calls:
        months[f"{call.start:%Y-%m}"].append(call)
    return {
        month: {
            "calls": sum(1 for one in several if one.seconds),
            "texts": sum(1 for one in several if not one.seconds),
            "secondsOut": sum(one.seconds for one in several if one.is_outgoing),
        }
        for month, several in months.items()
    }


def _bills_and_carbon(life: Life) -> list[Answer]:
    """Each bill for energy: its kWh, what it is worth and its kg CO2e."""
    factors = {electricity.SUPPLIER: ELECTRICITY, gas.SUPPLIER: GAS}
    return [
        {
            "number": bill.number,
            "kWh": _billed(bill),
            "worth": euros(bill.worth),
            "kgCO2e": _to_the_gram(_billed(bill) * factors[bill.supplier]),
        }
        for bill in life.bills
        if bill.supplier in factors
    ]


def _billed(bill: Bill) -> int:
    return sum(line.quantity for line in bill.lines if line.unit == "KWH")


def _wage(life: Life) -> Answer:
    """What the person earned in her last twelve wages, and which floors that attests."""
    wages = [one.cents for one in _main(life) if one.id.startswith("wage-0-")][-12:]
    average = sum(wages) // len(wages) if wages else 0
    return {
        "average": euros(average),
        "atLeast": {str(floor): average >= floor * 100 for floor in _FLOORS},
    }


def _form(life: Life) -> Answer:
    """What a form asks for."""
    person, dwelling = life.home.person, life.home.dwellings[-1]
    return {
        "givenName": person.given,
        "familyName": person.family,
        "birthDate": person.born.isoformat(),
        "street": dwelling.street,
        "postcode": dwelling.postcode,
        "city": dwelling.city,
        "telephone": f"+{number_of(life.home)}",
    }


def _moved(life: Life) -> Answer:
    """From where to where the household moved, and who has to know."""
    if len(life.home.dwellings) == 1:
        return {}
    before, after = life.home.dwellings
    told = ("bank", "savings", "electricity", "phone", "insurer", "mutual", "state")
    return {
        "on": after.first.isoformat(),
        "from": f"{before.street}, {before.postcode} {before.city}",
        "to": f"{after.street}, {after.postcode} {after.city}",
        "tell": sorted(HOLDERS[name] for name in told),
    }


def _points(life: Life) -> Answer:
    """What the loyalty card holds, what it earned and what was changed into vouchers."""
    return {
        "balance": life.points[-1].balance if life.points else 0,
        "earned": sum(one.points for one in life.points if one.points > 0),
        "used": -sum(one.points for one in life.points if one.points < 0),
    }


def _contracts(life: Life) -> list[Answer]:
    """The insurance contracts in force: since when, what a year costs, and by when to give notice.

    Code des assurances, L113-12: two months before the day on which a year ends.
    """
    last, found = life.home.span.last, list[Answer]()
    for one in life.covers:
        if one.dwelling is not None and life.home.dwellings[one.dwelling].last < last:
            continue
        day = one.start.replace(year=last.year, day=min(one.start.day, 28))
        ends = day if day > last else day.replace(year=last.year + 1)
        year, month = divmod(ends.year * 12 + ends.month - 3, 12)
        found.append(
            {
                "product": one.product,
                "since": one.start.isoformat(),
                "yearly": euros(one.yearly),
                "yearEnds": ends.isoformat(),
                "notice": date(year, month + 1, ends.day).isoformat(),
            }
        )
    return found
