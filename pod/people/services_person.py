"""What services have to find of a person: care, school, telephone, things, and herself."""

from collections import defaultdict

from pod.people.care import MUTUAL
from pod.people.events import Call
from pod.people.files.marks import mean
from pod.people.files.written import HOLDERS, HolderFile, euros
from pod.people.life import Life
from pod.people.phone import number_of
from pod.people.pressure import MOST
from pod.people.school import SUBJECTS
from pod.people.services_energy import year_of
from pod.people.truths import Answer, Place, returned


def care_budget(life: Life, place: Place) -> Answer:
    """What care cost in each year, and what is still to come back, or never came."""
    found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    back, known = returned(life), {one.id: one for one in life.cares}
    for id_, several in back.items():
        year = found[year_of(known[id_].day)]
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


def means_of(life: Life) -> dict[str, dict[str, int]]:
    """The mean of each subject in each term, in hundredths."""
    terms: dict[str, dict[str, int]] = defaultdict(dict)
    for year, term in sorted({(one.year, one.term) for one in life.marks}):
        for rank, (name, _, _) in enumerate(SUBJECTS):
            several = [
                one for one in life.marks if (one.year, one.term, one.subject) == (year, term, rank)
            ]
            terms[f"{year}-{term}"][name] = mean(several)
    return terms


def means(life: Life) -> Answer:
    """The mean of each subject in each term, by weight, and by how much it rose since the first."""
    terms = means_of(life)
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


def held(files: tuple[HolderFile, ...]) -> Answer:
    """How many files and rows each holder gave, without those that only repeat others."""
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for file in (one for one in files if not one.is_repeated):
        found[file.holder][0] += 1
        found[file.holder][1] += file.rows
    return {
        holder: {"files": count, "rows": rows} for holder, (count, rows) in sorted(found.items())
    }


def guarantees(life: Life, place: Place) -> list[Answer]:
    """What was bought, until when it is guaranteed, and the document that says so."""
    return [
        {
            **place(one.bill.id),
            "name": one.bill.lines[0].name,
            "gtin": one.bill.lines[0].gtin,
            "bought": one.bill.day.isoformat(),
            "until": one.until.isoformat(),
            "guarantee": place(one.id),
        }
        for one in life.guarantees
    ]


def phone_use(life: Life) -> Answer:
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


def too_high(life: Life) -> list[Answer]:
    """The days on which blood pressure was too high."""
    return [
        {"date": one.day.isoformat(), "systolic": one.systolic, "diastolic": one.diastolic}
        for one in life.pressures
        if one.systolic >= MOST[0] or one.diastolic >= MOST[1]
    ]


def form(life: Life) -> Answer:
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


def moved(life: Life) -> Answer:
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
