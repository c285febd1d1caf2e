"""What the person's terms say, and what is against them."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pod.agreements import TermsAgreement, TermsSetting
from pod.consent.bilingual import LANGUAGES
from pod.consent.manifest import Recipient, Use
from pod.consent.purposes import PURPOSES, TRAINING
from pod.consent.terms import (
    OPEN,
    PRESETS,
    STRICT,
    USUAL,
    against,
    is_current,
    must_accept,
    offer_document,
    offered,
    offers,
)
from pod.problems import NotFound
from vocab.names import DPV

ADVICE = DPV.NS + "ProvidePersonalisedRecommendations"
SELLING = DPV.NS + "DirectMarketing"
USE = Use(
    purpose=ADVICE,
    sentence=None,
    required=(),
    optional=(),
    processing="leaving",
    country="FR",
    recipients=(),
    retention=None,
    days=None,
    ai_training=None,
    person_gains=None,
    app_gains=None,
)
SHARED = replace(USE, recipients=(Recipient(name="Other", country="FR"),))
TRAINS = replace(USE, ai_training=True)

CASES = {
    "nothing said": (STRICT, ADVICE, None, None, True),
    "nothing wrong": (STRICT, ADVICE, "none", USE, True),
    "kept under strict terms": (STRICT, ADVICE, "P1D", USE, False),
    "kept a year": (USUAL, ADVICE, "P1Y", USE, True),
    "kept longer than a year": (USUAL, ADVICE, "P1Y1D", USE, False),
    "kept 53 weeks": (USUAL, ADVICE, "P53W", USE, False),
    "kept 13 months": (USUAL, ADVICE, "P13M", USE, False),
    "kept as the manifest says": (STRICT, ADVICE, None, replace(USE, retention="P1D"), False),
    "passed on under strict terms": (STRICT, ADVICE, None, SHARED, False),
    "passed on to who is named": (USUAL, ADVICE, None, SHARED, True),
    "training said": (USUAL, ADVICE, None, TRAINS, False),
    "training as the purpose": (USUAL, TRAINING, None, None, False),
    "training under open terms": (OPEN, TRAINING, None, TRAINS, True),
    "selling": (USUAL, SELLING, None, USE, False),
    "selling under open terms": (OPEN, SELLING, None, USE, True),
}


@pytest.mark.spec("Self Data B13")
@pytest.mark.parametrize(
    ("terms", "purpose", "retention", "use", "fits"), CASES.values(), ids=CASES.keys()
)
def test_what_is_asked_fits_what_was_accepted_or_not(terms, purpose, retention, use, fits):
    assert (against(terms, purpose, retention, use) is None) is fits


@pytest.mark.parametrize("purpose", sorted(PURPOSES))
def test_each_agreement_allows_no_less_than_the_one_before(purpose):
    allowed = [against(terms, purpose, None, None) is None for terms in PRESETS.values()]
    assert allowed == sorted(allowed)


OFFERS = {
    "strict": ["strict"],
    "usual": ["usual", "strict"],
    "open": ["open", "usual", "strict"],
    "of another version": ["strict"],
}


@pytest.mark.parametrize(("preset", "names"), OFFERS.items(), ids=OFFERS.keys())
def test_what_she_has_chosen_is_offered_and_what_binds_more(preset, names):
    assert [terms.name for terms in offers(TermsSetting(preset))] == names


@pytest.mark.parametrize("preset", PRESETS)
def test_what_was_accepted_is_current_as_long_as_it_is_offered_word_for_word(preset):
    setting = TermsSetting(preset)
    for terms in PRESETS.values():
        accepted = agreement(terms)
        assert is_current(accepted, setting) is (terms in offers(setting))
        assert not is_current(replace(accepted, digest="0" * 64), setting)


def agreement(terms):
    return TermsAgreement(
        id="t1",
        agent="https://bob.example/#me",
        client=None,
        offer=terms.name,
        digest=terms.digest,
        created=datetime(2026, 1, 1, tzinfo=UTC),
        jws="",
    )


def test_an_agreement_is_known_by_its_words():
    digests = {terms.digest for terms in PRESETS.values()}
    assert len(digests) == len(PRESETS)
    other = replace(STRICT, erasure=STRICT.erasure + 1)
    assert other.digest not in digests


def test_each_clause_is_there_in_both_languages():
    for terms in PRESETS.values():
        for language in LANGUAGES:
            assert all(clause.within(language) for clause in (terms.title, *terms.text))


def test_there_is_no_agreement_of_another_name():
    assert offered("strict") is STRICT
    with pytest.raises(NotFound):
        offered("none")


WHO = {
    "who asks": (False, True, True),
    "an app that she signs in to": (False, False, False),
    "an app that she signs in to, where she wants it of all": (True, False, True),
}


@pytest.mark.parametrize(("of_all", "by_request", "must"), WHO.values(), ids=WHO.keys())
def test_who_has_to_accept(of_all, by_request, must):
    setting = TermsSetting("usual", of_all=of_all)
    assert must_accept(setting, by_request=by_request) is must


def test_the_offer_says_where_it_is_accepted():
    document = offer_document("https://pod.example/ana/", TermsSetting("usual", of_all=True))
    assert document["accept"] == "https://pod.example/ana/.well-known/myterms"
    assert document["contexts"]["app"]["required"]
