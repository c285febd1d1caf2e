"""Marks of a pupil as the school's platform (EcoleDirecte) loads them: a file a school year."""

from itertools import groupby

from pod.people.events import Mark
from pod.people.files.written import HOLDERS, HolderFile, in_json
from pod.people.school import SUBJECTS

_ORDINALS = ("1er", "2ème", "3ème")


def marks(all_of_them: tuple[Mark, ...]) -> tuple[HolderFile, ...]:
    """Each school year: its terms with their means, and its marks by the day."""
    years = groupby(all_of_them, key=lambda one: one.year)
    return tuple(_file(year, list(group)) for year, group in years)


def mean(several: list[Mark]) -> int:
    """The mean of marks by their weights, in hundredths, rounded half up."""
    weight = sum(one.weight for one in several)
    return (2 * sum(one.halves * one.weight * 50 for one in several) + weight) // (2 * weight)


def hundredths(value: int) -> str:
    """As a school writes it: 14,50."""
    return f"{value // 100},{value % 100:02}"


def _file(year: int, several: list[Mark]) -> HolderFile:
    terms = [_term(n, list(group)) for n, group in groupby(several, key=lambda one: one.term)]
    by_day = sorted(several, key=lambda one: (one.day, one.number))
    means = sum(1 for _ in {(one.term, one.subject) for one in several})
    content = {"code": 200, "data": {"periodes": terms, "notes": [_mark(one) for one in by_day]}}
    return HolderFile(
        path=f"ecole/notes-{year}-{year + 1}.json",
        media_type="application/json",
        holder=HOLDERS["school"],
        title="marks of a school year (JSON)",
        format="ecole-directe",
        content=in_json(content, 3),
        rows=len(several) + means,
        places={one.id: str(one.number) for one in several},
    )


def _term(number: int, several: list[Mark]) -> dict[str, object]:
    return {
        "codePeriode": f"A00{number}",
        "periode": f"{_ORDINALS[number - 1]} Trimestre",
        "annuel": False,
        "ensembleMatieres": {
            "moyenneGenerale": "",
            "disciplines": [
                {
                    "codeMatiere": SUBJECTS[subject][1],
                    "discipline": SUBJECTS[subject][0],
                    "moyenne": hundredths(mean(list(group))),
                    "coef": 1,
                }
                for subject, group in groupby(several, key=lambda one: one.subject)
            ],
        },
    }


def _mark(one: Mark) -> dict[str, object]:
    name, code, _ = SUBJECTS[one.subject]
    return {
        "id": one.number,
        "devoir": f"Contrôle {one.number % 1000}",
        "codePeriode": f"A00{one.term}",
        "codeMatiere": code,
        "libelleMatiere": name,
        "coef": str(one.weight),
        "noteSur": "20",
        "valeur": hundredths(one.halves * 50),
        "date": one.day.isoformat(),
        "moyenneClasse": f"{one.mean // 10},{one.mean % 10}",
    }
