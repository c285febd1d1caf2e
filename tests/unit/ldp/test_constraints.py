import pytest

from pod.ldp.constraints import MEDIA_TYPES, RULES, constrained_by, constraints
from pod.problems import Conflict, Malformed, NotFound, TooLarge, Unprocessable
from pod.problems import UnsupportedMediaType as Unsupported
from pod.rdf.formats import RdfFormat
from pod.rdf.parse import parse

BASE = "https://pod.example/"
LINK = (
    "Link",
    f'<{BASE}ns/constraints>; rel="http://www.w3.org/ns/ldp#constrainedBy"',
)


@pytest.mark.spec("Solid Protocol §5.6 #server-resource-constraints-advertisement")
@pytest.mark.parametrize(
    ("problem", "found"),
    [
        *((kind("no"), (LINK,)) for kind in (Conflict, TooLarge, Unprocessable, Unsupported)),
        *((kind("no"), ()) for kind in (Malformed, NotFound)),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_refusal_by_a_rule_links_to_the_rules(problem, found):
    assert constrained_by(problem, BASE) == found


@pytest.mark.spec("Solid Protocol §5.6 #server-resource-constraints-rdf")
@pytest.mark.parametrize("syntax", RdfFormat)
def test_each_rule_is_an_iri_with_its_words(syntax):
    said = parse(constraints(BASE, syntax.value), syntax, BASE)
    assert {triple.subject.value for triple in said} == {
        f"{BASE}ns/constraints#{rule.name}" for rule in RULES
    }
    assert {triple.object.language for triple in said} == {None, "en", "fr"}


def test_people_read_the_same_rules():
    page = constraints(BASE, MEDIA_TYPES[0]).decode()
    assert all(f'id="{rule.name}"' in page for rule in RULES)
    assert len({rule.name for rule in RULES}) == len(RULES)
