"""What each service has to find in a household, by its number; those that data cannot answer lack.

SVC-13 asks who near the person has an illness, and answers only when she and others want it: no
file of one household says who is near. SVC-27 lends data for money: what it finds is what other
queries find, and what it needs besides is a contract, which is a grant and no data. SVC-21 is
SVC-01 with SVC-20.

Of some services a part asks others, and is not here: neighbours' means (SVC-08), the scores that
others give (SVC-11), and who buys together (SVC-12). What needs open data or a choice of the person
goes by an example (SVC-16, SVC-17, SVC-19).
"""

from decimal import Decimal
from typing import Final

from pod.people.files.written import HolderFile
from pod.people.life import Life
from pod.people.services_choices import (
    appliance_off,
    posts_by_choice,
    prices_applied,
    rides_earlier,
    score,
    to_work_on,
)
from pod.people.services_energy import (
    bills_and_carbon,
    carbon_by_year,
    energy_by,
    journeys,
    kwh,
    month_of,
    prices,
    year_of,
)
from pod.people.services_money import budget, contracts, loan, most_visited, points, recurring, wage
from pod.people.services_person import (
    care_budget,
    form,
    guarantees,
    held,
    means,
    moved,
    phone_use,
    too_high,
)
from pod.people.truths import Answer, Place

_LOAN: Final = (Decimal(12000), Decimal("4.20"), 60)
"""An example: euros, per cent a year, months."""


def services(life: Life, files: tuple[HolderFile, ...], place: Place) -> Answer:
    """The answers, by the number of the service."""
    return {
        "SVC-01": budget(life),
        "SVC-02": loan(life, *_LOAN),
        "SVC-03": recurring(life),
        "SVC-04": care_budget(life, place),
        "SVC-05": most_visited(life),
        "SVC-06": too_high(life),
        "SVC-07": means(life),
        "SVC-08": appliance_off(life),
        "SVC-09": held(files),
        "SVC-10": {"prices": prices(life), "applied": prices_applied(life)},
        "SVC-11": score(life),
        "SVC-12": {year: kwh(halves) for year, halves in energy_by(life, year_of).items()},
        "SVC-14": guarantees(life, place),
        "SVC-15": carbon_by_year(life),
        "SVC-16": rides_earlier(life),
        "SVC-17": to_work_on(life),
        "SVC-18": {month: kwh(halves) for month, halves in energy_by(life, month_of).items()},
        "SVC-19": posts_by_choice(life),
        "SVC-20": journeys(life),
        "SVC-22": phone_use(life),
        "SVC-23": bills_and_carbon(life),
        "SVC-24": wage(life),
        "SVC-25": form(life),
        "SVC-26": moved(life),
        "SVC-28": points(life),
        "SVC-29": contracts(life),
    }
