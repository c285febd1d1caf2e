from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from hashlib import sha256
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, Store, serialize

from importers.contract import Code, Iri, Key, Record, Ref, Typed
from importers.triples import Naming, digest, pseudonyms, ranked, to_node
from vocab.graph import Literal, NamedNode, Triple
from vocab.names import SD

calm = settings(deadline=None)  # the machine may be busy

POD = "https://camille.pod.example/"
ABOUT = f"{POD}data/bank/banque/2531/2026/2026-03.ttl#id-R1"
NAMING = Naming(
    storage=POD,
    holder="https://banque.example/#it",
    slug="banque",
    domain="bank",
    activity=f"{POD}imports/2026/i1.ttl#i",
    pseudonym=pseudonyms(b"secret"),
)
ACCOUNT = Key(natural=("2531",))
DAY = date(2026, 3, 9)


def record(*fields, key=Key(stable="R1"), on=DAY, locator="/0", account=ACCOUNT):  # noqa: B008 - frozen
    return Record(
        kind="BankTransaction", key=key, fields=fields, locator=locator, on=on, account=account
    )


def node(*fields, naming=NAMING, **parts):
    return to_node(record(*fields, **parts), ABOUT, naming)


def objects(found, predicate):
    return set(found.get(predicate, ()))


XSD = "http://www.w3.org/2001/XMLSchema#"
PARIS = timezone(timedelta(hours=1))


@pytest.mark.parametrize(
    ("value", "lexical", "datatype"),
    [
        pytest.param(Decimal("69.00"), "69", "decimal", id="no spare zeros"),
        pytest.param(Decimal("-0.00"), "0", "decimal", id="one zero"),
        pytest.param(Decimal("1E+2"), "100", "decimal", id="no exponent"),
        pytest.param(Decimal("-3.20"), "-3.2", "decimal", id="a sign"),
        pytest.param(
            Decimal("1" * 18 + "." + "2" * 18), "1" * 18 + "." + "2" * 18, "decimal", id="long"
        ),
        pytest.param(DAY, "2026-03-09", "date", id="a date without zone"),
        pytest.param(
            datetime(2026, 3, 9, 8, 0, 0, 500_000, tzinfo=PARIS),
            "2026-03-09T08:00:00.5+01:00",
            "dateTime",
            id="an instant with its offset",
        ),
        pytest.param(
            datetime(2026, 3, 9, 8, tzinfo=UTC), "2026-03-09T08:00:00Z", "dateTime", id="in UTC"
        ),
        pytest.param(59, "59", "integer", id="a whole number"),
        pytest.param(True, "true", "boolean", id="a truth"),
        pytest.param("CB « Dupré »\n", "CB « Dupré »\n", "string", id="a text"),
        pytest.param(Typed("P1Y", "xsd:duration"), "P1Y", "duration", id="another datatype"),
    ],
)
def test_a_value_becomes_a_literal_as_the_store_writes_it(value, lexical, datatype):
    (found,) = objects(node(("sd:amount", value)), SD.amount)
    assert (found.value, found.datatype.value) == (lexical, XSD + datatype)
    assert _stored(found) == found


def _stored(literal):
    store = Store()
    line = serialize(
        [Triple(NamedNode(ABOUT), NamedNode(SD.amount), literal)], format=RdfFormat.N_TRIPLES
    )
    store.load(line, format=RdfFormat.N_TRIPLES)
    return next(iter(store)).object


@calm
@given(st.decimals(-(10**17), 10**17, places=6) | st.integers(-(10**18), 10**18))
def test_any_number_is_written_as_the_store_writes_it(value):
    (found,) = objects(node(("sd:amount", value)), SD.amount)
    assert _stored(found) == found


@calm
@given(st.datetimes(timezones=st.timezones().map(lambda _: PARIS)))
def test_any_instant_is_written_as_the_store_writes_it(value):
    (found,) = objects(node(("sd:amount", value)), SD.amount)
    assert _stored(found) == found


@pytest.mark.parametrize(
    ("value", "iri"),
    [
        (Iri("mailto:a@example.org"), "mailto:a@example.org"),
        (Code("card"), "https://w3id.org/selfdata/codes#card"),
        (Ref("BankAccount", ACCOUNT), f"{POD}data/bank/banque/accounts.ttl#2531"),
    ],
)
def test_a_value_becomes_an_iri(value, iri):
    assert objects(node(("sd:nature", value)), SD.nature) == {NamedNode(iri)}


def test_a_party_is_in_the_graph_by_its_pseudonym_only():
    found = node(("sd:counterparty", Iri("urn:sd:party-of:+33623456789")))
    (party,) = objects(found, SD.counterparty)
    assert party.value.startswith("urn:sd:party:")
    assert "623456789" not in str(found)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (datetime(2026, 3, 9, 8), "without its offset"),  # noqa: DTZ001 - that is the mistake
        (datetime(2026, 3, 9, 8, tzinfo=timezone(timedelta(seconds=561))), "cannot be stored"),
        (datetime(2026, 3, 9, 8, tzinfo=timezone(timedelta(hours=15))), "cannot be stored"),
        (1.5, "cannot hold a float"),
        (Ref("BankTransaction", Key(stable="R1")), "needs its"),
    ],
)
def test_a_value_that_only_a_mistake_gives_is_refused(value, message):
    with pytest.raises(ValueError, match=message):
        node(("sd:amount", value))


def test_a_record_has_its_types_holder_id_and_provenance():
    found = node(("sd:amount", Decimal(1)), locator="line=12")
    assert objects(found, "http://www.w3.org/1999/02/22-rdf-syntax-ns#type") == {
        NamedNode(SD.BankTransaction)
    }
    assert objects(found, SD.holder) == {NamedNode(NAMING.holder)}
    assert objects(found, SD.recordId) == {Literal("R1")}
    assert objects(found, "http://www.w3.org/ns/prov#wasGeneratedBy") == {
        NamedNode(NAMING.activity)
    }
    assert objects(found, SD.sourceLocator) == {Literal("line=12")}
    assert objects(found, SD.recordDigest) == {Literal(digest(ABOUT, found))}


def test_a_record_without_an_id_of_the_holder_has_no_record_id():
    assert not objects(node(key=Key(natural=("a",))), SD.recordId)


def test_values_may_repeat():
    found = node(("sd:paymentReference", "E1"), ("sd:paymentReference", "E2"))
    assert objects(found, SD.paymentReference) == {Literal("E1"), Literal("E2")}


@pytest.mark.parametrize(
    ("change", "same"),
    [
        pytest.param({"locator": "/7"}, True, id="where it stands"),
        pytest.param({"naming": "another import"}, True, id="which import brought it"),
        pytest.param({"link": "sd:settledBy"}, True, id="a link that was found"),
        pytest.param({"link": "sd:relatedTo"}, True, id="any link"),
        pytest.param({"amount": Decimal("1.000")}, True, id="spare zeros"),
        pytest.param({"amount": Decimal(2)}, False, id="an amount"),
        pytest.param({"key": Key(stable="R2")}, False, id="an id"),
    ],
)
def test_the_digest_is_of_what_the_holder_said(change, same):
    change = dict(change)
    fields = [("sd:amount", change.pop("amount", Decimal(1)))]
    if "link" in change:
        fields.append((change.pop("link"), Iri(f"{POD}x#y")))
    naming = NAMING
    if change.pop("naming", None):
        naming = Naming(
            **{n: getattr(NAMING, n) for n in Naming.__slots__} | {"activity": f"{POD}i2"}
        )
    changed = digest(ABOUT, node(*fields, naming=naming, **change))
    assert (changed == digest(ABOUT, node(("sd:amount", Decimal(1))))) == same


def test_the_digest_can_be_made_again_from_canonical_n_triples():
    (said,) = objects(node(), SD.recordDigest)
    lines = (
        f"<{ABOUT}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{SD.BankTransaction}> .\n"
        f"<{ABOUT}> <{SD.holder}> <https://banque.example/#it> .\n"
        f'<{ABOUT}> <{SD.recordId}> "R1" .\n'
    )
    assert said.value == sha256(lines.encode()).hexdigest()


NATURAL, UNDATED = Key(natural=("a",)), {"on": None}


def row(text, **parts):
    return record(("sd:sourceLabel", text), **parts)


@pytest.mark.parametrize(
    ("rows", "ranks"),
    [
        pytest.param([row("a", key=NATURAL)] * 3, [0, 1, 2], id="two coffees and one more"),
        pytest.param([row("b", key=NATURAL), row("a", key=NATURAL)], [1, 0], id="by what they say"),
        pytest.param(
            [row("a", key=NATURAL), row("a", key=NATURAL, on=date(2026, 3, 10))],
            [0, 0],
            id="two days",
        ),
        pytest.param(
            [row("a", key=NATURAL), row("a", key=NATURAL, account=Key(natural=("1",)))],
            [0, 0],
            id="two accounts",
        ),
        pytest.param([row("a"), row("a")], [0, 0], id="an id said twice is one record"),
        pytest.param([row("b"), row("a"), row("b")], [1, 0, 1], id="an id used for two"),
        pytest.param(
            [row("a", on=date(2026, 3, 10)), row("b")],
            [1, 0],
            id="an id used on two days of a month",
        ),
        pytest.param(
            [row("a"), row("b", on=date(2026, 4, 1))], [0, 0], id="an id used in two months"
        ),
        pytest.param([row("a", key=NATURAL, **UNDATED)] * 2, [0, 0], id="an account named twice"),
        pytest.param(
            [row("b", key=NATURAL, **UNDATED), row("a", key=NATURAL, **UNDATED)],
            [1, 0],
            id="one key for two contracts",
        ),
    ],
)
def test_rows_with_one_key_are_told_apart(rows, ranks):
    found = list(ranked(rows))
    assert [r for r, _ in found] == rows
    assert [rank for _, rank in found] == ranks


def test_ids_of_what_is_kept_by_year_are_told_apart_within_it():
    one, other = (
        Record(
            kind="Invoice", key=Key(stable="F1"), fields=(("sd:total", total),), locator="/", on=on
        )
        for total, on in ((Decimal(1), DAY), (Decimal(2), date(2026, 12, 1)))
    )
    assert [rank for _, rank in ranked([one, other])] == [0, 1]


KEYS = st.sampled_from([Key(stable="R1"), Key(stable="R2"), NATURAL, Key(natural=("b",))])
ROWS = st.lists(
    st.builds(row, st.sampled_from("ab"), key=KEYS, on=st.sampled_from([DAY, date(2026, 3, 10)])),
    max_size=12,
)


@calm
@given(ROWS, st.integers())
def test_rows_in_another_order_make_the_same_records(rows, seed):
    def records(given):
        return {
            NAMING.iri(r, n): digest(ABOUT, to_node(r, ABOUT, NAMING)) for r, n in ranked(given)
        }

    shuffled = list(rows)
    Random(seed).shuffle(shuffled)  # noqa: S311 - an order, not a secret
    assert records(shuffled) == records(rows)


@calm
@given(ROWS)
def test_no_record_takes_the_place_of_one_that_differs(rows):
    said = {}
    for found, rank in ranked(rows):
        content = (found.on, found.fields)
        assert said.setdefault(NAMING.iri(found, rank), content) == content


def test_records_of_one_row_refer_to_each_other_where_rows_are_equal():
    def expense(amount):
        fields = (("sd:date", DAY), ("sd:total", Decimal(amount)))
        key = Key(natural=(amount,))
        return Record(kind="HealthExpense", key=key, fields=fields, locator="line=2", on=DAY)

    def reimbursement(amount):
        of = Ref("HealthExpense", Key(natural=(amount,)), on=DAY, is_pair=True)
        fields = (("sd:date", DAY), ("sd:total", Decimal(7)), ("sd:reimburses", of))
        key = Key(natural=("back", amount))
        return Record(kind="Reimbursement", key=key, fields=fields, locator="line=2", on=DAY)

    rows = [one(amount) for amount in ("30", "30", "25") for one in (expense, reimbursement)]
    named = [(made, NAMING.iri(made, rank), rank) for made, rank in ranked(rows)]
    expenses = [iri for made, iri, _ in named if made.kind == "HealthExpense"]
    nodes = [to_node(made, iri, NAMING) for made, iri, _ in named if made.kind != "HealthExpense"]
    assert len(set(expenses)) == 3
    assert [one[SD.reimburses] for one in nodes] == [[NamedNode(e)] for e in expenses]
