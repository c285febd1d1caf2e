from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pod.http.negotiate import negotiate

TURTLE, JSON_LD, NT, HTML = (
    "text/turtle",
    "application/ld+json",
    "application/n-triples",
    "text/html",
)
RDF = (TURTLE, JSON_LD, NT)
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
JAVA = "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2"


@pytest.mark.spec("RFC 9110 §12.5.1")
@pytest.mark.parametrize(
    ("accept", "stored", "chosen"),
    [
        pytest.param(None, JSON_LD, JSON_LD, id="no Accept"),
        pytest.param("*/*", JSON_LD, JSON_LD, id="anything"),
        pytest.param("", JSON_LD, JSON_LD, id="an empty Accept"),
        pytest.param(" , ", JSON_LD, JSON_LD, id="an empty list"),
        pytest.param("text/turtle;q=high", JSON_LD, JSON_LD, id="no readable range"),
        pytest.param(JAVA, JSON_LD, JSON_LD, id="an old client"),
        pytest.param(TURTLE, JSON_LD, TURTLE, id="converted"),
        pytest.param("Text/TURTLE", JSON_LD, TURTLE, id="any case"),
        pytest.param("text/*", JSON_LD, TURTLE, id="a range of types"),
        pytest.param("application/*", TURTLE, JSON_LD, id="the order of the offers"),
        pytest.param("text/turtle, application/ld+json", JSON_LD, JSON_LD, id="stored first"),
        pytest.param("text/turtle;q=0.9, application/ld+json", TURTLE, JSON_LD, id="weights"),
        pytest.param("text/turtle;Q=0.9 , application/ld+json;q=1.000", TURTLE, JSON_LD, id="Q"),
        pytest.param("text/turtle;q=0, */*", TURTLE, JSON_LD, id="refused by name"),
        pytest.param("*/*;q=0", TURTLE, None, id="nothing"),
        pytest.param("application/json", TURTLE, JSON_LD, id="JSON is JSON-LD"),
        pytest.param("application/json, application/ld+json;q=0", TURTLE, None, id="JSON, not LD"),
        pytest.param(
            'application/json, application/ld+json;profile="x";q=0', TURTLE, None, id="nor profiled"
        ),
        pytest.param("application/json;q=0.5, */*;q=0.1", TURTLE, JSON_LD, id="rather JSON"),
        pytest.param('application/ld+json;profile="a,b;q=0"', TURTLE, JSON_LD, id="a profile"),
        pytest.param(
            'application/ld+json;profile="x", application/ld+json;q=0.2, text/turtle;q=0.5',
            JSON_LD,
            TURTLE,
            id="a profile that is not on offer",
        ),
        pytest.param("image/png", TURTLE, None, id="not acceptable"),
        pytest.param("text/html", TURTLE, None, id="no page"),
        pytest.param(BROWSER, TURTLE, TURTLE, id="a browser, no page"),
        pytest.param('text/turtle;a="open, */*', JSON_LD, TURTLE, id="an open quote"),
    ],
)
def test_the_best_form_of_a_graph(accept, stored, chosen):
    assert negotiate(accept, RDF, stored) == chosen


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        pytest.param("*/*", TURTLE, id="anything"),
        pytest.param("*/*;q=0.5", TURTLE, id="anything, a little"),
        pytest.param("text/*, text/turtle;q=0.1", TURTLE, id="any text"),
        pytest.param("text/turtle;q=0, */*", None, id="anything but Turtle"),
        pytest.param("text/turtle, text/html", TURTLE, id="both alike"),
        pytest.param(BROWSER, HTML, id="a browser"),
        pytest.param("text/html;q=0.5, text/turtle;q=0.4", HTML, id="a page rather"),
    ],
)
def test_a_page_is_only_for_who_names_it(accept, chosen):
    assert negotiate(accept, (HTML,), TURTLE) == chosen


def test_a_stored_page_is_sent_like_anything_else():
    assert negotiate("text/*", (), HTML) == HTML
    assert negotiate("*/*;q=0.1", (HTML,), HTML) == HTML


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("text/plain;format=flowed", "text/plain; format=flowed"),
        ("text/plain;format=fixed", None),
        ("text/plain;q=0, text/plain;format=flowed;q=0.1", "text/plain; format=flowed"),
        ("text/plain;format=flowed;q=0, text/plain", None),
        ("text/*;q=0.3, text/plain;q=0", None),
    ],
)
def test_parameters_make_a_range_more_specific(accept, chosen):
    stored = "text/plain; format=flowed"
    assert negotiate(accept, [stored], stored) == chosen


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        pytest.param(f'{JSON_LD};profile="c"', f"{JSON_LD};profile=c", id="the one asked for"),
        pytest.param(f'{JSON_LD};profile="d c"', f"{JSON_LD};profile=c", id="one of two"),
        pytest.param(f"{JSON_LD};profile=x", JSON_LD, id="one that is not there"),
        pytest.param(JSON_LD, JSON_LD, id="none"),
        pytest.param(f"{JSON_LD};profile=c;q=0.5, {JSON_LD}", JSON_LD, id="rather none"),
        pytest.param(f"{JSON_LD};profile=c, {JSON_LD};q=0.5", f"{JSON_LD};profile=c", id="rather"),
        pytest.param(f"{JSON_LD};profile=e;q=0.1, text/turtle;q=0", f"{JSON_LD};profile=e", id="e"),
        pytest.param(f"{JSON_LD};profile=c;q=0", None, id="refused"),
    ],
)
def test_a_profile_is_chosen_by_who_asks_for_it(accept, chosen):
    offers = (JSON_LD, f"{JSON_LD};profile=c", f"{JSON_LD};profile=e")
    assert negotiate(accept, offers, TURTLE) == chosen


TYPES = [TURTLE, JSON_LD, NT, "application/json", "text/plain", HTML]
ranges = st.sampled_from([*TYPES, "text/*", "application/*", "*/*", "image/png"])
weights = st.sampled_from(["0", "0.1", "0.5", "0.999", "1"])
accepts = st.lists(st.tuples(ranges, weights), min_size=1, max_size=5, unique_by=lambda r: r[0])


def naive_quality(offer, asked, stored):
    by_name = dict(asked)
    main = offer.split("/")[0]
    if offer == HTML and stored != HTML:
        return float(by_name.get(HTML, 0))
    also = ["application/json"] if offer == JSON_LD else []
    names = [offer, *also, f"{main}/*", "*/*"]
    return next((float(by_name[name]) for name in names if name in by_name), 0.0)


@given(accepts, st.lists(st.sampled_from(TYPES), unique=True, max_size=4), st.sampled_from(TYPES))
def test_negotiation_as_a_naive_reader_does_it(asked, offers, stored):
    chosen = negotiate(", ".join(f"{name};q={weight}" for name, weight in asked), offers, stored)
    candidates = list(dict.fromkeys([stored, *offers]))
    ranked = sorted(candidates, key=lambda c: -naive_quality(c, asked, stored))  # stable
    best = naive_quality(ranked[0], asked, stored)
    assert chosen == (ranked[0] if best > 0 else None)


@given(accepts)
def test_raising_the_weight_of_a_form_never_loses_it(asked):
    name = TURTLE
    others = [each for each in asked if each[0] != name]
    for lower, higher in pairwise(["0", "0.1", "0.5", "0.999", "1"]):
        before, after = (
            negotiate(", ".join(f"{n};q={w}" for n, w in [*others, (name, q)]), RDF, JSON_LD)
            for q in (lower, higher)
        )
        assert before != name or after == name
