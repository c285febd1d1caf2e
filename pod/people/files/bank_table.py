"""The table of movements of an online bank (BoursoBank): newest first, a decimal comma."""

from typing import Final

from pod.people.files.written import HOLDERS, HolderFile, comma
from pod.people.ledger import Account, Entry

_COLUMNS: Final = (
    "dateOp;dateVal;label;category;categoryParent;supplierFound;amount;comment;accountNum;"
    "accountLabel;accountbalance\n"
)


def bank_table(account: Account) -> HolderFile:
    """The movements of an account."""
    entries = tuple(reversed(account.entries))
    text = _COLUMNS + "".join(_row(account, entry) for entry in entries)
    return HolderFile(
        path=f"banque/{account.name}.csv",
        media_type="text/csv",
        holder=HOLDERS["savings"],
        title="movements of the savings account (CSV)",
        format="boursorama-csv",
        content=("\ufeff" + text).encode(),
        rows=len(entries),
        places={one.payment.id: f"line={rank}" for rank, one in enumerate(entries, start=2)},
    )


def _row(account: Account, entry: Entry) -> str:
    payment = entry.payment
    category = "Intérêts" if payment.nature == "interest" else "Virements internes"
    held = f"{account.closing // 100}.{account.closing % 100:02}"
    return (
        f'{payment.day};{payment.day};"{payment.label}";"{category}";"Mouvements internes";;'
        f'"{comma(payment.cents)}";;{account.number};"{account.label}";{held}\n'
    )
