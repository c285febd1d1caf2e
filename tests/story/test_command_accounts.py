"""Accounts, and who may see what, by the command line beside a server that runs."""

import json
import shutil
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest
from client import App, call
from commands import app, check_sentence, count, creation, signs_in, webid
from serving import MIB, Host, free_port, here


def test_an_account_is_made_with_its_pod(served: Host) -> None:
    done = served.here(*creation("new"), "--json", given="a good password\n")
    assert done.json() == {"webid": webid(served, "new"), "storage": f"{served.base}new/"}
    assert done.err == ""
    assert call("GET", webid(served, "new").partition("#")[0]).status == 200
    made = served.here("credentials", "create", "new", "--label", "my script", "--json").json()
    assert made.keys() == {"id", "client", "secret", "webid", "token_endpoint"}
    assert made["client"] == f"{served.base}.oidc/clients/{made['id']}"
    assert made["webid"] == webid(served, "new")
    script = App(made["id"], made["secret"], made["token_endpoint"])
    assert script.get(f"{served.base}new/").status == 200


def test_who_forgot_her_password_gets_a_code_of_the_host(served: Host, ana: str) -> None:
    told = served.here("account", "reset-password", ana, "--json").json()
    assert told["address"] == f"{served.base}.account/login/password/reset/"
    value = {"recordId": told["recordId"], "password": "a new password"}
    assert signs_in(served.base, value, "reset/")
    assert not signs_in(served.base, value, "reset/")
    login = {"email": f"{ana}@example.org"}
    assert not signs_in(served.base, {**login, "password": "a good password"})
    assert signs_in(served.base, {**login, "password": "a new password"})
    assert len(served.here("account", "reset-password", ana).out.splitlines()) == 2
    check_sentence(served.here("account", "reset-password", "nobody"), 1)


def test_an_invitation_is_printed_and_kept_as_a_hash(served: Host) -> None:
    code = served.here("account", "invite", "--json").json()["invite"]
    assert len(code) >= 20
    assert served.here("account", "invite").out.splitlines()[0] != code
    assert traces(served.data, code) == []


def test_an_account_that_is_deleted_leaves_nothing(served: Host) -> None:
    name = "zebulon"
    served.here(*creation(name), given="a good password\n")
    script = app(served, name)
    film = script.put(f"{served.base}{name}/film", b"x" * MIB, "video/mp4")
    assert film.status == 201
    assert script.get(f"{served.base}{name}/").status == 200
    assert traces(served.data, name)
    done = served.here("account", "delete", name, "--yes", "--json")
    assert (done.status, done.json()) == (0, {"deleted": name})
    # At once, and for the server that runs.
    assert script.get(f"{served.base}{name}/").status in {401, 404}
    assert call("GET", webid(served, name).partition("#")[0]).status == 404
    assert traces(served.data, name) == []
    assert served.here("account", "delete", name, "--yes").status == 1
    # Who comes to the name next finds nothing of it.
    assert served.here(*creation(name), given="a good password\n").status == 0
    assert script.get(f"{served.base}{name}/").status == 401
    assert app(served, name).get(f"{served.base}{name}/film").status == 404


@pytest.mark.parametrize("left", ["account", "pod"])
def test_a_deletion_that_was_broken_off_can_be_finished(served: Host, ana: str, left: str) -> None:
    if left == "account":
        shutil.rmtree(served.data / "pods" / ana)
    else:
        with closing(sqlite3.connect(served.data / "server.sqlite3")) as database, database:
            database.execute("PRAGMA foreign_keys = ON")
            database.execute(
                "DELETE FROM account WHERE id = (SELECT account FROM pod WHERE name = ?)", (ana,)
            )
    assert served.here("account", "delete", ana, "--yes").status == 0
    assert not (served.data / "pods" / ana).exists()
    assert served.here("account", "delete", ana, "--yes").status == 1
    assert served.here(*creation(ana), given="a good password\n").status == 0


def test_a_check_tells_of_a_damaged_pod_and_of_no_other(tmp_path: Path) -> None:
    host = Host(tmp_path / "data", free_port())
    host.people("eve", "kim")
    place = ("--data", str(host.data))
    assert here("check", *place, "--json").json() == []
    with closing(sqlite3.connect(host.data / "pods" / "eve" / "pod.sqlite3")) as database, database:
        database.execute("DELETE FROM resource WHERE parent = '' AND name = 'profile/'")
    done = here("check", *place, "--json")
    assert (done.status, done.err) == (1, "")
    assert {(one["pod"], one["about"]) for one in done.json()} == {
        ("eve", "profile/card"),
        ("eve", "profile/card.acl"),
    }
    assert here("check", *place).out.splitlines()[-1] == "2 checked, 2 findings"
    assert here("check", *place, "--pod", "kim", "--repair-index").status == 0


def traces(data: Path, name: str) -> list[Path]:
    """Every file in a folder that has a name in it, or in its own name."""
    files = [file for file in data.rglob("*") if file.is_file()]
    return [file for file in files if name in str(file) or name.encode() in file.read_bytes()]


def test_a_query_is_answered_in_the_form_that_is_asked_for(
    served: Host, ana: str, tmp_path: Path
) -> None:
    profile = f"SELECT ?s {{ ?s <http://www.w3.org/ns/pim/space#storage> <{served.base}{ana}/> }}"
    file = tmp_path / "query.rq"
    file.write_text(profile)
    assert served.here("query", ana, f"@{file}", "--format", "csv").out.split() == [
        "s",
        webid(served, ana),
    ]
    rows = served.here("query", ana, profile).json()["results"]["bindings"]
    assert [row["s"]["value"] for row in rows] == [webid(served, ana)]
    assert served.here("query", ana, profile, "--format", "csv", "--json").json()["results"]
    assert served.here("query", ana, "ASK { ?s ?p ?o }").json()["boolean"] is True
    graph = "CONSTRUCT WHERE { ?s a ?kind }"
    assert webid(served, ana) in served.here("query", ana, graph, "--format", "turtle").out
    assert isinstance(served.here("query", ana, graph, "--json").json(), list)


def test_what_is_shared_is_seen_at_once_and_no_more_than_that(
    served: Host, ana: str, bank: str, ola: str
) -> None:
    (report,) = served.here("import", bank, "--pod", ana, "--json").json()
    document = next(url for url in report["resources"] if "/data/bank/" in url)
    other, place = app(served, ola), (ana, "/data/bank/", "--with", webid(served, ola))
    seen = lambda: (other.get(document).status, count(served, ana, "--as", webid(served, ola)))  # noqa: E731 - asked thrice

    assert seen() == (403, 0)
    assert served.here("share", *place, "--json").json() == {"shared": "/data/bank/"}
    assert seen() == (200, 20)
    assert other.put(document, b"").status == 403
    assert served.here("share", *place, "--mode", "write").status == 0
    assert other.put(f"{served.base}{ana}/data/bank/note", b"", "text/plain").status == 201
    assert served.here("unshare", *place, "--json").json() == {"unshared": "/data/bank/"}
    assert seen() == (403, 0)


def test_what_is_shared_through_one_app_is_not_seen_through_another(
    served: Host, ana: str, bank: str, ola: str
) -> None:
    assert served.here("import", bank, "--pod", ana).status == 0
    other, client = ("--as", webid(served, ola)), "https://app.example/id"
    through = ("--with", webid(served, ola), "--client", client)
    assert served.here("share", ana, "/data/bank/", *through).status == 0
    assert count(served, ana, *other, "--client", client) == 20
    assert count(served, ana, *other, "--client", "https://other.example/id") == 0
    assert count(served, ana, *other) == 0
    assert served.here("unshare", ana, "/data/bank/", *through).status == 0
    assert count(served, ana, *other, "--client", client) == 0


def test_headers_sign_one_request_in(served: Host, ana: str, tmp_path: Path) -> None:
    kept, url = tmp_path / "kept.json", f"{served.base}{ana}/"
    kept.write_text(served.here("credentials", "create", ana, "--label", "curl", "--json").out)
    words = ("headers", "GET", url, "--credentials", str(kept))
    signed = here(*words, "--json").json()
    assert call("GET", url, signed).status == 200
    assert call("GET", url, signed).status == 401  # a proof is good once
    lines = dict(line.split(": ", 1) for line in here(*words).out.splitlines())
    assert call("GET", url, lines).status == 200
    assert call("PUT", url, lines).status == 401


def test_a_holder_makes_a_key_a_profile_and_signs(
    served: Host, ana: str, ola: str, bank: str, tmp_path: Path
) -> None:
    key, holder = tmp_path / "key", f"{served.base}{ola}/public/{ana}#it"
    public = here("holder", "keygen", "--key", str(key), "--json").json()
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert "d" not in public
    assert json.loads(key.read_text())["kid"] == public["kid"]
    who = ("--webid", holder, "--key", str(key))
    profile = here("holder", "profile", *who, "--name", "A bank").out
    assert here("holder", "profile", *who, "--name", "A bank", "--json").json() == {
        "profile": profile
    }
    assert app(served, ola).put(holder.partition("#")[0], profile.encode()).status == 201

    deposit = f"{served.base}{ana}/.well-known/deposit"
    push = ("holder", "push", bank, *who, "--to", deposit)
    check_sentence(here(*push), 1)  # the person has not accepted this holder
    accepted = served.here("accept", ana, holder, "--domain", "bank", "--json")
    assert accepted.json() == {"accepted": holder, "domain": "bank"}
    sign = ("holder", "sign", bank, *who, "--to", deposit)
    signed = here(*sign, "--json").json()
    assert call("POST", deposit, signed, Path(bank).read_bytes()).json()["new"] == 20
    lines = dict(line.split(": ", 1) for line in here(*sign).out.splitlines())
    assert lines.keys() == signed.keys()
    done = here(*push)
    assert (done.status, done.out) == (
        0,
        "20 read, 0 new, 20 the same, 0 updated, 0 rejected\n",
    )
    nobody = ("holder", "push", bank, *who, "--to", f"http://localhost:{free_port()}/")
    check_sentence(here(*nobody), 1)
