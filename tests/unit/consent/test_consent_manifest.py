"""What an app says of itself is read leniently, and means the same as JSON-LD."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from manifests import changed, documents, example
from pyld import jsonld

from acl import Mode
from pod.consent.bilingual import same
from pod.consent.difference import difference, digest
from pod.consent.manifest import Manifest, Price, Recipient, manifest_of, read_manifest, why_not
from pod.consent.purposes import TRAINING
from vocab.contexts import BUNDLED
from vocab.names import ACL, DPV, SD

DCTERMS = "http://purl.org/dc/terms/"
PERSONAL = DPV.NS + "ServicePersonalisation"


FREE = Price(amount=Decimal(0), currency="", per="")


def modes(said):
    return said.uses[0].required[0].modes


def load(address, _options):
    return {
        "contextUrl": None,
        "documentUrl": address,
        "contentType": "application/ld+json",
        "document": BUNDLED[address],
    }


def test_the_example_of_the_documentation_is_read_whole():
    said = manifest_of(example())
    assert (said.client, said.name) == ("https://budget.example/app.jsonld", "Budget Malin")
    assert said.logo == "https://budget.example/logo.png"
    assert said.controller is not None
    assert said.controller.is_identified
    assert said.controller.kind == "company"
    assert said.price == Price(amount=Decimal("2.50"), currency="EUR", per="month")
    (use,) = said.uses
    assert use is said.use_for(PERSONAL)
    assert use.sentence is not None
    assert use.sentence.en.startswith("We read what you pay")
    assert [(need.category, need.modes) for need in use.required] == [("bank", Mode.READ)]
    assert set(use.required[0].fields) == {SD.date, SD.amount, SD.counterpartyName}
    assert [need.category for need in use.optional] == ["energy"]
    assert (use.days, use.processing, use.country, use.retention) == (90, "leaving", "FR", "P6M")
    assert use.recipients == (Recipient(name="Nuage SARL", country="IE"),)
    assert (use.ai_training, use.trains) == (False, False)
    assert use.person_gains is not None
    assert use.app_gains is not None


def test_the_example_says_the_same_as_json_ld():
    (node,) = jsonld.expand(example(), {"documentLoader": load})
    assert node["@id"] == "https://budget.example/app.jsonld"
    assert node["http://www.w3.org/ns/solid/oidc#client_name"] == [{"@value": "Budget Malin"}]
    (controller,) = node[DPV.NS + "hasDataController"]
    assert controller[DCTERMS + "type"] == [{"@id": DPV.NS + "ForProfitOrganisation"}]
    (use,) = node[DPV.NS + "hasProcess"]
    assert use[DPV.hasPurpose] == [{"@id": PERSONAL}]
    assert {text["@language"] for text in use[DCTERMS + "description"]} == {
        "fr",
        "en",
    }
    (need,) = use[SD.requiredData]
    assert need[SD.dataCategory] == [{"@value": "bank"}]
    assert {field["@id"] for field in need[SD.field]} == {SD.date, SD.amount, SD.counterpartyName}
    assert need[ACL.mode] == [{"@id": ACL.Read}]
    assert use[SD.aiTraining][0]["@value"] is False
    assert use[SD.accessDays][0]["@value"] == 90


def test_a_field_may_be_called_like_a_member():
    document = changed("uses/0/required/0/fields", ["category", "schema:name"])
    (node,) = jsonld.expand(document, {"documentLoader": load})
    (need,) = node[DPV.NS + "hasProcess"][0][SD.requiredData]
    assert {field["@id"] for field in need[SD.field]} == {SD.category, "https://schema.org/name"}
    assert set(manifest_of(document).uses[0].required[0].fields) == {
        SD.category,
        "https://schema.org/name",
    }


@pytest.mark.parametrize(
    "text", [None, "", "{", "[]", "7", b"\xff", "[" * 100_000], ids=str.__call__ if False else None
)
def test_what_is_no_manifest_says_nothing(text):
    assert read_manifest(text).is_silent


def test_an_app_that_only_signs_people_in_says_nothing_about_itself():
    assert manifest_of({"client_id": "https://a.example/id", "client_name": "A"}).is_silent


@pytest.mark.parametrize(
    ("path", "value", "read"),
    [
        ("controller/kind", "alien", lambda said: said.controller.kind == ""),
        ("controller/country", "France", lambda said: said.controller.country == ""),
        ("controller/contact", "call me", lambda said: said.controller.contact == ""),
        ("controller/contact", "https://a.example/c", lambda said: said.controller.is_identified),
        (
            "controller/privacy_notice",
            "http://a.example/",
            lambda said: not said.controller.is_identified,
        ),
        ("controller", "me", lambda said: said.controller is None),
        ("price/amount", "much", lambda said: said.price is None),
        ("price/amount", "-1", lambda said: said.price is None),
        ("price/amount", "NaN", lambda said: said.price is None),
        ("price/per", "smile", lambda said: said.price is None),
        ("price/currency", "euro", lambda said: said.price is None),
        (
            "price/amount",
            "0.00",
            lambda said: said.price == FREE,
        ),
        (
            "terms",
            "https://pod.example/terms",
            lambda said: said.terms == ("https://pod.example/terms",),
        ),
        ("terms", [1, "", "a", "a"], lambda said: said.terms == ("a",)),
        ("uses", 7, lambda said: said.uses == ()),
        ("uses/0/days", 0, lambda said: said.uses[0].days is None),
        ("uses/0/days", True, lambda said: said.uses[0].days is None),
        ("uses/0/days", 3660, lambda said: said.uses[0].days == 3660),
        ("uses/0/days", 3661, lambda said: said.uses[0].days is None),
        ("uses/0/retention", "a while", lambda said: said.uses[0].retention is None),
        ("uses/0/retention", "none", lambda said: said.uses[0].retention == "none"),
        ("uses/0/retention", "P0D", lambda said: said.uses[0].retention == "none"),
        ("uses/0/retention", "P01Y0M2D", lambda said: said.uses[0].retention == "P1Y2D"),
        ("uses/0/processing", "somewhere", lambda said: said.uses[0].processing == ""),
        ("uses/0/ai_training", "no", lambda said: said.uses[0].ai_training is None),
        ("uses/0/purpose", "ai:ModelTraining", lambda said: said.uses[0].purpose == TRAINING),
        ("uses/0/purpose", "ai:ModelTraining", lambda said: said.uses[0].trains),
        ("uses/0/purpose", PERSONAL, lambda said: said.uses[0].purpose == PERSONAL),
        ("uses/0/purpose", "no:thing", lambda said: said.uses[0].purpose == "no:thing"),
        ("uses/0/sentence", "one language", lambda said: said.uses[0].sentence is None),
        (
            "uses/0/sentence",
            {"fr": "a\nb", "en": "c"},
            lambda said: said.uses[0].sentence == same("c"),
        ),
        ("uses/0/required/0/category", "gold", lambda said: said.uses[0].required == ()),
        (
            "uses/0/required/0/modes",
            ["write", "own", "control", 1],
            lambda said: modes(said) == Mode.WRITE,
        ),
        ("uses/0/required/0/modes", [], lambda said: modes(said) == Mode.READ),
        ("uses/0/recipients", [{"country": "FR"}, 3], lambda said: said.uses[0].recipients == ()),
    ],
)
def test_what_cannot_be_understood_was_not_said(path, value, read):
    assert read(manifest_of(changed(path, value)))


def test_what_is_said_twice_was_said_the_first_time():
    document = example()
    document["uses"] += [{**document["uses"][0], "days": 1}]
    document["uses"][0]["required"] += [{"category": "bank", "modes": ["write"]}]
    document["uses"][0]["optional"] = [{"category": "bank", "modes": ["append"]}]
    (use,) = manifest_of(document).uses
    assert (use.days, [need.modes for need in use.required]) == (90, [Mode.READ])
    assert use.optional == ()


@pytest.mark.spec("Self Data CON-09")
@pytest.mark.spec("Self Data PRI-21")
@pytest.mark.parametrize(
    ("document", "purpose", "word"),
    [
        pytest.param(example(), "https://a.example/p", "purpose", id="a purpose of its own"),
        pytest.param(changed("controller"), PERSONAL, "controller", id="no controller"),
        pytest.param(changed("controller/contact"), PERSONAL, "controller", id="no contact"),
        pytest.param(example(), DPV.NS + "DirectMarketing", "uses", id="another purpose"),
        pytest.param(changed("uses/0/sentence"), PERSONAL, "uses", id="no sentence"),
        pytest.param(changed("uses/0/person_gains"), PERSONAL, "person_gains", id="no gain"),
        pytest.param(changed("uses/0/app_gains"), PERSONAL, "app_gains", id="no gain of its own"),
        pytest.param({}, PERSONAL, "controller", id="silent"),
    ],
)
def test_who_does_not_say_enough_cannot_ask(document, purpose, word):
    assert word in (why_not(manifest_of(document), purpose) or "")


def test_who_says_enough_can_ask():
    assert why_not(manifest_of(example()), PERSONAL) is None


NAMES = "uses controller purpose required category fields modes fr days price amount terms"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(NAMES.split()), inner, max_size=4)
    ),
    max_leaves=15,
)


@given(JSON)
def test_any_json_is_read(value):
    assert isinstance(read_manifest(json.dumps(value)), Manifest)


@given(documents(), documents())
def test_nothing_has_changed_if_and_only_if_the_digest_is_the_same(old, new):
    before, after = manifest_of(old), manifest_of(new)
    assert (difference(before, after) == ()) is (digest(before) == digest(after))
    assert difference(before, manifest_of(json.loads(json.dumps(old)))) == ()


def test_the_order_in_which_it_is_said_does_not_matter():
    document, other = example(), example()
    for one in (document, other):
        one["uses"].append({**one["uses"][0], "purpose": "dpv:DirectMarketing"})
        one["uses"][0]["required"].append({"category": "retail"})
    other["uses"].reverse()
    other["uses"][1]["required"].reverse()
    assert digest(manifest_of(document)) == digest(manifest_of(other))


@pytest.mark.parametrize(
    ("path", "value", "key", "about"),
    [
        ("controller/legal_name", "Argent SA", "change_made", "about_legal_name"),
        ("controller", None, "change_gone", "about_controller"),
        ("price/amount", "9.00", "change_made", "about_price"),
        ("terms", ["t"], "change_added", "about_terms"),
        ("uses/0/optional/0/category", "health", "change_added", "about_optional"),
        ("uses/0/required/0/fields", ["date", "amount"], "change_gone", "about_field"),
        ("uses/0/required/0/modes", ["read", "write"], "change_made", "about_required"),
        ("uses/0/ai_training", True, "change_made", "about_ai_training"),
        ("uses/0/days", None, "change_made", "about_days"),
        ("uses/0/country", "US", "change_made", "about_place"),
        ("uses/0/purpose", "https://a.example/p", "change_added", "about_purpose"),
    ],
)
def test_what_has_changed_is_told(path, value, key, about):
    lines = difference(manifest_of(example()), manifest_of(changed(path, value)))
    assert any(line.key == key and about in repr(line) for line in lines)
