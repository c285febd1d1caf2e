from dataclasses import replace

import pytest

from vocab import turtle
from vocab.faults import complete
from vocab.formats import importable
from vocab.glossary import glossary
from vocab.graph import NamedNode
from vocab.names import RDF, SD, SDC
from vocab.offer_faults import offer_faults, uncatalogued
from vocab.offers import catalogue
from vocab.shapes import shapes, validate

LISTED = catalogue()
COMPLETE = complete(shapes(), turtle.read("examples"))
NEEDS = [f"DAT-{number:02d}" for number in range(1, 87)]


def test_the_catalogue_conforms_to_its_shapes():
    graph = turtle.read("catalogue")
    offers = {t.subject for t in graph if t.predicate == NamedNode(RDF.type)}
    assert len(offers) > 100
    assert validate(graph) == ()


def test_every_need_is_answered_by_classes_that_exist_have_a_shape_and_an_example():
    answered = {need: offer for offer in LISTED.offers for need in offer.answers}
    assert sorted(answered) == NEEDS
    assert all(set(answered[need].classes) <= COMPLETE for need in NEEDS)


@pytest.mark.spec("Self Data SYS-35")
@pytest.mark.parametrize(
    "name",
    [
        *("EDF", "Enedis", "GRDF", "Engie", "MAIF", "MGEN", "Orange", "Crédit Coopératif"),
        *("Intermarché", "Qwant", "Grand Lyon", "La Banque Postale", "Société Générale"),
    ],
)
def test_a_holder_of_the_pilots_has_an_offer(name):
    (holder,) = (one for one in LISTED.holders.values() if one.name == name)
    assert any(offer.publisher == holder.iri for offer in LISTED.offers)


def test_every_class_is_given_by_somebody_and_used_for_something():
    assert list(uncatalogued(LISTED, glossary())) == []


def test_a_class_that_nobody_gives_or_uses_is_told_of():
    faults = list(uncatalogued(replace(LISTED, offers=(), services=()), glossary()))
    assert "say in vocab/catalogue who gives Payslip" in faults
    assert "say in vocab/catalogue which service uses Payslip" in faults
    assert "say in vocab/catalogue who gives Import" not in faults


@pytest.mark.spec("Self Data CON-15")
@pytest.mark.parametrize("name", sorted(importable()))
def test_what_a_format_of_a_holder_makes_is_among_what_that_holder_gives(name):
    one = importable()[name]
    given = {
        kind for offer in LISTED.offers if offer.publisher == one.holder for kind in offer.classes
    }
    assert one.holder not in LISTED.holders or one.classes <= given


def told(**changes):
    offer = replace(LISTED.offers[0], **changes)
    wrong = replace(LISTED, offers=(offer,), services=())
    return [said.replace(offer.name, "it") for said in offer_faults(wrong, glossary(), COMPLETE)]


def test_the_catalogue_has_no_fault():
    assert list(offer_faults(LISTED, glossary(), COMPLETE)) == []
    assert told() == []


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"title": {"en": "x"}}, "give it a title in fr"),
        (
            {"classes": (SD.NS + "Nothing",), "sensitivity": SDC.s1},
            f"name a class with a shape and an example in it, and not {SD.NS}Nothing",
        ),
        (
            {"classes": (SD.HealthExpense,), "sensitivity": SDC.s3},
            "say of it that it is as sensitive as its classes are",
        ),
        ({"publisher": "https://unheard.example/"}, "describe the holder of the offer it"),
        (
            {"publisher": "https://www.edf.fr/", "every": "", "rhythm": ""},
            "say how often there is something new in it",
        ),
    ],
)
def test_a_fault_of_an_offer_is_told(changes, fault):
    assert told(**changes) == [fault]
