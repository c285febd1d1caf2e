"""Three synthetic households against their answer sheets: no false link, and none missed."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

import pytest
from true_links import records_of_household

from pod.matching.match import Standing
from pod.matching.matched import matched
from pod.people.home import EVENTS, Span, home
from pod.people.made import made
from vocab.graph import Node
from vocab.names import SD

STORAGE = "https://pod.example/ana/"
SPAN = Span.of(date(2024, 1, 1), 1)
MONTHS = Span(first=date(2024, 1, 1), days=90)
LINKS = (SD.settledBy, SD.reimburses, SD.invoicedIn)


def stated(nodes: Mapping[str, Node]) -> set[tuple[str, str]]:
    """The links that holders state themselves."""
    return {(i, v.value) for i, n in nodes.items() for name in LINKS for v in n.get(name, ())}


@pytest.mark.parametrize(("seed", "number"), [(7, 2), (11, 1), (23, 4)])
def test_no_link_is_false_and_none_is_missed(seed: int, number: int):
    """Nothing that is wrong on purpose has to be left out."""
    whole = made(home(seed, number, SPAN, frozenset(EVENTS)))
    records = records_of_household(whole, STORAGE)
    true = records.true_links(whole.answers)
    found = matched(records.items)
    linked = {one.pair for one in found.matches if one.is_linked}
    proposed = {one.pair for one in found.matches if one.standing is Standing.PROPOSED}
    assert linked | proposed <= true.keys()
    missed = {
        pair: kind for pair, kind in true.items() if pair not in linked | stated(records.nodes)
    }
    assert missed == {}
    kinds = Counter(true[pair] for pair in linked)
    assert kinds["Purchase settledBy"] > 40
    assert kinds["Reimbursement settledBy"] > 10
    assert kinds["Reimbursement reimburses"] > 5
    assert kinds["HealthExpense relatedTo"] > 3
    assert kinds["Consumption invoicedIn"] == len(whole.life.gas) + len(whole.life.water)
    assert kinds["BankTransaction transfer"] > 10
    assert kinds["BankTransaction dueOf"] > 10
    assert kinds["PointsMovement relatedTo"] > 40
    assert kinds["Membership settledBy"] == 1
    assert kinds["Trip settledBy"] > len(whole.life.rides)
    assert kinds["Document relatedTo"] == len(whole.life.guarantees) > 0


def test_the_order_of_the_records_changes_nothing():
    items = records_of_household(made(home(7, 1, MONTHS)), STORAGE).items
    assert matched(items) == matched(reversed(items)) == matched(items[100:] + items[:100])
