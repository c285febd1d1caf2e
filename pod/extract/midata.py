"""Movements as a table that anybody reads: date, type, what for, how much, what was left.

The columns are those of the files that British banks gave under midata, with the account and the
currency beside them; in French they have French names. Amounts have a point and their sign.
"""

from collections.abc import Iterable, Iterator, Mapping

from pod.extract.statements import Statement
from pod.http.cells import MEDIA_TYPE, table, text
from vocab.glossary import glossary
from vocab.names import SDC

__all__ = ["MEDIA_TYPE", "midata"]

HEADS: Mapping[str, tuple[str, ...]] = {
    "en": (
        "Date",
        "Type",
        "Merchant/Description",
        "Debit/Credit",
        "Balance",
        "Currency",
        "Account",
    ),
    "fr": ("Date", "Type", "Libellé", "Débit/Crédit", "Solde", "Devise", "Compte"),
}


def midata(statements: Iterable[Statement], language: str) -> bytes:
    """The table, the latest movement first in each account; `language` is "fr" or "en"."""
    return table(HEADS[language], (row for one in statements for row in _rows(one, language)))


def _rows(statement: Statement, language: str) -> Iterator[tuple[str, ...]]:
    for one in reversed(statement.movements):
        kind = glossary().get(SDC.NS + one.nature)
        yield (
            one.day.isoformat(),
            kind.label[language] if kind else "",
            text(one.label),
            f"{one.amount:f}",
            "" if one.balance is None else f"{one.balance:f}",
            one.currency,
            text(statement.name or statement.number),
        )
