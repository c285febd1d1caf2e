"""What the columns of a table of marks say: by their names in French and English, or as told."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from importers.contract import Option
from importers.education.written import figure
from importers.table import Row, folded

# What each part of a mark is called at the head of a column, without case, accents and blanks.
_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "course": "matière matières discipline cours module ue ec enseignement libellématière "
        "unitéd'enseignement intituléducours intitulédelamatière subject subjectname course "
        "coursename coursetitle modulename moduletitle",
        "code": "code codematière codeue codecours codemodule coursecode modulecode subjectcode "
        "coursenumber courseno",
        "grade": "note notes noteobtenue notefinale résultat points grade mark marks score result "
        "finalgrade finalmark gradeawarded",
        "scale": "sur barème notesur outof scale maxscore maxpoints maxmark maximumscore",
        "coefficient": "coefficient coefficients coef coeff coef. coeff. poids pondération weight "
        "weighting",
        "class_mean": "moyenneclasse moyennedelaclasse moyclasse moy.classe moyennedugroupe "
        "moyennepromo moyennedelapromotion classmean classaverage groupaverage",
        "lowest": "notemin noteminimale minclasse plusbasse pluspetitenote notelaplusbasse "
        "lowestmark lowestgrade classmin",
        "highest": "notemax notemaximale maxclasse plushaute plusgrandenote notelaplushaute "
        "highestmark highestgrade classmax",
        "date": "date dateévaluation dated'évaluation datedudevoir datedelépreuve examdate "
        "gradedate dateawarded",
        "label": "devoir évaluation épreuve contrôle intitulédudevoir nomdudevoir assignment "
        "assessment exam test assessmentname",
        "term": "période trimestre semestre session term semester period quarter",
        "credits": "ects crédits créditsects credits credithours ectscredits credit",
        "comment": "appréciation appréciations commentaire commentaires observation comment "
        "comments remarks",
        "mean": "moyenne moyenneélève moyennematière moyennedelélève moyennegénérale average mean "
        "courseaverage",
    }
)
_KNOWN: Final = MappingProxyType(
    {folded(name): part for part, names in _NAMES.items() for name in names.split()}
)
PARTS: Final = tuple(_NAMES)
# What the person may say where a column is named otherwise.
_MEANS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "course": ("la matière", "the course"),
        "code": ("le code de la matière", "the code of the course"),
        "grade": ("la note", "the mark"),
        "scale": (
            "le barème, ou un nombre s'il vaut pour toutes",
            "the scale, or a number for all",
        ),
        "coefficient": ("le coefficient", "the coefficient"),
        "class_mean": ("la moyenne de la classe", "the mean of the class"),
        "lowest": ("la plus basse note", "the lowest mark"),
        "highest": ("la plus haute note", "the highest mark"),
        "date": ("la date", "the date"),
        "label": ("l'évaluation", "the assessment"),
        "term": ("la période", "the term"),
        "credits": ("les crédits", "the credits"),
        "comment": ("l'appréciation", "the comment"),
        "mean": ("la moyenne de la matière", "the mean of the course"),
    }
)
COLUMNS: Final = tuple(
    Option(
        name=part,
        fr=f"la colonne qui a {fr}",
        en=f"the column that has {en}",
        example="20" if part == "scale" else _NAMES[part].split()[0],
    )
    for part, (fr, en) in _MEANS.items()
)
# A table with one of these is of money, whatever codes and notes it has beside them.
_OF_MONEY: Final = frozenset(
    ["amount", "montant", "payee", "debit", "solde", "balance", "currency", "devise"]
)
_FIGURE = re.compile(r"[-+]?\d[\d.,/-]*", re.ASCII)
_NUMBER = re.compile(r"\d{1,6}(?:[.,]\d{1,3})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each part of a mark stands in a table, and the scale of all marks where it is told."""

    places: Mapping[str, int]
    names: tuple[str, ...]
    scale: Decimal | None
    unknown: tuple[str, ...]

    @property
    def width(self) -> int:
        return len(self.names)

    def cell(self, row: Row, part: str) -> str:
        place = self.places.get(part, self.width)
        return row.cells[place] if place < len(row.cells) else ""

    def figure(self, row: Row, part: str) -> Decimal | None:
        """The number under a column, None where it is empty. Raises ValueError that names it."""
        text = self.cell(row, part)
        try:
            return figure(text) if text else None
        except ValueError as error:
            raise ValueError(f"column `{self.names[self.places[part]]}`: {error}") from error


def columns_of(row: Row, said: Mapping[str, str]) -> Columns | None:
    """The columns that a row names, if it is the one that names those of marks.

    `said` has the names of columns that the person tells, by part, which go before what a name
    would say; `scale` may be a number there. None for a row that has no course or no mark, for one
    that names amounts unless the person says a column, and for one with a figure or a day in it: a
    row of the table may have run into that of its names.
    """
    if any(_FIGURE.fullmatch(cell) for cell in row.cells):
        return None
    told = {folded(name): part for part, name in said.items() if part in PARTS}
    if not told and any(folded(cell) in _OF_MONEY for cell in row.cells):
        return None
    places: dict[str, int] = {}
    for place, cell in enumerate(row.cells):
        part = told.get(folded(cell)) or _KNOWN.get(folded(cell), "")
        if part and not (part in said and folded(cell) not in told):
            places.setdefault(part, place)
    if "grade" not in places and "mean" in places:
        places["grade"] = places.pop("mean")  # a report that has no marks but the means
    if "grade" not in places or not places.keys() & {"course", "code"}:
        return None
    taken = set(places.values())
    unknown = tuple(cell for n, cell in enumerate(row.cells) if cell and n not in taken)
    return Columns(MappingProxyType(places), row.cells, _scale(said), unknown)


def unheard(said: Mapping[str, str], columns: Columns) -> Iterator[str]:
    """The columns that the person named and that the table does not have."""
    for part, name in said.items():
        if part in PARTS and part not in columns.places and not (part == "scale" and columns.scale):
            yield name


def _scale(said: Mapping[str, str]) -> Decimal | None:
    text = said.get("scale", "")
    return figure(text) if _NUMBER.fullmatch(text) else None
