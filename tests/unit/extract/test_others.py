"""What leaves for others has none of the names of other people in it, and still says the rest."""

import csv
import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from importers.contract import Code, Iri, Key, Record
from importers.naming import Naming, pseudonyms
from importers.triples import to_node
from pod.extract.held import Held
from pod.extract.midata import midata
from pod.extract.ofx import ofx
from pod.extract.others import without_others
from pod.extract.statements import statements
from pod.extract.study import study
from pod.extract.tables import Table
from tests.importers.golden import naming
from vocab.extended import Vocabulary
from vocab.kinds import KINDS
from vocab.names import SD

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = date(2026, 3, 1)
FIRST = (
    "Zoé",
    "Amélie",
    "Jean-Luc",
    "Maria",
    "Oğuz",
    "Łukasz",
    "Inès",
    "Anne Sophie",
    "Bo",
    "Aïda",
)
LAST = (
    *("Marchandeau", "O'Connell", "De Sá", "Lefèvre-Brun", "Nguyen", "Öztürk", "Kowalczyk"),
    *("Bâtard", "Delmas", "Du Pré", "Haddad", "Ibáñez", "Jørgensen", "Khelifi", "Le Goff"),
    *("Mbappa", "Novák", "Ortiz", "Pasquier", "Quéré"),
)
NAMES = [f"{first} {last}" for last in LAST for first in FIRST]
PSEUDONYM = pseudonyms(b"the secret of a made-up pod")


def held(kind, fields, number, account=None):
    record = Record(
        kind=kind,
        key=Key(stable=f"n-{number}"),
        fields=(("sd:date", DAY), *fields),
        on=DAY,
        account=account,
        locator="x",
    )
    context: Naming = naming("bank")
    iri = context.iri(record)
    return Held(iri, to_node(record, iri, context))


def moved(label, party="", nature="transfer", number=0):
    account = Key(stable="main")
    fields = [("sd:amount", Decimal("-12.50")), ("sd:sourceLabel", label)]
    fields += [("sd:nature", Code(nature))] if nature else []
    fields += [("sd:counterpartyName", party)] if party else []
    return held("BankTransaction", fields, number, account)


def sentences(number, name):
    """One record of a life in which a name stands, of each sort."""
    upper, turned = name.upper(), " ".join(reversed(name.split(" ", 1)))
    sorts = (
        lambda: moved(f"VIR SEPA RECU /DE {upper} /MOTIF LOYER", name, number=number),
        lambda: moved(f"VIREMENT {upper}", number=number),
        lambda: moved(f"Überweisung {name}", nature="", number=number),
        lambda: moved("CHEQUE 1234567", turned, "cheque", number),
        lambda: held(
            "Message",
            (("schema:sender", name), ("schema:recipient", Iri("mailto:z.m@example.org")),
             ("schema:text", f"Salut, c'est {name}"), ("schema:description", f"de {turned}")),
            number,
        ),
        lambda: held("Interaction", (("sd:sourceLabel", f"Appel de Mme {name}"),), number),
        lambda: held("Delivery", (("sd:counterpartyName", f"M. {name}"),), number),
        lambda: held("HealthExpense", (("column:assuré", name), ("sd:total", Decimal(1))), number),
    )  # fmt: skip
    return sorts[number % len(sorts)]()


@pytest.fixture(scope="module")
def life():
    found = [sentences(number, name) for number, name in enumerate(NAMES)]
    return {one.iri: one for one in found}


def leaving(records):
    """All files that could leave of some records, as one text."""
    found, _ = statements(records)
    texts = [ofx(found, NOW).decode(), *(midata(found, one).decode() for one in ("en", "fr"))]
    for kind in ("BankTransaction", "Message", "Interaction", "Delivery", "HealthExpense"):
        made = study(
            Table.of(records, KINDS[kind].iri, Vocabulary.of()), "https://a.example/", "fr"
        )
        with zipfile.ZipFile(io.BytesIO(made)) as archive:
            texts += [archive.read(name).decode("utf-8-sig") for name in archive.namelist()]
    return "\n".join(texts)


def plain(text):
    return text.casefold()


def found_in(text):
    ways = ((one, " ".join(reversed(one.split(" ", 1)))) for one in NAMES)
    return [
        one for one, turned in ways if plain(one) in plain(text) or plain(turned) in plain(text)
    ]


@pytest.mark.spec("Self Data B23")
def test_a_file_for_an_app_has_none_of_two_hundred_names(life):
    assert len(set(NAMES)) == 200
    assert len(found_in(leaving(life))) == 200
    apart = without_others(life, PSEUDONYM)
    said = leaving(apart.records)
    assert found_in(said) == []
    assert "example.org" not in said
    assert apart.count >= 200


def test_what_is_not_of_others_stays(life):
    apart = without_others(life, PSEUDONYM)
    assert apart.records.keys() == life.keys()
    for iri, one in apart.records.items():
        for name in (SD.date, SD.amount, SD.account, SD.recordId, SD.nature):
            assert one.texts(name) == life[iri].texts(name)


STAYS = [
    moved("CB CARREFOUR CITY LYON 6", "Carrefour City", "card"),
    moved("PRLV SEPA ENERGIE EXEMPLE RUM 12", "Énergie Exemple", "debit"),
    moved("VIR SALAIRE DUPONT FILS SARL", "Dupont Fils SARL"),
    moved("VIR CPAM DU RHONE", "CPAM du Rhône"),
    held("Interaction", (("sd:sourceLabel", "Facture contestée, le 3 mars"),), 1),
    held("CustomerFile", (("vcard:fn", "Camille Garnier"), ("vcard:bday", DAY)), 2),
]


@pytest.mark.parametrize("one", STAYS, ids=range(len(STAYS)))
def test_organisations_and_the_person_herself_keep_their_names(one):
    apart = without_others({one.iri: one}, PSEUDONYM)
    assert {n: [*terms] for n, terms in apart.records[one.iri].said.items()} == one.said
    assert apart.count == 0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Rappeler Mme Durand-Lévy au 06 23 45 67 89", "Rappeler {} au {}"),
        ("joint au +44 7700 900123 et au 0623456789 ce matin", "joint au {} et au {} ce matin"),
        ("écrit par zoe.m@example.org hier", "écrit par {} hier"),
        ("Le dossier de MARIE CURIE", "Le dossier de {}"),
        ("dossier Curie, Marie", "dossier {}"),
        ("M le maire", "M le maire"),
    ],
)
def test_names_that_stand_in_a_text_are_found(text, said):
    known = moved("VIR", "Marie Curie", number=1)
    one = held("Interaction", (("sd:sourceLabel", text),), 2)
    apart = without_others({known.iri: known, one.iri: one}, PSEUDONYM)
    found = apart.records[one.iri].text(SD.sourceLabel)
    parts = said.split("{}")
    assert found.startswith(parts[0])
    assert found.endswith(parts[-1])
    assert found.count("person-") == len(parts) - 1


def test_one_person_has_one_pseudonym_and_another_pod_has_another():
    names = ["Marie Curie", "CURIE Marie", "Mme Marie CURIÉ"]
    lines = {n: moved("VIR", name, number=n) for n, name in enumerate(names)}
    records = {one.iri: one for one in lines.values()}
    kept = without_others(records, PSEUDONYM).records
    here = {kept[one.iri].text(SD.counterpartyName) for one in lines.values()}
    assert len(here) == 1
    other = without_others(records, pseudonyms(b"another")).records
    assert here.isdisjoint(one.text(SD.counterpartyName) for one in other.values())


def test_a_table_keeps_its_columns():
    one = moved("VIR MARIE CURIE", "Marie Curie")
    records = without_others({one.iri: one}, PSEUDONYM).records
    made = Table.of(records, KINDS["BankTransaction"].iri, Vocabulary.of()).data("en")
    (row,) = csv.DictReader(io.StringIO(made.decode("utf-8-sig")))
    assert row["counterparty name"].startswith("person-")
    assert row["source label"].startswith("VIR person-")
