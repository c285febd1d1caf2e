"""Receipts of a shop as JSON, in the format of Kivra, which the person gets one by one."""

from datetime import timedelta
from typing import Final

from pod.people.events import Line, Receipt
from pod.people.files.written import HOLDERS, HolderFile, euros, in_json
from pod.people.holidays import is_summer_time

_TAX: Final = 5.5  # per cent, in the prices


def receipt(one: Receipt) -> HolderFile:
    """One receipt as its file."""
    return HolderFile(
        path=f"epicerie/ticket-{one.day:%Y%m%d}-{one.number}.json",
        media_type="application/json",
        holder=HOLDERS["grocer"],
        title="receipt (JSON)",
        format="kivra-receipt",
        content=in_json(_receipt(one)),
        rows=1 + len(one.lines),
        places={one.id: str(one.number)},
    )


def _receipt(one: Receipt) -> dict[str, object]:
    offset = 2 if is_summer_time(one.day) else 1
    local = one.at + timedelta(hours=offset)
    discount = sum(line.discount for line in one.lines)
    totals: list[dict[str, object]] = [{"type": "gross", "amount": number(one.cents + discount)}]
    if discount:
        totals.append({"type": "discount", "amount": number(discount)})
    totals.append({"type": "paid", "amount": number(one.cents)})
    return {
        "business_unit": {"name": "Epicerie du Marché", "organization_number": "123 456 789"},
        "sales_recording_system": {"id": "3"},
        "receipt_identifier": {"sequence_number": one.number},
        "time_of_purchase": f"{local:%Y-%m-%dT%H:%M:%S}+0{offset}:00",
        "currency": "EUR",
        "totals": totals,
        "items": [_item(rank, line) for rank, line in enumerate(one.lines, start=1)],
        "payments": [
            {
                "tender": {"type": "creditdebit", "card_acceptor_name": "EPICERIE DU MARCHE"},
                "amount_applied_to_bill": number(one.cents),
                "amount": number(one.cents),
            }
        ],
    }


def _item(rank: int, line: Line) -> dict[str, object]:
    unit = number(line.price // 100)
    discount = {"extended_discount_amount": number(line.discount)} if line.discount else {}
    return {
        "type": "sale",
        "identifiers": [{"identifier_type": "gtin", "value": line.gtin}],
        "description": line.name,
        "quantity": {"value": line.quantity, "entry_method": "scanned", "unit": "ea"},
        "regular_sales_unit_price": unit,
        "actual_sales_unit_price": unit,
        **discount,
        "extended_amount": number(line.cents),
        "extended_gross_amount": number(line.cents + line.discount),
        "tax_percentage": _TAX,
        "sequence_number": rank,
    }


def number(cents: int) -> float:
    """An amount as JSON has it."""
    return float(euros(cents))
