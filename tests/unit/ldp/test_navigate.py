"""When a web browser opens an address, and where it is sent."""

from datetime import UTC, datetime

import pytest

from pod.ldp.navigate import is_for_browsers, is_navigation, to_page
from pod.model import Request, Resource
from vocab.iri import ResourceIri

STORAGE = "https://pod.example/ana/"
CHROMIUM = "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8"
FIREFOX = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
RDFLIB = "text/turtle, application/ld+json;q=0.9, application/xhtml+xml, text/html;q=0.9, */*;q=0.1"
COMUNICA = "application/n-quads,application/ld+json;q=0.9,text/turtle;q=0.6,text/html;q=0.2"


def request(method: str = "GET", path: str = "notes/one", **headers: str) -> Request:
    target = ResourceIri.parse(STORAGE, path)
    return Request(method=method, target=target, headers=headers, url=str(target))


@pytest.mark.parametrize(
    ("accept", "navigation"),
    [
        pytest.param(CHROMIUM, True, id="Chromium"),
        pytest.param(FIREFOX, True, id="Firefox"),
        pytest.param("text/html", True, id="HTML alone"),
        pytest.param("text/html, text/turtle;q=0.9", True, id="HTML rather than RDF"),
        pytest.param("*/*", False, id="anything"),
        pytest.param("text/*", False, id="any text"),
        pytest.param("text/html, text/turtle", False, id="both alike"),
        pytest.param("text/html;q=0.5, */*;q=0.8", False, id="anything rather than HTML"),
        pytest.param("text/html;q=0", False, id="no HTML"),
        pytest.param("image/png", False, id="a picture"),
        pytest.param(RDFLIB, False, id="rdflib"),
        pytest.param(COMUNICA, False, id="Comunica"),
    ],
)
def test_a_navigation_asks_for_html_by_name_and_rather_than_for_rdf(accept, navigation):
    assert is_navigation(request(Accept=accept)) is navigation
    assert is_navigation(request("HEAD", Accept=accept)) is navigation


def test_who_says_nothing_or_signs_in_or_does_not_read_navigates_nowhere():
    assert not is_navigation(request())
    assert not is_navigation(request(Accept=CHROMIUM, Authorization="DPoP x"))
    assert not is_navigation(request("POST", Accept=CHROMIUM))


@pytest.mark.parametrize(
    ("path", "media_type", "itself"),
    [
        ("page", "text/html", True),
        ("photo", "image/png", True),
        ("statement", "application/pdf", True),
        ("note", "text/plain; charset=utf-8", True),
        ("one", "text/turtle", False),
        ("two", "application/ld+json", False),
        ("folder/", "text/turtle", False),
    ],
)
def test_a_browser_shows_itself_what_is_no_rdf(path, media_type, itself):
    found = Resource(
        iri=ResourceIri.parse(STORAGE, path),
        media_type=media_type,
        content=b"",
        version="1",
        modified=datetime(2026, 1, 1, tzinfo=UTC),
    )
    assert is_for_browsers(found) is itself


def test_the_way_to_the_page_says_what_to_show_and_is_kept_by_nobody():
    reply = to_page(request(path="caf%C3%A9/x&y"), "https://pod.example/.browse/")
    said = dict(reply.headers)
    shown = "https%3A%2F%2Fpod.example%2Fana%2Fcaf%25C3%25A9%2Fx%26y"
    assert reply.status == 303
    assert said["Location"] == f"https://pod.example/.browse/?uri={shown}"
    assert said["Cache-Control"] == "no-store"
    assert said["Vary"] == "Accept, Authorization, Origin"
