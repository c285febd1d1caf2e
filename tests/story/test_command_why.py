"""`pod grant why`: by which rule somebody may read, or might not."""

import pytest
from commands import app, check_sentence
from serving import Host

from pod.consent.purposes import PURPOSES

BOB = "https://bob.example/#me"


@pytest.mark.spec("Self Data B7")
def test_it_tells_why_something_is_allowed_or_refused(served: Host, ana: str) -> None:
    served.here("share", ana, "/notes/", "--with", BOB)
    asked = ("grant", "why", ana, "--target", "/notes/x", "--agent", BOB)
    said = served.here(*asked)
    assert (said.status, said.out) == (
        0,
        f"{BOB} can read “notes/x” because you gave them access to “notes/”.\n",
    )
    told = served.here(*asked, "--mode", "write", "--client", "app", "--json").json()
    (explanation,) = told["explanations"]
    assert (explanation["granted"], explanation["mode"]) == (False, ["Write"])
    assert explanation["agent"]["client"] == f"{served.base}.oidc/clients/app"
    assert told["sentence"].endswith("because you only let them read what is there.")
    purpose = next(iter(PURPOSES))
    parts = ("--purpose", purpose, "--issuer", "https://idp.example/", "--at", "2100-01-01")
    later = served.here(*asked, *parts, "--json").json()["explanations"][0]
    assert (later["agent"]["purpose"], later["granted"]) == (purpose, True)


def test_it_tells_why_a_line_of_the_journal_is_there(served: Host, ana: str) -> None:
    script = app(served, ana)
    script.put(f"{served.base}{ana}/x", b"")
    lines = served.here("journal", ana, "--json").json()
    number = next(line["number"] for line in lines if line["action"] == "PUT")
    told = served.here("grant", "why", ana, "--entry", str(number), "--json").json()
    assert (told["exact"], told["asDecided"], told["line"]["number"]) == (True, True, number)


WRONG = {
    "nothing": (),
    "both": ("--entry", "1", "--mode", "read"),
    "an impossible path": ("--target", "a//b"),
    "no time": ("--target", "/", "--at", "soon"),
}


@pytest.mark.parametrize("words", WRONG.values(), ids=WRONG.keys())
def test_wrong_use_is_said_in_one_sentence(served: Host, ola: str, words: tuple[str, ...]) -> None:
    said = served.here("grant", "why", ola, *words)
    check_sentence(said, 2)


def test_a_line_that_is_not_there_is_said(served: Host, ola: str) -> None:
    said = served.here("grant", "why", ola, "--entry", "999999")
    assert said.status == 1
    assert "no line of this number" in said.err
