from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.contract import Covers, Key, Record, Ref
from pod.intake.tombstones import buried
from tests.unit.intake.house import ACCOUNT, House, counts, other, payment, values
from vocab.shapes import validate

MARCH = "data/bank/banque/compte-1/2024/2024-03.ttl"
DAYS = [date(2024, 3, number) for number in (4, 5, 6)]
LABELS = ["CB CAFE", "CB EPICERIE", "VIR LOYER"]
MOVEMENTS = st.lists(
    st.tuples(
        st.sampled_from(DAYS), st.sampled_from(["-2", "-2.5", "900"]), st.sampled_from(LABELS)
    ),
    max_size=8,
)


def by_label(day, amount, label, **more):
    """A movement as a table has it: without an id."""
    return payment(0, amount, on=day, label=label, **more)


def by_id(number, day, amount, label):
    """The same as a statement has it: with an id, and with words of its own."""
    return payment(number + 1, amount, on=day, label=f"PAIEMENT {label.title()}")


def takes(house, format_, *items, **said):
    house.format = format_
    return house.take(*items, **said)


def movements(house):
    """The movements that a house holds, each by its day and amount."""
    facts = {
        (t.subject, t.predicate.value.rpartition("#")[2]): t.object.value
        for path, graph in house.held.items()
        if path.startswith("data/bank/")
        for t in graph
    }
    found = [about for about, name in facts if name == "amount"]
    return Counter((facts[about, "date"], facts[about, "amount"]) for about in found)


def expected(said):
    return Counter((str(day), amount) for day, amount, _ in said)


class TestOneMovementInTwoFormats:
    def house(self, *said):
        house = House()
        takes(house, "csv", *(by_label(*one) for one in said))
        return house

    def test_what_another_format_told_of_is_the_same_and_its_statement_stays(self):
        house = self.house((DAYS[0], "-2", "CB CAFE"))
        before = house.held[MARCH]
        done, written = takes(house, "ofx", by_id(0, DAYS[0], "-2", "CB CAFE"))
        assert counts(done) == (1, 0, 1, 0, 0)
        assert before < written[MARCH]
        added = written[MARCH] - before
        assert {t.subject.value.rpartition("#")[2] for t in added} == {"id-REF1"}
        assert sorted(t.predicate.value.rpartition("#")[2] for t in added) == [
            "alternateOf",
            "recordDigest",
            "sourceLocator",
            "wasGeneratedBy",
        ]
        (remark,) = done.problems
        assert (remark.row, remark.message.split()[0]) == (False, "1")
        assert validate(written[MARCH]) == ()

    def test_of_two_coffees_of_a_day_one_that_the_other_source_has_not_is_new(self):
        coffee = (DAYS[0], "-2", "CB CAFE")
        house = self.house(coffee)
        both = [by_id(number, *coffee) for number in (0, 1)]
        assert counts(takes(house, "ofx", *both)[0]) == (2, 1, 1, 0, 0)
        assert counts(takes(house, "csv", by_label(*coffee), by_label(*coffee))[0]) == (
            2,
            0,
            2,
            0,
            0,
        )
        assert movements(house) == expected([coffee, coffee])

    def test_of_several_that_could_be_it_the_one_of_like_words_is(self):
        house = self.house((DAYS[0], "-2", "CB CAFE"), (DAYS[0], "-2", "VIR LOYER"))
        takes(house, "ofx", by_id(0, DAYS[0], "-2", "VIR LOYER"))
        (first,) = values(house.held[MARCH], "id-REF1", "alternateOf")
        assert values(house.held[MARCH], first.rpartition("#")[2], "sourceLabel") == ["VIR LOYER"]

    def test_a_reference_in_common_says_more_than_words(self):
        def with_reference(record, text):
            return replace(record, fields=(*record.fields, ("sd:paymentReference", text)))

        house = House()
        rows = (by_label(DAYS[0], "-2", label) for label in LABELS[:2])
        takes(house, "csv", *map(with_reference, rows, ["A1", "B2"]))
        takes(house, "ofx", with_reference(by_id(0, DAYS[0], "-2", LABELS[0]), "B2"))
        (first,) = values(house.held[MARCH], "id-REF1", "alternateOf")
        assert values(house.held[MARCH], first.rpartition("#")[2], "sourceLabel") == [LABELS[1]]

    @pytest.mark.parametrize(
        "different",
        [
            pytest.param((DAYS[1], "-2", "CB CAFE"), id="day"),
            pytest.param((DAYS[0], "-2.01", "CB CAFE"), id="amount"),
        ],
    )
    def test_another_day_or_amount_is_another_movement(self, different):
        house = self.house((DAYS[0], "-2", "CB CAFE"))
        done, _ = takes(house, "ofx", by_id(0, *different))
        assert (done.new, done.problems) == (1, ())

    def test_another_currency_is_another_movement_and_one_that_is_not_said_is_none(self):
        def of(currency, record):
            return replace(record, fields=(*record.fields, ("sd:currency", currency)))

        said = (DAYS[0], "-2", "CB CAFE")
        house = House()
        takes(house, "csv", of("EUR", by_label(*said)))
        assert takes(house, "ofx", of("CHF", by_id(0, *said)))[0].new == 1
        assert takes(house, "camt", by_id(1, *said))[0].same == 1

    def test_within_one_format_names_decide(self):
        house = House()
        takes(house, "ofx", by_id(0, DAYS[0], "-2", "CB CAFE"))
        assert takes(house, "ofx", by_id(1, DAYS[0], "-2", "CB CAFE"))[0].new == 1

    def test_what_both_sources_name_the_same_stays_as_the_first_said_it(self):
        said = (DAYS[0], "-2", "CB CAFE")
        worded = replace(by_label(*said), fields=(*by_label(*said).fields, ("sd:currency", "EUR")))
        house = self.house(said)
        assert counts(takes(house, "ofx", worded)[0]) == (1, 0, 1, 0, 0)
        assert counts(takes(house, "csv", worded)[0]) == (1, 0, 0, 1, 0)

    def test_what_the_second_source_corrects_contradicts_the_first_one(self):
        house = self.house((DAYS[0], "-2", "CB CAFE"))
        statement = by_id(0, DAYS[0], "-2", "CB CAFE")
        takes(house, "ofx", statement)
        done, written = takes(house, "ofx", other(statement, amount=3))
        assert (counts(done), done.conflict, written) == ((1, 0, 0, 0, 1), 1, {})
        done, written = takes(house, "ofx", other(statement, sourceLabel="OTHER WORDS"))
        assert (counts(done), written) == ((1, 0, 1, 0, 0), {})

    def test_of_a_movement_that_both_name_alike_other_words_are_none_and_another_amount_is_news(
        self,
    ):
        house = House()
        takes(house, "csv", by_id(0, DAYS[0], "-2", "CB CAFE"))
        done, written = takes(house, "ofx", by_id(0, DAYS[0], "-2", "OTHER WORDS"))
        assert (counts(done), written) == ((1, 0, 1, 0, 0), {})
        done, written = takes(house, "ofx", by_id(0, DAYS[0], "-3", "CB CAFE"))
        assert counts(done) == (1, 0, 0, 1, 0)
        assert values(written[MARCH], "id-REF1", "amount") == ["-3"]

    def test_what_was_taken_out_of_the_document_comes_back_with_either_source(self):
        house = self.house((DAYS[0], "-2", "CB CAFE"))
        takes(house, "ofx", by_id(0, DAYS[0], "-2", "CB CAFE"))
        names = {t.subject for t in house.held[MARCH] if t.predicate.value.endswith("#amount")}
        house.held[MARCH] = frozenset(t for t in house.held[MARCH] if t.subject not in names)
        assert takes(house, "ofx", by_id(0, DAYS[0], "-2", "CB CAFE"))[0].new == 1


def by_number(_, *said):
    return by_label(*said)


def account_of(name, currency="EUR"):
    return Record(
        kind="BankAccount",
        key=Key(natural=name),
        fields=(("sd:currency", currency),),
        locator="line=1",
        counted=False,
    )


def on_account(record, name):
    fields = dict(record.fields) | {"sd:account": Ref("BankAccount", Key(natural=name))}
    return replace(record, account=Key(natural=name), fields=tuple(fields.items()))


class TestDeletedAndWithdrawn:
    SAID = ((DAYS[0], "-2", "CB CAFE"), (DAYS[1], "900", "VIR LOYER"))
    COVERS = Covers(
        kind="BankTransaction", account=ACCOUNT, first=DAYS[0], last=DAYS[2], locator="line=9"
    )

    def house(self):
        house = House()
        takes(house, "csv", *(by_label(*one) for one in self.SAID))
        takes(house, "ofx", *(by_id(number, *one) for number, one in enumerate(self.SAID)))
        return house

    def test_what_the_person_deleted_stays_deleted_whichever_source_tells_of_it(self):
        house = self.house()
        (first,) = values(house.held[MARCH], "id-REF1", "alternateOf")
        house.held[MARCH] = buried(house.held[MARCH], {first}, datetime(2026, 2, 1, tzinfo=UTC))
        done, written = takes(house, "ofx", by_id(0, *self.SAID[0]))
        assert (done.deleted, done.same, written) == (1, 1, {})
        done, written = takes(house, "csv", by_label(*self.SAID[0]))
        assert (done.deleted, done.same, written) == (1, 1, {})

    def test_a_complete_statement_takes_nothing_away_that_another_format_told_of(self):
        house = self.house()
        done, _ = takes(house, "ofx", by_id(0, *self.SAID[0]), self.COVERS)
        assert done.withdrawn == 0

    def test_one_that_names_a_movement_as_the_other_does_neither(self):
        house = self.house()
        done, _ = takes(house, "camt", by_label(*self.SAID[0]), self.COVERS)
        assert done.withdrawn == 0

    def test_what_the_source_that_told_of_it_lacks_is_withdrawn(self):
        house = self.house()
        done, _ = takes(house, "csv", by_label(*self.SAID[0]), self.COVERS)
        assert done.withdrawn == 1
        # And so it is no longer what a third source tells of.
        assert takes(house, "camt", by_id(7, *self.SAID[1]))[0].new == 1


class TestOneAccountInTwoFormats:
    NAMES = (
        ("FR7630006000011234567890189",),
        ("30006", "00001", "12345678901"),
        ("FR7630006000011234567890189EUR",),
    )

    @pytest.mark.parametrize("names", list(permutations(NAMES, 2)))
    def test_it_keeps_the_name_and_the_statement_that_it_has(self, names):
        house = House()
        first, second = (
            [
                account_of(name, currency=money),
                on_account(record(0, DAYS[0], "-2", "CB CAFE"), name),
            ]
            for name, money, record in zip(names, ("EUR", "CHF"), (by_number, by_id), strict=True)
        )
        takes(house, "csv", *first)
        accounts = house.held["data/bank/banque/accounts.ttl"]
        done, _ = takes(house, "ofx", *second)
        assert counts(done) == (1, 0, 1, 0, 0)
        assert house.held["data/bank/banque/accounts.ttl"] == accounts
        assert movements(house) == expected([(DAYS[0], "-2", "")])
        assert all(takes(house, *again)[1] == {} for again in (("csv", *first), ("ofx", *second)))

    def test_another_number_of_the_same_bank_is_another_account(self):
        house = House()
        for name in (self.NAMES[0], ("30006", "00002", "12345678901"), ("12345678901",)):
            takes(house, "csv", account_of(name))
        graph = house.held["data/bank/banque/accounts.ttl"]
        assert len({t.subject for t in graph}) == 3


@given(said=MOVEMENTS, cut=st.integers(0, 2), again=st.integers(0, 2), is_table_first=st.booleans())
def test_two_overlapping_exports_of_two_formats_give_each_movement_once(
    said, cut, again, is_table_first
):
    numbered = list(enumerate(said))
    table = [by_label(*one) for one in said if one[0] <= DAYS[max(cut, again)]]
    statement = [by_id(n, *one) for n, one in numbered if one[0] >= DAYS[min(cut, again)]]
    exports = [("csv", table), ("ofx", statement)]
    house = House()
    for format_, items in exports if is_table_first else reversed(exports):
        takes(house, format_, *items)
    assert movements(house) == expected(said)
    for format_, items in exports:
        done, written = takes(house, format_, *reversed(items))
        assert (done.same, written) == (len(items), {})


def test_hundreds_of_equal_movements_are_told_apart_quickly():
    same = [(DAYS[0], "-2", "CB PEAGE")] * 300
    house = House()
    takes(house, "csv", *(by_label(*one) for one in same))
    done, _ = takes(house, "ofx", *(by_id(number, *one) for number, one in enumerate(same)))
    assert (done.new, done.same) == (0, 300)


def test_the_months_of_another_account_are_not_looked_at():
    house = House()
    takes(house, "csv", by_label(DAYS[0], "-2", "CB CAFE"))
    elsewhere = replace(by_id(0, DAYS[0], "-2", "CB CAFE"), account=Key(stable="other"))
    assert takes(house, "ofx", elsewhere)[0].new == 1
