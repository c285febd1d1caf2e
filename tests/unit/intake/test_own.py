"""What a person writes of a record is read by its class, held to its shape, and said to be hers."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from importers.contract import Code, Iri, LangString, Typed
from importers.members import kind_of, kinds, member_of, members_of
from importers.naming import Naming, pseudonyms
from pod.intake.own import Words, domain_of, own_record
from pod.intake.own_documents import kept
from pod.intake.tombstones import buried
from pod.intake.versions import state_at, states
from pod.rdf.formats import RdfFormat
from pod.rdf.parse import parse
from vocab import turtle
from vocab.graph import NamedNode, nodes_of
from vocab.names import RDF

POD = "https://ana.example/"
HERSELF = f"{POD}profile/card#me"
MORNING = datetime(2026, 4, 1, 8, tzinfo=UTC)
NOON = datetime(2026, 4, 1, 12, tzinfo=UTC)
INVOICE = {"sd:date": "2026-03-31", "sd:total": "80"}


class OwnPod:
    """What a made-up pod holds of what a person has written."""

    def __init__(self):
        self.held = {}

    def add(self, kind, said, *, now=MORNING, **more):
        words = Words(kind=kind, said=tuple(said), **more)
        naming = Naming(
            storage=POD,
            holder=HERSELF,
            slug="self",
            domain=domain_of(words),
            activity=f"{POD}imports/2026/{now:%Y%m%dT%H%M%SZ}-self-0123abcd.ttl#import",
            pseudonym=pseudonyms(b"secret"),
        )
        data = [path for path in self.held if path.startswith("data/")]
        done = kept(own_record(words), naming, lambda: data, self.nodes, now)
        for one in done.documents:
            self.held[one.path] = parse(one.content, RdfFormat.TURTLE, POD + one.path)
        return done

    def nodes(self, path):
        return nodes_of(self.held[path]) if path in self.held else None

    def says(self, record):
        path = record.partition("#")[0].removeprefix(POD)
        found = (self.nodes(path) or {}).get(record, {})
        names = {name.rpartition("#")[2].rpartition("/")[2]: name for name in found}
        return {short: found[name][0].value for short, name in names.items()}


def examples():
    """A record of each class as the vocabulary shows it, in words: (property, value) pairs."""
    nodes = nodes_of(turtle.read("examples"))
    for kind in kinds():
        node = next(
            node for node in nodes.values() if NamedNode(kind.iri) in node.get(RDF.type, ())
        )
        said = tuple(
            (member.name, written(term))
            for member in members_of(kind)
            for term in node.get(member.rule.path, ())
        )
        yield pytest.param(kind, said, id=kind.name)


def written(term):
    language = getattr(term, "language", None)
    return f"{term.value}@{language}" if language else term.value


@pytest.mark.spec("Self Data CAP-22")
@pytest.mark.spec("Self Data DAT-83")
@pytest.mark.parametrize(("kind", "said"), list(examples()))
def test_a_record_of_any_class_is_kept_where_it_belongs_and_is_hers(kind, said):
    pod = OwnPod()
    more = {"id": "mine", "domain": "vault", "on": date(2026, 3, 31)}
    done, again = pod.add(kind.name, said, **more), pod.add(kind.name, said, **more)
    assert (done.outcome, again.outcome) == ("new", "same")
    assert done.record.startswith(f"{POD}data/{kind.domain or 'vault'}/self/")
    there = pod.says(done.record)
    assert {name.rpartition(":")[2] for name, _ in said} <= there.keys()
    assert (there["holder"], there["dataOrigin"].rpartition("#")[2]) == (HERSELF, "provided")
    entry = pod.says(there["wasGeneratedBy"])
    assert (entry["wasAssociatedWith"], entry["startedAtTime"]) == (HERSELF, "2026-04-01T08:00:00Z")


@pytest.mark.parametrize(
    ("kind", "name", "text", "value"),
    [
        ("BankTransaction", "sd:amount", " -12.50 ", Decimal("-12.50")),
        ("BankTransaction", "amount", "-12,50", Decimal("-12.50")),
        ("Opération bancaire", "montant signé", "3", Decimal(3)),
        ("bank transaction", "https://w3id.org/selfdata/ns#amount", "3", Decimal(3)),
        ("BankTransaction", "date", "2026-03-31", date(2026, 3, 31)),
        ("BankTransaction", "category", "alimentation", Code("food")),
        ("BankTransaction", "category", "sdc:food", Code("food")),
        ("BankTransaction", "counterparty", "https://a.example/#it", Iri("https://a.example/#it")),
        ("BankTransaction", "counterparty", "mailto:a@a.example", Iri("mailto:a@a.example")),
        ("HealthMeasure", "hasUnit", "unit:KiloGM", Iri("http://qudt.org/vocab/unit/KiloGM")),
        ("HealthMeasure", "selfEntered", "Oui", True),
        ("HealthMeasure", "startDate", "2026-03", Typed("2026-03", "xsd:gYearMonth")),
        ("Grade", "ratingValue", "15", Decimal(15)),
        ("Grade", "ratingValue", "absent", "absent"),
        ("Grade", "name", "Contrôle@fr", LangString("Contrôle", "fr")),
        ("Grade", "name", "Contrôle", "Contrôle"),
        ("BankAccount", "iban", "FR7630006000011234567890189", "FR76****0189"),
    ],
)
def test_her_words_are_read_as_the_shape_of_the_property_has_it(kind, name, text, value):
    more = {"id": "mine", "on": date(2026, 3, 31)}
    record = own_record(Words(kind=kind, said=((name, text),), **more))
    member = member_of(kind_of(kind), name)
    assert dict(record.fields)[member.name] == value


@pytest.mark.parametrize(
    ("kind", "said", "sentence"),
    [
        ("Nothing", {"a": "b"}, "there is no such class of records; `pod classes` lists them"),
        ("Series", {"a": "b"}, "there is no such class of records; `pod classes` lists them"),
        (
            "Grade",
            {"colour": "red"},
            "Grade has no property `colour`; `pod classes Grade` lists them",
        ),
        ("Grade", {"sd:holder": POD}, "Grade has no property `sd:holder`; `pod classes Grade`"),
        ("Grade", {"coefficient": "two"}, "`sd:coefficient` (coefficient) takes a number, as in"),
        ("Grade", {"date": "31/03/2026"}, "`sd:date` (date) takes a day, as in 2026-03-31"),
        ("Grade", {"date": " "}, "`sd:date` (date) takes a day, as in 2026-03-31"),
        ("Grade", {"nature": "nonsense"}, "`sd:nature` (nature) takes the address of something"),
        (
            "HealthMeasure",
            {"resultTime": "2026-03-31T08:00:00"},
            "`sosa:resultTime` (measured at / mesuré à) takes a moment with its offset",
        ),
        ("Claim", {"status": "lost"}, "`sd:status` (status / statut) takes one of active, "),
        ("BankAccount", {"name": "x"}, "BankAccount is known by its number or name: say it with"),
        ("Leave", {"days": "2"}, "Leave is kept by its day: say sd:date=…, or --on DAY"),
        ("Grade", {}, "say something of the record, such as sd:amount=-12.50"),
        ("Grade", {"date": "2026-03-31"}, "`schema:ratingValue` (mark / note): give at least 1"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_one_sentence_that_says_what_to_do(kind, said, sentence):
    with pytest.raises(ValueError, match=r"\w") as refusal:
        OwnPod().add(kind, tuple(said.items()))
    assert str(refusal.value).startswith(sentence)


def test_an_invoice_needs_its_number_and_its_domain():
    with pytest.raises(
        ValueError, match="Invoice is known by its number or name: say it with --id"
    ):
        OwnPod().add("Invoice", tuple(INVOICE.items()), domain="energy")
    with pytest.raises(ValueError, match="say with --domain which of bank, calendar"):
        OwnPod().add("Invoice", tuple(INVOICE.items()), id="F1")


@pytest.mark.spec("Self Data CAP-22")
@pytest.mark.spec("Self Data DAT-64")
def test_what_she_changes_by_its_id_is_in_the_history_as_it_was():
    pod, more = OwnPod(), {"id": "F1", "domain": "energy"}
    first = pod.add("Invoice", tuple(INVOICE.items()), **more)
    said = {"date": "2027-01-02", "total": "81"}
    second = pod.add("Invoice", tuple(said.items()), now=NOON, **more)
    # It stays where it came first, though it is of another year now.
    assert (second.record, second.outcome) == (first.record, "updated")
    path = first.record.partition("#")[0].removeprefix(POD)
    histories = [graph for name, graph in pod.held.items() if name.startswith("history/")]
    found = states(first.record, pod.held[path], histories)
    amounts = {
        moment: next(t.object.value for t in state.said if t.predicate.value.endswith("#total"))
        for moment in (MORNING, datetime(2026, 4, 1, 11, tzinfo=UTC), NOON)
        if (state := state_at(found, moment))
    }
    assert list(amounts.values()) == ["80", "80", "81"]
    assert state_at(found, datetime(2026, 3, 1, tzinfo=UTC)) is None


def test_what_she_deleted_lives_again_when_she_writes_it_again():
    pod, said = OwnPod(), (("ratingValue", "15"), ("name", "Maths"))
    record = pod.add("Grade", said).record
    path = record.partition("#")[0].removeprefix(POD)
    pod.held[path] = buried(pod.held[path], {record}, NOON)
    again = pod.add("Grade", said, now=NOON)
    assert (again.record, again.outcome) == (record, "new")
    assert pod.says(record)["ratingValue"] == "15"
    assert not [name for name in pod.held if name.startswith("history/")]


def test_two_records_alike_are_one_unless_she_names_them():
    pod, said = OwnPod(), (("ratingValue", "15"),)
    first, again, named = (
        pod.add("Grade", said),
        pod.add("Grade", said),
        pod.add("Grade", said, id="2"),
    )
    assert (first.record, again.outcome) == (again.record, "same")
    assert (named.outcome, named.record != first.record) == ("new", True)


def test_a_movement_is_kept_with_those_of_its_account():
    pod = OwnPod()
    said = (
        ("sd:amount", "-12.50"),
        ("sd:category", "https://w3id.org/selfdata/codes#groceries"),
        ("sd:currency", "EUR"),
        ("sd:date", "2026-03-31"),
        ("sd:sourceLabel", "CB"),
        ("sd:account", f"{POD}data/bank/banque/accounts.ttl#compte-1"),
    )
    record = pod.add("BankTransaction", said).record
    assert record.startswith(f"{POD}data/bank/self/compte-1/2026/2026-03.ttl#")
