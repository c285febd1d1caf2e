"""Readability: Flesch's formula in French and in English."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pod.consent.readability import LIMIT, readability, syllables, words_of

WORDS = st.lists(
    st.sampled_from(["nous", "lisons", "vos", "opérations", "pour", "compter", "budget"]),
    min_size=1,
    max_size=12,
)


@pytest.mark.parametrize(
    ("word", "language", "count"),
    [
        ("nous", "fr", 1),
        ("opérations", "fr", 4),
        ("chaque", "fr", 1),
        ("données", "fr", 2),
        ("théâtre", "fr", 2),
        ("lisent", "fr", 1),
        ("le", "fr", 1),
        ("we", "en", 1),
        ("money", "en", 2),
        ("used", "en", 1),
        ("needed", "en", 2),
        ("people", "en", 2),
        ("12", "en", 1),
    ],
)
def test_syllables(word, language, count):
    assert syllables(word, language) == count


def test_an_apostrophe_divides_words_and_a_hyphen_does_not():
    assert words_of("d'un passe-partout, 3 fois") == ["d", "un", "passe-partout", "3", "fois"]


def test_the_formula():
    # Two sentences, eight words, eight syllables.
    assert readability("We read what you pay. You see it.", "en") == pytest.approx(
        206.835 - 1.015 * 4 - 84.6 * 1
    )
    assert readability("Vous lisez le mot.", "fr") == pytest.approx(207 - 1.015 * 4 - 73.6 * 5 / 4)


def test_nothing_is_not_readable():
    assert readability(" … ", "fr") == 0.0


@pytest.mark.spec("Self Data CON-19")
@pytest.mark.parametrize(
    ("text", "language", "is_plain"),
    [
        ("Nous lisons vos opérations pour vous montrer où part votre argent.", "fr", True),
        (
            "Traitement automatisé des données transactionnelles à des fins de personnalisation.",
            "fr",
            False,
        ),
        ("We read what you pay to show you where your money goes.", "en", True),
        (
            "Automated processing of transactional information for purposes of personalisation.",
            "en",
            False,
        ),
    ],
)
def test_plain_words_reach_the_limit_and_officialese_does_not(text, language, is_plain):
    assert (readability(text, language) >= LIMIT) is is_plain


@given(words=WORDS, language=st.sampled_from(["fr", "en"]))
def test_the_same_said_in_more_sentences_is_no_harder(words, language):
    together, apart = " ".join(words) + ".", ". ".join(words) + "."
    assert readability(apart, language) >= readability(together, language)
    assert readability(f"{together} {together}", language) == pytest.approx(
        readability(together, language)
    )
