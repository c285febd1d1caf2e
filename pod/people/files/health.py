"""What the health insurance and the mutual say they paid back: a text, and a table."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from pod.people.care import MUTUAL, STATE
from pod.people.events import Reimbursement
from pod.people.files import pdf
from pod.people.files.written import HOLDERS, HolderFile, comma
from pod.people.home import Home

_TITLES: Final = (
    f"{'Date':<12}{'Bénéficiaire':<16}{'Nature des soins':<30}{'Montant payé':>14}{'Base':>12}"
    f"{'Taux':>8}{'Montant remboursé':>20}"
)
_COLUMNS: Final = "Date de soins;Bénéficiaire;Acte;Base;Remboursement mutuelle;Date de paiement\r\n"


def statements(home: Home, all_of_it: tuple[Reimbursement, ...]) -> tuple[HolderFile, ...]:
    """The statements of both bodies, a text or a PDF a year and one table."""
    state = sorted((one for one in all_of_it if one.body == STATE), key=_order)
    mutual = sorted((one for one in all_of_it if one.body == MUTUAL), key=_order)
    years = groupby(state, key=lambda one: one.paid.year)
    form = _pdf if home.states_in_pdf else _text
    found = tuple(form(year, list(group)) for year, group in years)
    return (*found, _table(mutual)) if mutual else found


def _order(one: Reimbursement) -> tuple[str, str, str]:
    return one.paid.isoformat(), one.care.day.isoformat(), one.id


@dataclass(frozen=True, slots=True)
class _Statement:
    """The lines of a year, rows below their transfer, and which line each row is, from 1 on.

    `gap` stands above each transfer: a page of a PDF has no lines without words.
    """

    lines: tuple[str, ...]
    rows: tuple[tuple[Reimbursement, int], ...]

    @classmethod
    def of(cls, year: int, rows: list[Reimbursement], *gap: str) -> "_Statement":
        lines, found = ["CPAM EXEMPLE", f"Relevé de remboursements {year}", *gap, _TITLES], []
        for day, group in groupby(rows, key=lambda one: one.paid):
            several = list(group)
            total = comma(sum(one.cents for one in several))
            lines += [*gap, f"Virement du {day:%d/%m/%Y} de {total} €"]
            for one in several:
                lines.append(_row(one))
                found.append((one, len(lines)))
        return cls(tuple(lines), tuple(found))

    def places(self, at: Callable[[int], str]) -> dict[str, str]:
        """Where each reimbursement and its care stand, which are one row."""
        ids = ((one, id_) for one in self.rows for id_ in (one[0].id, one[0].care.id))
        return {id_: at(number) for (_, number), id_ in ids}


def _text(year: int, rows: list[Reimbursement]) -> HolderFile:
    """The text of a statement, as `pdftotext -layout` gives it."""
    statement = _Statement.of(year, rows, "")
    return HolderFile(
        path=f"sante/releve-cpam-{year}.txt",
        media_type="text/plain",
        holder=HOLDERS["state"],
        title="health insurance statement (text)",
        format="reimbursement-statement",
        content=("\n".join(statement.lines) + "\n").encode(),
        rows=len(rows),
        places=statement.places(lambda number: f"line={number}"),
    )


def _pdf(year: int, rows: list[Reimbursement]) -> HolderFile:
    """The statement itself."""
    statement = _Statement.of(year, rows)
    return HolderFile(
        path=f"sante/releve-cpam-{year}.pdf",
        media_type="application/pdf",
        holder=HOLDERS["state"],
        title="health insurance statement (PDF)",
        format="reimbursement-statement",
        content=pdf.document(statement.lines),
        rows=len(rows),
        places=statement.places(pdf.place),
    )


def _row(one: Reimbursement) -> str:
    care = one.care
    amounts = f"{comma(care.charged) + ' €':>14}{comma(care.base) + ' €':>12}"
    return (
        f"{care.day:%d/%m/%Y}  {care.given.upper():<16}{care.label:<30}{amounts}"
        f"{f'{care.rate} %':>8}{comma(one.cents) + ' €':>20}"
    )


def _table(rows: list[Reimbursement]) -> HolderFile:
    """What the mutual gives: no row says what was paid for the care, only its base."""
    text = _COLUMNS + "".join(
        f"{one.care.day:%d/%m/%Y};{one.care.given.upper()};{one.care.label};"
        f"{comma(one.care.base)};{comma(one.cents)};{one.paid:%d/%m/%Y}\r\n"
        for one in rows
    )
    return HolderFile(
        path="sante/remboursements-mutuelle.csv",
        media_type="text/csv",
        holder=HOLDERS["mutual"],
        title="reimbursements of the mutual (CSV)",
        format="reimbursement-csv",
        content=text.encode("cp1252"),
        rows=len(rows),
        places={one.id: f"line={rank}" for rank, one in enumerate(rows, start=2)},
    )
