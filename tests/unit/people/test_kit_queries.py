"""Queries of the kit where two amounts of about one day coincide: each is counted once."""

from importlib.resources import files
from typing import Final

import pyoxigraph as ox

QUERIES: Final = files("pod.people") / "queries"
DATA: Final = """
PREFIX sd: <https://w3id.org/selfdata/ns#>
PREFIX schema: <https://schema.org/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
PREFIX : <https://pod.example/#>
:receipt1 a sd:Purchase ; sd:date "2026-03-02"^^xsd:date ; sd:total 12.30 ; sd:line :line1 .
:line1 schema:name "Thé" ; sd:total 12.30 .
:receipt2 a sd:Purchase ; sd:date "2026-03-03"^^xsd:date ; sd:total 12.30 ; sd:line :line2 .
:line2 schema:name "Riz" ; sd:total 12.30 .
:card1 a sd:BankTransaction ; sd:date "2026-03-03"^^xsd:date ; sd:amount -12.30 ;
  sd:sourceLabel "CB EPICERIE 02/03" .
:card2 a sd:BankTransaction ; sd:date "2026-03-04"^^xsd:date ; sd:amount -12.30 ;
  sd:sourceLabel "CB EPICERIE 03/03" .
:receipt1 sd:settledBy :card1 . :receipt2 sd:settledBy :card2 .
:care1 a sd:HealthExpense ; sd:date "2026-03-02"^^xsd:date ; sd:total 30.00 .
:back1 a sd:Reimbursement ; sd:reimburses :care1 ; sd:total 19.00 ;
  sd:date "2026-03-09"^^xsd:date ; sd:settledBy :in1 .
:care2 a sd:HealthExpense ; sd:date "2026-03-03"^^xsd:date ; sd:total 30.00 .
:back2 a sd:Reimbursement ; sd:reimburses :care2 ; sd:total 19.00 ;
  sd:date "2026-03-10"^^xsd:date ; sd:settledBy :in2 .
:in1 a sd:BankTransaction ; sd:date "2026-03-09"^^xsd:date ; sd:amount 19.00 .
:in2 a sd:BankTransaction ; sd:date "2026-03-10"^^xsd:date ; sd:amount 19.00 .
"""


def asked(name: str) -> list[tuple[str, ...]]:
    store = ox.Store()
    store.load(DATA.encode(), ox.RdfFormat.TURTLE)
    found = store.query((QUERIES / f"{name}.rq").read_text(encoding="utf-8"))
    return [tuple(value.value for value in row) for row in found]


def test_the_lines_of_a_receipt_are_told_once():
    assert [row[:2] for row in asked("receipts-behind-cards")] == [
        ("CB EPICERIE 02/03", "Thé"),
        ("CB EPICERIE 03/03", "Riz"),
    ]


def test_each_reimbursement_is_received_once():
    assert [row[4:] for row in asked("care-left-to-pay")] == [("1", "1"), ("1", "1")]
