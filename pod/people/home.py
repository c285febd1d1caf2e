"""Who lives where, and how: what a household is before anything happens to it."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from pod.people.chance import Chance
from pod.people.weather import REGIONS

GIVEN: Final = (
    "Alma",
    "Anouk",
    "Basile",
    "Camille",
    "Célestin",
    "Diane",
    "Édith",
    "Élie",
    "Fanny",
    "Gaspard",
    "Inès",
    "Jules",
    "Lison",
    "Malo",
    "Nora",
    "Octave",
    "Paule",
    "Quentin",
    "Rémi",
    "Salomé",
    "Théo",
    "Ulysse",
    "Violette",
    "Yanis",
    "Zoé",
)
FAMILY: Final = (
    "Aubépin",
    "Bellerive",
    "Chantelou",
    "Desforges",
    "Estival",
    "Fontarel",
    "Grandval",
    "Hautecour",
    "Lormont",
    "Marsolan",
    "Noirmont",
    "Orvigny",
    "Pontcallec",
    "Quincerot",
    "Saintonge",
    "Tournemine",
    "Valmont",
)
STREETS: Final = (
    "rue des Tilleuls",
    "quai du Vieux Port",
    "avenue des Écoles",
    "place du Marché",
    "chemin des Vignes",
    "boulevard du Théâtre",
)
_POSTCODES: Final = {"Lyon": "69006", "Lille": "59000", "Rennes": "35000", "Marseille": "13002"}
EVENTS: Final = ("moving", "baby")
ANOMALIES: Final = (
    "doubled-debit",
    "bill-beside-curve",
    "unannounced-price-rise",
    "missing-reimbursement",
    "estimated-then-corrected",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The time that is told of: `days` days from `first`."""

    first: date
    days: int

    @property
    def last(self) -> date:
        return self.first + timedelta(days=self.days - 1)

    @classmethod
    def of(cls, first: date, years: int) -> "Span":
        """So many years from a day, which is no 29 February."""
        return cls(first=first, days=(first.replace(year=first.year + years) - first).days)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One of a household. `is_adult` earns a wage."""

    given: str
    family: str
    born: date
    is_adult: bool

    @property
    def name(self) -> str:
        return f"{self.given} {self.family}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dwelling:
    """A home from `first` to `last`, both included; `meter` is its point of delivery.

    `gas_meter` is that of gas, which then heats it, and "" where it has none.
    """

    street: str
    postcode: str
    city: str
    surface: int
    rent: int
    meter: str
    gas_meter: str
    contract: str
    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """A household. `anomalies` are the kinds of what will be wrong in it, `events` what befalls it.

    `pays_by_instalments` is how it pays for electricity; otherwise it pays each bill. Its bank
    `writes_camt`, or else OFX; its operator `itemises` bills, or else gives a log of calls; its
    health insurance `states_in_pdf`, or else in a text.
    """

    seed: int
    number: int
    span: Span
    people: tuple[Person, ...]
    dwellings: tuple[Dwelling, ...]
    wages: tuple[int, ...]
    pays_by_instalments: bool
    writes_camt: bool
    itemises: bool
    states_in_pdf: bool
    events: frozenset[str]
    anomalies: frozenset[str]
    baby: date | None = None
    """When a child is born, the last one of `people`."""

    @property
    def person(self) -> Person:
        """Whose pod it is."""
        return self.people[0]

    def living(self, day: date) -> tuple[Person, ...]:
        """Who is born by then."""
        return self.people[:-1] if self.baby and day < self.baby else self.people

    def chance(self, part: str) -> Chance:
        """The choices of a part of its life, which none of another part changes."""
        return Chance(self.seed, self.number, part)

    def dwelling(self, day: date) -> Dwelling:
        """Where it lives on a day."""
        return next(one for one in self.dwellings if day <= one.last)


def home(seed: int, number: int, span: Span, events: frozenset[str] = frozenset()) -> Home:
    """The household of that number; it does not depend on how many others are made."""
    chance = Chance(seed, number, "home")
    adults = 1 + chance.happens(0.65)
    children = chance.below(3) if adults > 1 else chance.below(2)
    family = chance.pick(FAMILY)
    people: list[Person] = []
    for rank in range(adults + children):
        free = [name for name in GIVEN if all(one.given != name for one in people)]
        people.append(_person(chance, (chance.pick(free), family), span, is_adult=rank < adults))
    baby = _some_day(chance, span) if "baby" in events else None
    if baby:
        free = [name for name in GIVEN if all(one.given != name for one in people)]
        born = _person(chance, (chance.pick(free), family), span, is_adult=False)
        people.append(replace(born, born=baby))
    wages = tuple(chance.between(1650, 3400) * 100 for _ in range(adults))
    return Home(
        seed=seed,
        number=number,
        span=span,
        people=tuple(people),
        dwellings=_dwellings(chance, span, len(people), moves="moving" in events),
        wages=wages,
        pays_by_instalments=chance.happens(0.5),
        writes_camt=chance.happens(0.4),
        events=events,
        anomalies=frozenset(kind for kind in ANOMALIES if chance.happens(0.7)),
        itemises=chance.happens(0.4),
        states_in_pdf=chance.happens(0.5),
        baby=baby,
    )


def _person(chance: Chance, name: tuple[str, str], span: Span, *, is_adult: bool) -> Person:
    age = chance.between(27, 55) if is_adult else chance.between(6, 16)
    born = span.first - timedelta(days=age * 365 + chance.below(365))
    return Person(given=name[0], family=name[1], born=born, is_adult=is_adult)


def _some_day(chance: Chance, span: Span) -> date:
    """A day in the middle half of the time."""
    return span.first + timedelta(days=span.days // 4 + chance.below(max(span.days // 2, 1)))


def _dwellings(chance: Chance, span: Span, people: int, *, moves: bool) -> tuple[Dwelling, ...]:
    region = chance.pick(REGIONS)
    left = _some_day(chance, span) if moves else span.last
    first = _dwelling(chance, region, people, (span.first, left))
    if not moves:
        return (first,)
    after = (left + timedelta(days=1), span.last)
    return first, _dwelling(chance, chance.pick(REGIONS), people + 1, after)


def _dwelling(chance: Chance, city: str, people: int, time: tuple[date, date]) -> Dwelling:
    surface = chance.between(26, 38) + people * chance.between(12, 20)
    return Dwelling(
        street=f"{chance.between(1, 90)} {chance.pick(STREETS)}",
        postcode=_POSTCODES[city],
        city=city,
        surface=surface,
        rent=surface * chance.between(980, 1450),
        meter=f"0{chance.digits(13)}",
        gas_meter=f"2{chance.digits(13)}" if chance.happens(0.45) else "",
        contract=chance.digits(10),
        first=time[0],
        last=time[1],
    )
