"""Who signs an owner in changes by her account alone, and never to nobody."""

from datetime import UTC, datetime

import pytest

from pod.ldp.issuers import Naming, renamed
from pod.ldp.profile import profile_in
from pod.model import Resource
from pod.problems import Conflict, NotFound
from pod.rdf.formats import RdfFormat
from vocab.iri import ResourceIri

STORAGE = "https://pod.example/ana/"
ANA = STORAGE + "profile/card#me"
HERE, THERE = "https://pod.example/", "https://idp.example"
NOW = datetime(2026, 5, 4, tzinfo=UTC)
TURTLE, JSON_LD = RdfFormat.TURTLE, RdfFormat.JSON_LD


def changed(text, issuer, *, remove=False, kind="text/turtle"):
    card = ResourceIri(STORAGE, "profile/card")
    before = Resource(iri=card, media_type=kind, content=text, version="1", modified=NOW)
    return renamed(Naming(webid=ANA, issuer=issuer, remove=remove), before, text, NOW)


def said(*issuers):
    named = ", ".join(f"<{issuer}>" for issuer in issuers)
    return (
        "@prefix solid: <http://www.w3.org/ns/solid/terms#> . # mine\n"
        f"<#me> a <http://xmlns.com/foaf/0.1/Person> ; solid:oidcIssuer {named} .\n"
    ).encode()


@pytest.mark.parametrize(
    ("before", "issuer", "remove", "after"),
    [
        pytest.param([HERE], THERE, False, {HERE, THERE}, id="one more"),
        pytest.param([HERE, THERE], HERE, True, {THERE}, id="one less"),
    ],
)
def test_one_statement_comes_or_goes_and_the_rest_of_the_text_stays(before, issuer, remove, after):
    change = changed(said(*before), issuer, remove=remove)
    assert change.after.modified == NOW
    assert set(profile_in(change.after.content, TURTLE, ANA).issuers) == after
    assert b"# mine" in change.after.content


def test_a_profile_in_another_format_stays_in_it():
    text = f'{{"@id": "{ANA}", "http://www.w3.org/ns/solid/terms#oidcIssuer": {{"@id": "{HERE}"}}}}'
    change = changed(text.encode(), THERE, kind="application/ld+json")
    assert change.after.media_type == "application/ld+json"
    assert set(profile_in(change.after.content, JSON_LD, ANA).issuers) == {HERE, THERE}


def test_what_is_named_already_changes_nothing():
    assert changed(said(HERE), HERE) is None


@pytest.mark.parametrize(
    ("text", "issuer", "remove", "kind", "problem"),
    [
        pytest.param(said(HERE), HERE, True, "text/turtle", Conflict, id="the last one"),
        pytest.param(said(HERE), THERE, True, "text/turtle", NotFound, id="not named"),
        pytest.param(said(HERE), HERE[:-1], True, "text/turtle", NotFound, id="without its slash"),
        pytest.param(b"GIF89a", THERE, False, "image/gif", Conflict, id="no document"),
    ],
)
def test_what_cannot_be_is_refused(text, issuer, remove, kind, problem):
    with pytest.raises(problem):
        changed(text, issuer, remove=remove, kind=kind)
