from dataclasses import replace

import pytest

from vocab import turtle
from vocab.faults import complete
from vocab.glossary import glossary
from vocab.graph import NamedNode
from vocab.names import RDF, SD, SDC
from vocab.offer_faults import offer_faults
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


def test_every_class_of_records_is_offered_by_somebody_or_asked_for():
    offered = {name for offer in LISTED.offers for name in offer.classes}
    assert {SD.Payslip, SD.BankTransaction, SD.Claim, SD.DataUse, SD.Grade} <= offered


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
    ],
)
def test_a_fault_of_an_offer_is_told(changes, fault):
    assert told(**changes) == [fault]
