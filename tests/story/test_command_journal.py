"""`pod journal`: who did what in a pod, and whether somebody has altered that."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from commands import app, check_sentence, creation
from serving import Host, free_port

ALTER = "UPDATE deed SET agent = 'urn:eve' WHERE id = (SELECT deed FROM line WHERE seq = 2)"


@pytest.fixture
def alone(tmp_path: Path) -> Host:
    """A data folder that no server has open, with a pod."""
    host = Host(tmp_path / "data", free_port())
    assert host.here(*creation("zoe"), given="a good password\n").status == 0
    for path in ("/notes/", "/photos/", "/data/"):
        assert host.here("share", "zoe", path, "--with", "https://bob.example/#me").status == 0
    return host


def alter(host: Host, sql: str) -> None:
    with closing(sqlite3.connect(host.data / "pods" / "zoe" / "pod.sqlite3")) as database, database:
        database.execute(sql)


def test_it_tells_what_an_app_has_read(served: Host, ana: str) -> None:
    script = app(served, ana)
    url = f"{served.base}{ana}/"
    script.put(url + "data/bank/x.ttl", b"<#a> <urn:p> 1 .")
    read = script.get(url + "data/bank/x.ttl")
    script.put(url + "data/bank/y.ttl", b"")  # what was noted of reads goes with this commit
    told = served.here("journal", ana, "--json").json()
    (line,) = [one for one in told if one["target"].endswith("x.ttl") and one["action"] == "GET"]
    assert (line["rows"], line["bytes"]) == (1, len(read.body))
    assert line["categories"] == ["bank"]
    assert line["fields"] == ["urn:p"]
    text = served.here("journal", ana).out
    assert "GET data/bank/x.ttl" in text
    assert "of <urn:p>" in text
    assert len(text.splitlines()) >= len(told)


@pytest.mark.spec("Self Data CAP-13")
def test_it_tells_what_is_unusual(served: Host, ana: str) -> None:
    script = app(served, ana)
    url = f"{served.base}{ana}/data/health/x.ttl"
    script.put(url, b"<#a> <urn:p> 1 .")
    script.get(url)
    script.put(url, b"")  # what was noted of reads goes with this commit
    told = served.here("journal", ana, "--alerts", "--json").json()
    (alert,) = [one for one in told if one["alert"] == "sensitive"]
    assert alert["category"] == "health"
    assert ": sensitive data were read, Health" in served.here("journal", ana, "--alerts").out


def test_it_begins_where_it_is_told_to(alone: Host) -> None:
    every = alone.here("journal", "zoe", "--json").json()
    assert [line["number"] for line in every] == list(range(1, len(every) + 1))
    assert alone.here("journal", "zoe", "--since", "2100-01-01", "--json").json() == []
    assert (
        alone.here("journal", "zoe", "--since", "2020-01-01T00:00:00+02:00", "--json").json()
        == every
    )
    assert alone.here("journal", "zoe", "--since", "2100-01-01").out == ""
    assert alone.here("journal", "zoe", "--alerts").out == "nothing is unusual\n"


@pytest.mark.spec("Self Data B6")
def test_it_is_verified_without_a_server(alone: Host) -> None:
    whole = alone.here("journal", "zoe", "--verify", "--json")
    assert (whole.status, whole.json()["whole"], whole.json()["faults"]) == (0, True, [])
    alter(alone, ALTER)
    broken = alone.here("journal", "zoe", "--verify", "--json")
    assert broken.status == 1
    assert [fault["line"] for fault in broken.json()["faults"]] == [2]
    said = alone.here("journal", "zoe", "--verify")
    assert said.out.splitlines()[0] == "2: this line is not what was written here"
    checked = alone.here("check", "--json")
    assert [finding["about"] for finding in json.loads(checked.out)] == ["journal 2"]


def test_it_is_verified_while_the_server_runs(served: Host, ana: str) -> None:
    assert app(served, ana).get(f"{served.base}{ana}/").status == 200
    assert served.here("journal", ana, "--verify").status == 0


def test_what_it_cannot_do_it_says(alone: Host) -> None:
    check_sentence(alone.here("journal", "nobody"), 1)
    check_sentence(alone.here("journal", "nobody", "--verify"), 1)
    check_sentence(alone.here("journal", "zoe", "--since", "yesterday"), 2)
    alter(alone, "PRAGMA user_version = 3")
    check_sentence(alone.here("journal", "zoe", "--verify"), 1)
