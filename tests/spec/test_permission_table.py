"""Which modes each operation needs (WAC §5.3.1), as the table that servers agree on.

An agent has some modes on a container C and some on what it holds, R. Each row says what comes of
an operation where R exists and where it does not; nothing is told of what must not be known.
"""

import pytest
from agents import EVERYONE, Person, rule
from patches import N3, n3

NO = 403  # for somebody who signed in; 401 for everybody else

# method, target, modes on C, modes on R, status if R exists, status if it does not
TABLE = (
    ("GET", "R", "", "", NO, NO),
    ("GET", "R", "Read", "", NO, NO),
    ("GET", "R", "", "Append", NO, NO),
    ("GET", "R", "", "Write", NO, NO),
    ("GET", "R", "Read Write Control", "Write Control", NO, NO),
    ("GET", "R", "", "Read", 200, 404),
    ("HEAD", "R", "Read", "Write", NO, NO),
    ("HEAD", "R", "", "Read", 200, 404),
    ("GET", "R/", "Read", "", NO, NO),
    ("GET", "R/", "", "Read", 200, 404),
    ("OPTIONS", "R", "", "", 204, 204),
    ("OPTIONS", "R/", "", "", 204, 204),
    ("OPTIONS", "R.acl", "", "", 204, 204),
    # A document: created where something may be added, replaced where it may be written.
    ("PUT", "R", "", "", NO, NO),
    ("PUT", "R", "Read", "Read", NO, NO),
    ("PUT", "R", "", "Append", NO, NO),
    ("PUT", "R", "", "Write", 204, NO),
    ("PUT", "R", "Append", "", NO, NO),
    ("PUT", "R", "Write", "", NO, NO),
    ("PUT", "R", "Append", "Append", NO, 201),
    ("PUT", "R", "Append", "Write", 204, 201),
    ("PUT", "R", "Write", "Append", NO, 201),
    ("PUT", "R", "Write", "Write", 204, 201),
    ("PUT", "R", "Read Control", "Read Control", NO, NO),
    ("PUT", "R/", "", "Write", 204, NO),
    ("PUT", "R/", "Append", "Append", NO, 201),
    ("PUT", "R/", "Write", "", NO, NO),
    # Containers on the way are created like any other.
    ("PUT", "new/er/R", "Append", "Append", NO, 201),
    ("PUT", "new/er/R", "", "Write", 204, NO),
    ("PUT", "new/er/R", "Write", "", NO, NO),
    # A patch: what it holds says what it needs, before what is there says whether it fits.
    ("PATCH inserts", "R", "", "Read Control", NO, NO),
    ("PATCH inserts", "R", "", "Append", 204, NO),
    ("PATCH inserts", "R", "", "Write", 204, NO),
    ("PATCH inserts", "R", "Append", "", NO, NO),
    ("PATCH inserts", "R", "Append", "Append", 204, 201),
    ("PATCH inserts", "R", "Write", "Write", 204, 201),
    ("PATCH inserts", "R/", "", "Read", NO, NO),
    ("PATCH inserts", "R/", "", "Append", 204, NO),
    ("PATCH inserts", "R/", "Append", "Append", 204, 201),
    ("PATCH inserts", "new/er/R", "Append", "Append", 204, 201),
    ("PATCH inserts", "new/er/R", "", "Write", 204, NO),
    ("PATCH where", "R", "Write", "Write", NO, NO),
    ("PATCH where", "R", "", "Read", 409, 409),
    ("PATCH deletes", "R", "Write", "Write", NO, NO),
    ("PATCH deletes", "R", "Write", "Read Append", NO, NO),
    ("PATCH deletes", "R", "", "Read Write", 409, 409),
    ("PATCH", "R", "Append", "Append", NO, NO),
    ("PATCH", "R", "", "Read", 204, 404),
    # A member that the server names: only the container counts.
    ("POST", "", "", "", NO, NO),
    ("POST", "", "Read", "Write", NO, NO),
    ("POST", "", "Append", "", 201, 201),
    ("POST", "", "Write", "", 201, 201),
    ("POST", "R/", "Write", "", NO, NO),
    ("POST", "R/", "", "Append", 201, 404),
    ("POST", "R/", "", "Read", NO, NO),
    ("POST", "R", "", "Append", 405, 404),
    ("POST", "R", "Append", "Read", NO, NO),
    # The end of something changes it and its container.
    ("DELETE", "R", "", "", NO, NO),
    ("DELETE", "R", "", "Write", NO, NO),
    ("DELETE", "R", "Append", "Write", NO, NO),
    ("DELETE", "R", "Write", "", NO, NO),
    ("DELETE", "R", "Write", "Append", NO, NO),
    ("DELETE", "R", "Write", "Read", NO, 404),
    ("DELETE", "R", "Write", "Write", 205, NO),
    ("DELETE", "R", "Write", "Read Write", 205, 404),
    ("DELETE", "R", "Read", "Read", NO, 404),
    # Whether a container is empty is told to readers only.
    ("DELETE", "R/", "Write", "Write", NO, NO),
    ("DELETE", "R/", "Write", "Read Write", 205, 404),
    ("DELETE", "R/", "", "Read Write", NO, 404),
    # Rules are under Control of what they are for, and under nothing else.
    ("GET", "R.acl", "Read Write Control", "Read Write", NO, NO),
    ("GET", "R.acl", "", "Control", 200, 404),
    ("HEAD", "R.acl", "", "Control", 200, 404),
    ("PUT", "R.acl", "Read Write Control", "Read Write", NO, NO),
    ("PUT", "R.acl", "", "Control", 204, 201),
    ("PATCH inserts", "R.acl", "Read Write Control", "Read Write", NO, NO),
    ("PATCH inserts", "R.acl", "", "Control", 204, 201),
    ("DELETE", "R.acl", "Read Write Control", "Read Write", NO, NO),
    ("DELETE", "R.acl", "", "Control", 205, 404),
    ("POST", "R.acl", "", "Read Write", NO, NO),
    # A description is under the rules of what it describes, and Control gives nothing.
    ("GET", "R.meta", "Read Write Control", "Append Control", NO, NO),
    ("GET", "R.meta", "", "Write", NO, NO),
    ("GET", "R.meta", "", "Read", 200, 404),
    ("HEAD", "R.meta", "", "Control", NO, NO),
    ("HEAD", "R.meta", "", "Read", 200, 404),
    ("OPTIONS", "R.meta", "", "", 204, 204),
    ("PUT", "R.meta", "Read Write Control", "Read Control", NO, NO),
    ("PUT", "R.meta", "", "Append", NO, 201),
    ("PUT", "R.meta", "", "Write", 204, 201),
    ("PATCH inserts", "R.meta", "Write", "Read Control", NO, NO),
    ("PATCH inserts", "R.meta", "", "Append", 204, 201),
    ("PATCH where", "R.meta", "Write", "Write Control", NO, NO),
    ("PATCH where", "R.meta", "", "Read", 409, 409),
    ("PATCH deletes", "R.meta", "Write", "Write Control", NO, NO),
    ("PATCH deletes", "R.meta", "Write", "Read Append", NO, NO),
    ("PATCH deletes", "R.meta", "", "Read Write", 409, 409),
    ("PATCH", "R.meta", "Write", "Append", NO, NO),
    ("PATCH", "R.meta", "", "Read", 204, 404),
    ("POST", "R.meta", "Write", "Read", NO, NO),
    ("POST", "R.meta", "", "Append", 405, 404),
    ("DELETE", "R.meta", "Write", "Append Control", NO, NO),
    ("DELETE", "R.meta", "Write", "Read", NO, 404),
    ("DELETE", "R.meta", "", "Write", 205, NO),
    ("DELETE", "R.meta", "", "Read Write", 205, 404),
    ("GET", "R/.meta", "Read Write Control", "Write Control", NO, NO),
    ("GET", "R/.meta", "", "Read", 200, 404),
    ("PUT", "R/.meta", "Write", "Read Control", NO, NO),
    ("PUT", "R/.meta", "", "Append", NO, 201),
    ("PUT", "R/.meta", "", "Write", 204, 201),
    ("PATCH inserts", "R/.meta", "", "Append", 204, 201),
    ("DELETE", "R/.meta", "Write", "Append", NO, NO),
    ("DELETE", "R/.meta", "", "Write", 205, NO),
    # Control gives nothing but the rules.
    ("GET", "R", "Control", "Control", NO, NO),
    ("DELETE", "R", "Control", "Control", NO, NO),
)

CLAUSES = {
    "GET": "WAC §5.3.1 #server-read-operation",
    "HEAD": "WAC §5.3.1 #server-read-operation",
    "OPTIONS": "Solid Protocol §5.2 #server-safe-methods",
    "POST": "WAC §5.3.1 #server-create-operation",
    "PUT": "WAC §5.3.1 #server-update-operation",
    "PATCH": "WAC §5.3.1 #http-patch",
    "DELETE": "WAC §5.3.1 #server-delete-operation",
}


def rows():
    for method, target, on_c, on_r, exists, missing in TABLE:
        clause = CLAUSES[method.partition(" ")[0]]
        if target == "R.acl" and method != "OPTIONS":
            clause = "WAC §5.3.1 #server-control-operation"
        if target.endswith(".meta"):
            clause = "Solid Protocol §4.3.2 #server-description-resource-authorization"
        name = f"{method} {target or 'C/'} with {on_c or 'nothing'} on C, {on_r or 'nothing'} on R"
        for there, status in ((True, exists), (False, missing)):
            yield pytest.param(
                method,
                target,
                (on_c, on_r),
                there,
                status,
                id=f"{name}, {'existing' if there else 'missing'}",
                marks=pytest.mark.spec(clause),
            )


def prepare(ana: Person, place: str, who: str, modes: tuple[str, str], target: str, *, there: bool):
    """The container, what it holds, and the rules of both."""
    on_c, on_r = modes
    subject, of_auxiliary, kind = target.partition(".")
    resource = place + (subject or "R")
    ana.put(place)
    if there or of_auxiliary:
        ana.put(resource)
    if there and kind == "meta":
        ana.put(resource + ".meta")
    if there and kind == "acl":
        # The rules of R exist: they give what it would inherit otherwise.
        ana.grant(resource, *([rule(who, on_r, "accessTo")] if on_r else []))
    ana.grant(
        place,
        rule(ana.webid, "Read Write Control"),
        *([rule(who, on_c, "accessTo")] if on_c else []),
        *([rule(who, on_r, "default")] if on_r else []),
    )


@pytest.mark.parametrize("who", ["bob", "nobody"])
@pytest.mark.parametrize(("method", "target", "modes", "there", "status"), [*rows()])
def test_what_comes_of_it(ana, place, request, who, method, target, modes, there, status):
    agent = request.getfixturevalue(who)
    prepare(ana, place, agent.webid or EVERYONE, modes, target, there=there)
    method, _, part = method.partition(" ")
    headers = {"Content-Type": "text/turtle"} if method in {"PUT", "POST"} else {}
    body = None
    if method == "PATCH":
        headers, body = {"Content-Type": N3}, n3(**({part: "<> a v:A"} if part else {}))
    answer = agent.call(method, place + target, headers, body)
    refused = 403 if agent.webid else 401
    assert answer.status == (refused if status == NO else status)
    assert ("WWW-Authenticate" in answer.headers) == (answer.status == 401)


@pytest.mark.spec("WAC §5.3.1 #server-create-operation")
@pytest.mark.spec("WAC §5.3.1 #container-permissions")
def test_a_container_on_the_way_that_is_not_ones_own_is_not_made(ana, bob, place):
    ana.put(place + "closed/x")
    ana.grant(place, rule(ana.webid, "Read Write Control"), rule(bob.webid, "Read Write"))
    ana.grant(
        place + "closed/",
        rule(ana.webid, "Read Write Control"),
        rule(bob.webid, "Write", "default"),
    )
    assert bob.put(place + "closed/new/y").status == 403
    assert bob.put(place + "closed/x").status == 204
    assert ana.get(place + "closed/new/").status == 404


@pytest.mark.spec("WAC §5.3.1 #server-delete-operation")
def test_a_container_that_is_not_empty_is_409_for_those_who_may_delete_it(ana, bob, place):
    ana.put(place + "c/x")
    ana.grant(place, rule(ana.webid, "Read Write Control"), rule(bob.webid, "Write"))
    assert bob.delete(place + "c/").status == 403
    ana.grant(place, rule(ana.webid, "Read Write Control"), rule(bob.webid, "Read Write"))
    assert bob.delete(place + "c/").status == 409
