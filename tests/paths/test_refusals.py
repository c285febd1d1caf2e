"""What who was refused is told: the same whether something is there or not, and where to ask."""

from urllib.parse import quote

import pytest

TURTLE = b"<> <http://purl.org/dc/terms/title> 'x' ."
INSERT = b"""@prefix solid: <http://www.w3.org/ns/solid/terms#>.
_:p a solid:InsertDeletePatch; solid:inserts { <#a> <#b> <#c> . }."""
WAYS = [
    pytest.param(method, slash, kind, body, id=f"{method} {slash or 'a document'}")
    for method, kind, body in (
        ("GET", None, None),
        ("HEAD", None, None),
        ("PUT", "text/turtle", TURTLE),
        ("POST", "text/turtle", TURTLE),
        ("PATCH", "text/n3", INSERT),
        ("DELETE", None, None),
    )
    for slash in ("", "/")
]


@pytest.fixture(scope="module")
def there(world, ana) -> str:
    """A container in which a document and a container are; what is named `none` is not there."""
    url = f"{ana.storage}refusals{next(world.numbers)}/"
    for path in ("some", "below/x"):
        assert ana.put(url + path, TURTLE).status == 201
    return url


@pytest.mark.parametrize("who", ["nobody", "bob"])
@pytest.mark.parametrize(("method", "slash", "kind", "body"), WAYS)
@pytest.mark.spec("Practice HTTP-18")
def test_a_refusal_tells_nothing_of_what_is_there(request, there, who, method, slash, kind, body):
    person = request.getfixturevalue(who)
    headers = {} if kind is None else {"Content-Type": kind}
    told = []
    for name in ("below" if slash else "some", "none"):
        url = there + name + slash
        answer = person.call(method, url, headers, body)
        assert answer.status == (401 if who == "nobody" else 403)
        said = answer.text.replace(quote(url, ""), "").replace(url, "")
        fields = {k: v.replace(url, "") for k, v in answer.headers.items() if k != "Date"}
        told.append((said, fields.get("Link"), fields.get("WAC-Allow"), fields.get("Allow")))
    assert told[0][0] == told[1][0]
    assert told[0][2:] == told[1][2:]


@pytest.mark.parametrize(
    ("method", "mode"), [("GET", "read"), ("PUT", "write"), ("POST", "append"), ("DELETE", "write")]
)
@pytest.mark.spec("Self Data CAP-04")
def test_a_refusal_says_where_to_ask_and_what(ana, bob, there, method, mode):
    url = there + "below/"
    body = TURTLE if method in {"PUT", "POST"} else None
    told = bob.call(method, url, {"Content-Type": "text/turtle"}, body).json()["accessRequest"]
    assert told == {
        "endpoint": f"{ana.storage}.well-known/access-requests",
        "body": {
            "agent": bob.webid,
            "client": bob.app.iri,
            "items": [{"resource": url, "modes": [mode], "required": True}],
            "days": 30,
        },
    }


def test_nobody_is_sent_to_ask_for_rules(ana, bob, there):
    for url in (there + ".acl", there + "below/.meta", ana.storage + ".well-known/journal"):
        assert "accessRequest" not in bob.get(url).json()
