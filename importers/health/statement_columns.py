"""The columns of a reimbursement statement: what its header calls them, and which amount is whose.

Each fund and each mutual insurer orders and names its columns in its own way, and the text of a
PDF has no cells. So the header is read for the words it is made of, with the place of each, and an
amount of a row belongs to the column by its order, where no cell is empty, else by its place.
Where neither says it, the row is not read: an amount is never guessed into a column.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from importers.text import unaccented

DATE: Final = "date"
PAYMENT_DATE: Final = "payment"
PAID: Final = "paid"
BASE: Final = "base"
RATE: Final = "rate"
PAID_BACK: Final = "paid back"
OTHER: Final = "other"
REST: Final = "rest"
ACT: Final = "act"
PERSON: Final = "person"
RECIPIENT: Final = "recipient"
UNUSED: Final = "unused"

AMOUNTS: Final = frozenset({PAID, BASE, PAID_BACK, OTHER, REST, UNUSED})
TEXTS: Final = frozenset({ACT, PERSON, RECIPIENT})

_OF = r"(?:\s(?:de la|de l'|des|de|du|par la|par le|par|a la|votre)\b)?\s?"
_BACK = (
    r"(?:rembourse(?:ment)?s?|remb\b\.?|rbts?\b\.?|verse(?:ment)?s?|regle(?:ment)?s?|part"
    r"|prise en charge)"
)
_OBLIGATORY = (
    r"(?:s\.?s\.?|ro|r\.o\.?|amo|cpam|secu(?:rite sociale)?|(?:l')?assurance maladie"
    r"|regime obligatoire|obligatoire)(?![a-z])"
)
_COMPLEMENTARY = (
    r"(?:mutuelle|mgen|harmonie(?: mutuelle)?|rc|r\.c\.?|amc|complementaire(?: sante)?"
    r"|regime complementaire|organisme)(?![a-z])"
)
_REMBOURSEMENT = r"(?:remboursement|remb\b\.?)"
_PAYMENT_DATE = (
    r"date (?:de |du )?(?:paiement|reglement|remboursement|virement|versement|traitement)"
    r"|(?:paye|regle|rembourse|verse) le\b"
)
_PAID = (
    r"(?:montant|frais|somme)s?\s(?:payee?s?|depensee?s?|engagee?s?|facturee?s?|reels?"
    r"|des? (?:la )?(?:depenses?|soins|frais))|depenses?(?: engagees?| reelles?)?|honoraires"
    r"|paye\b|prix\b"
)
_ACT = (
    rf"(?:nature|libelle|designation|type){_OF}(?:l'acte|actes?|soins?|prestations?)?"
    r"|actes?(?: medica(?:l|ux))?|prestations?|soins?|professionnels?(?: de sante)?"
)
# What a title is called, unaccented: the first that matches at a place holds.
_TITLES: Final = (
    (PAYMENT_DATE, _PAYMENT_DATE),
    (DATE, r"dates?\b(?:\s(?:des?|du|de l'|d')\s?(?:soins?|actes?|prestations?))?|soins du\b"),
    (REST, r"reste a (?:votre |ma )?charge|reste a payer|reste du|rac\b"),
    (
        UNUSED,
        r"depassements?(?: d'honoraires)?|ticket moderateur|quantite|qte\b|nombre|coefficient",
    ),
    (RATE, rf"taux(?:\s(?:de|du)\s{_REMBOURSEMENT})?|tx\b"),
    (BASE, rf"(?:montant )?base(?:\s(?:de|du)\s{_REMBOURSEMENT})?(?:\s{_OBLIGATORY})?|brss?\b"),
    (BASE, r"tarif(?:\s(?:de|du)\s(?:convention|responsabilite|reference)| conventionnel)?"),
    (OTHER, rf"(?:montant )?{_BACK}{_OF}{_OBLIGATORY}|{_OBLIGATORY}"),
    (PAID_BACK, rf"(?:montant )?{_BACK}(?:{_OF}{_COMPLEMENTARY})?|{_COMPLEMENTARY}"),
    (PAID, _PAID),
    (PERSON, r"beneficiaires?|assures?|patients?|prenoms?|nom\b"),
    (RECIPIENT, r"destinataires?|(?:paye|regle|verse) a\b|tiers payant"),
    (ACT, _ACT),
)
_TITLE = re.compile("|".join(f"(?P<t{n}>{words})" for n, (_, words) in enumerate(_TITLES)))
_LETTERS = re.compile(r"[a-z]")
_CELLS = re.compile(r"\S+(?: \S+)*")
# A sentence has many other words; a header has few.
_MOST_OTHER_LETTERS = 0.3
_LEAST_TITLES = 3
# How far from the title of its column an amount may stand, in characters.
_FAR = 6


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what it holds, and from where to where its title stands in the line."""

    kind: str
    start: int
    end: int

    def distance(self, start: int, end: int) -> int:
        """How far what stands from `start` to `end` is from the title; 0 where they overlap."""
        return max(self.start - end, start - self.end, 0)


def columns_of(lines: Sequence[str]) -> tuple[Column, ...]:
    """The columns that a header names, which may be in two or three lines; () for other lines."""
    found = tuple(_titles(lines[0])) if len(lines) == 1 else tuple(_titles_of_cells(lines))
    return found if _is_header([column.kind for column in found]) else ()


def kinds_of(cells: Sequence[str]) -> tuple[str | None, ...]:
    """What each column of a table holds, by the cells of its header; () for any other row.

    None is for a column whose title says nothing that is known here.
    """
    firsts = [next(_titles(cell), None) for cell in cells]
    kinds = tuple(first.kind if first else None for first in firsts)
    known = [kind for kind in kinds if kind]
    return kinds if _is_header(known) and {PAID, BASE} & set(known) else ()


def _is_header(kinds: Sequence[str]) -> bool:
    return (
        len(kinds) >= _LEAST_TITLES
        and bool({DATE, PAYMENT_DATE} & set(kinds))
        and bool({PAID_BACK, OTHER} & set(kinds))
        and len(set(kinds)) == len(kinds)
    )


def assigned(
    columns: Sequence[Column], spans: Sequence[tuple[int, int]]
) -> tuple[Column, ...] | None:
    """The column of each span of a row, which are in order; None where it cannot be told."""
    if len(spans) == len(columns) or not columns:
        return tuple(columns) if len(spans) == len(columns) else None
    found: list[Column] = []
    for start, end in spans:
        near, *next_best = sorted(columns, key=lambda column: column.distance(start, end))[:2]
        distance = near.distance(start, end)
        if distance > _FAR or any(one.distance(start, end) == distance for one in next_best):
            return None
        if found and near.start <= found[-1].start:
            return None
        found.append(near)
    return tuple(found)


def _titles(line: str) -> Iterator[Column]:
    """The titles in a line that has little else."""
    plain = unaccented(line)
    found = list(_TITLE.finditer(plain))
    letters = len(_LETTERS.findall(plain))
    titled = sum(len(_LETTERS.findall(one.group())) for one in found)
    if letters - titled <= _MOST_OTHER_LETTERS * letters and not re.search(r"\d{2}", plain):
        yield from (Column(_kind(one), one.start(), one.end()) for one in found)


def _titles_of_cells(lines: Sequence[str]) -> Iterator[Column]:
    """The titles whose words stand under one another; nothing where a cell has none."""
    cells: list[tuple[int, int, str]] = []
    for line in lines:
        for found in _CELLS.finditer(line):
            _join(cells, found.start(), found.end(), found.group())
    for start, end, words in sorted(cells):
        titles = tuple(_titles(words))
        if not titles:
            return
        yield Column(titles[0].kind, start, end)


def _join(cells: list[tuple[int, int, str]], start: int, end: int, words: str) -> None:
    """Puts words to the cell above them, or makes a new one."""
    for place, (left, right, above) in enumerate(cells):
        if start < right and left < end:
            cells[place] = (min(left, start), max(right, end), f"{above} {words}")
            return
    cells.append((start, end, words))


def _kind(found: re.Match[str]) -> str:
    name = found.lastgroup or ""
    return _TITLES[int(name[1:])][0]
