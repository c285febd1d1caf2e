"""What pages say: in plain words that everybody reads, and in none of those that nobody does."""

import re
from collections import defaultdict

import pytest

from pod.consent.bilingual import LANGUAGES
from pod.consent.categories import CATEGORIES
from pod.consent.purposes import PURPOSES
from pod.consent.readability import LIMIT, readability, words_of
from pod.consent.terms import PRESETS
from pod.web.ui.words import words

LONG = 8
"""Words from which on a sentence is measured by itself: of fewer, one long word decides."""
EASY = 60.0
"""A page as a whole is for everybody, where a sentence may be a little harder."""
LABEL = 5
"""Words below which something is no sentence but a label."""
TALKING = 40
"""Words from which on a page is measured: one of labels alone has no sentences."""

# What is said instead is in the words of the pages themselves: space, data, app, request, access,
# journal, reason, stop the access; read, add, change. None of them says who owns data (CON-36).
AVOIDED = (
    # French, English: the words of the machinery
    (r"pods?", r"pods?"),
    (r"webids?", r"webids?"),
    (r"acl", r"acl"),
    (r"rdf", r"rdf"),
    (r"triplets?|triples?", r"triples?"),
    (r"ressources?", r"resources?"),
    (r"scopes?", r"scopes?"),
    (r"jetons?|tokens?", r"tokens?"),
    (r"grants?", r"grants?"),
    (r"contrôleurs?|controllers?", r"controllers?"),
    (r"append|control|read|write", r"append"),
    # to install an app is not to give it access
    (r"install\w+", r"install\w*"),
    # where data are worked on is said as staying and leaving
    (r"traitement local|traitement distant", r"local processing|remote processing"),
    (r"données dérivées|données fournies", r"derived data|provided data"),
    # who owns data is no question here
    (r"propriétaires?|propriétés?", r"owners?|ownership"),
    (r"possèd\w+|posséd\w+", r"owns?|owned|possess\w*"),
    (r"(?:vous|nous) appart\w+", r"belongs? to (?:you|us)"),
)
OWN = re.compile(r"\b(?:(?:your|their|its|her|our|my) own|of your own|on its own|own words)\b")


def said(language):
    """Every sentence of the pages, and of what the screens put into them, by its name."""
    found = dict(words(language))
    for name, category in CATEGORIES.items():
        found[f"category.{name}"] = category.label.within(language)
        found[f"category_what.{name}"] = category.what.within(language)
    for iri, purpose in PURPOSES.items():
        found[f"purpose.{iri}"] = purpose.sentence.within(language)
    for name, preset in PRESETS.items():
        for number, clause in enumerate(preset.text):
            found[f"clause.{name}-{number}"] = clause.within(language)
    return found


def spoken(sentence, language):
    """A sentence as it is read, with a word where something is filled in.

    Artificial intelligence is the name of a thing, which everybody knows by its two letters.
    """
    filled = re.sub(r"\{\w+\}", "cela" if language == "fr" else "that", sentence)
    filled = re.sub("intelligence artificielle|artificial intelligence", "IA", filled)
    return filled.rstrip(". ") + "."


@pytest.mark.spec("Self Data CON-36")
@pytest.mark.spec("Self Data PRI-24")
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_used_that_people_do_not_know(language):
    avoided = "|".join(both[LANGUAGES.index(language)] for both in AVOIDED)
    found = {
        name: sentence
        for name, sentence in said(language).items()
        if re.search(
            rf"\b(?:{avoided})\b", OWN.sub("", re.sub(r"\{\w+\}", "", sentence)), re.IGNORECASE
        )
    }
    assert found == {}


@pytest.mark.spec("Self Data CON-19")
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_sentence_is_easy_enough(language):
    found = {
        name: (round(score), sentence)
        for name, sentence in said(language).items()
        if len(words_of(sentence)) >= LONG
        and not name.startswith("format.")  # names of files, which are no sentences
        and (score := readability(spoken(sentence, language), language)) < LIMIT
    }
    assert found == {}


@pytest.mark.spec("Self Data CON-19")
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_page_is_easy(language):
    pages = defaultdict(list)
    for name, sentence in words(language).items():
        if len(words_of(sentence)) >= LABEL:
            pages[name.partition(".")[0]].append(spoken(sentence, language))
    found = {}
    for name, sentences in pages.items():
        text = " ".join(sentences)
        if len(words_of(text)) >= TALKING:
            found[name] = readability(text, language)
    assert len(found) > len(pages) / 3
    assert {name: round(score) for name, score in found.items() if score < EASY} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_person_is_spoken_to_in_one_way(language):
    """French says vous; both use the apostrophe that is typeset."""
    familiar = re.compile(r"\b(tu|toi|ton|tes|ta)\b", re.IGNORECASE)
    if language == "fr":
        assert [text for text in said(language).values() if familiar.search(text)] == []
    assert [text for text in said(language).values() if re.search(r"\w'\w", text)] == []
