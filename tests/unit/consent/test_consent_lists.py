"""The closed lists: purposes, categories, countries."""

from datetime import UTC, datetime

import pytest
from pages import prose

from acl import Owner
from pod.consent.bilingual import Bilingual, bilingual, same
from pod.consent.categories import CATEGORIES, category_of, covered
from pod.consent.countries import EUROPEAN, country_name, is_country
from pod.consent.purposes import PURPOSES, TRAINING
from pod.consent.readability import LIMIT, readability
from pod.ldp.provision import first_changes
from vocab.kinds import DOMAINS

# As DPV 2.3 has them in its module of purposes, but for the last, which is one of AI.
DPV = [
    "ServicePersonalisation",
    "RequestedServiceProvision",
    "OptimisationForConsumer",
    "ProvidePersonalisedRecommendations",
    "PaymentManagement",
    "RecordManagement",
    "CustomerClaimsManagement",
    "RightsFulfilment",
    "CustomerCare",
    "EstablishContractualAgreement",
    "CustomerSolvencyMonitoring",
    "IdentityVerification",
    "AgeVerification",
    "FraudPreventionAndDetection",
    "ImproveHealthcare",
    "ScientificResearch",
    "DataAltruism",
    "CommercialResearch",
    "ImproveExistingProductsAndServices",
    "DirectMarketing",
    "PersonalisedAdvertising",
    "SellDataToThirdParties",
]


@pytest.mark.spec("Self Data CON-18")
def test_the_purposes_are_those_of_dpv():
    assert set(PURPOSES) == {f"https://w3id.org/dpv#{name}" for name in DPV} | {TRAINING}


@pytest.mark.parametrize("purpose", PURPOSES.values(), ids=lambda one: one.iri.partition("#")[2])
def test_a_purpose_is_told_in_plain_words_with_a_norm(purpose):
    assert readability(purpose.sentence.fr, "fr") >= LIMIT
    assert readability(purpose.sentence.en, "en") >= LIMIT
    assert purpose.usual <= set(CATEGORIES)
    assert 0 < purpose.days <= min(30, purpose.longest)


@pytest.mark.spec("Self Data PRI-16")
def test_thirty_days_are_proposed_at_most():
    assert max(purpose.days for purpose in PURPOSES.values()) == 30


def test_what_people_dread_is_in_the_list_and_usually_needs_nothing():
    for name in ("SellDataToThirdParties", "PersonalisedAdvertising"):
        assert PURPOSES[f"https://w3id.org/dpv#{name}"].usual == frozenset()
    assert PURPOSES[TRAINING].usual == frozenset()


def test_each_domain_is_a_category_by_its_own_word():
    for domain in DOMAINS:
        assert CATEGORIES[domain].path == f"data/{domain}/"


def test_each_place_of_a_new_pod_is_a_category():
    storage = "https://pod.example/ana/"
    owner = Owner(storage + "profile/card#me")
    made = first_changes(
        storage, "https://pod.example/", datetime(2026, 1, 1, tzinfo=UTC), kind="full", owner=owner
    )
    places = {change.target.path.partition("/")[0] for change in made} - {"", ".acl"}
    assert {category_of(place + "/").name for place in places} == places


@pytest.mark.spec("Self Data CON-39")
def test_what_is_sensitive():
    sensitive = {name for name, one in CATEGORIES.items() if one.sensitive}
    assert {"health", "relation", "mobility", "education", "vault"} <= sensitive
    assert not sensitive & {"bank", "energy", "retail", "profile"}


def test_what_holds_something_sensitive_is_sensitive():
    for one in CATEGORIES.values():
        below = [other for other in CATEGORIES.values() if other.path.startswith(one.path)]
        assert bool(one.sensitive) >= any(other.sensitive for other in below)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("data/bank/b/2026.ttl", "bank"),
        ("data/bank/", "bank"),
        ("data/", "data"),
        ("data/unheard/x", "data"),
        ("", "everything"),
        ("own/notes.ttl", "everything"),
        ("inbox/1", "inbox"),
        ("imports/2026/x.csv", "imports"),
    ],
)
def test_the_category_of_a_path(path, name):
    assert category_of(path).name == name


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("data/bank/", {"bank"}),
        ("data/bank/b/2026.ttl", {"bank"}),
        ("data/", {"data", *DOMAINS}),
        ("", set(CATEGORIES)),
        ("own/", {"everything"}),
        ("d", {"everything"}),
    ],
)
def test_what_a_path_covers(path, names):
    assert {one.name for one in covered(path)} == names


def test_the_documentation_lists_purposes_and_categories():
    page = prose("docs/apps.md")
    named = [f"`{iri.rpartition('/')[2].replace('#', ':')}`" for iri in PURPOSES]
    missing = [name for name in (*named, *(f"`{name}`" for name in CATEGORIES)) if name not in page]
    assert missing == []


def test_countries_are_told_by_name():
    assert country_name("IE") == Bilingual(fr="Irlande", en="Ireland")
    assert country_name("GB") == Bilingual(fr="Royaume-Uni", en="United Kingdom")
    assert country_name("ZZ") == same("ZZ")
    assert (len(EUROPEAN), "FR" in EUROPEAN, "US" in EUROPEAN) == (30, True, False)


@pytest.mark.parametrize(
    ("code", "expected"), [("FR", True), ("fr", False), ("FRA", False), ("", False), ("ÉÉ", False)]
)
def test_how_a_country_is_written(code, expected):
    assert is_country(code) is expected


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ({"fr": "oui", "en": "yes"}, Bilingual(fr="oui", en="yes")),
        ({"fr": "oui", "en": ""}, Bilingual(fr="oui", en="oui")),
        ({"en": "yes"}, Bilingual(fr="yes", en="yes")),
        ({"de": "ja"}, None),
        ({}, None),
    ],
)
def test_a_language_that_is_missing_is_stood_in_for(texts, expected):
    assert bilingual(texts) == expected
