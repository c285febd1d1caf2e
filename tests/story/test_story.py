"""The whole job over real HTTP, from a holder's files to an app that reads what it was allowed.

One server, one person, two apps that act for themselves, one holder that pushes. The steps build
on each other, so they are one test.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from client import App, call
from household import BANK, ENERGY, household
from serving import Host, free_port

HOME = household(date(2026, 1, 1), days=60, movements=80)
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?x a <https://w3id.org/selfdata/ns#%s> }"


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    made = Host(tmp_path / "data", free_port())
    made.account("alice")
    with made.serving():
        yield made


def imported(host: Host, folder: Path, name: str, content: bytes, holder: str) -> dict:
    file = folder / name
    file.write_bytes(content)
    return said(host, "import", str(file), "--pod", "alice", "--holder", holder, "--json")[0]


def said(host: Host, *words: str) -> Any:
    """What a command says in JSON."""
    done = host.here(*words)
    assert done.status == 0, done
    return done.json()


def count(app: App, endpoint: str, kind: str) -> int:
    answer = app.get(f"{endpoint}?query={quote(COUNT % kind)}")
    assert answer.status == 200, answer.text
    return int(answer.json()["results"]["bindings"][0]["n"]["value"])


def share(owner: App, container: str, app_webid: str, owner_webid: str) -> None:
    """The owner's own client writes the ACL: she keeps everything, the app may read."""
    rules = f"""@prefix acl: <http://www.w3.org/ns/auth/acl#> .
<#owner> a acl:Authorization ; acl:agent <{owner_webid}> ;
  acl:accessTo <{container}> ; acl:default <{container}> ;
  acl:mode acl:Read, acl:Write, acl:Control .
<#app> a acl:Authorization ; acl:agent <{app_webid}> ;
  acl:accessTo <{container}> ; acl:default <{container}> ; acl:mode acl:Read .
"""
    assert owner.put(container + ".acl", rules.encode()).status == 201


def test_from_a_holders_export_to_an_app_that_may_read_it(  # noqa: PLR0915 - one story, in order
    host: Host, tmp_path: Path
) -> None:
    alice = f"{host.base}alice/"
    owner_webid = f"{alice}profile/card#me"
    owner = host.app("alice", "my own script")
    app_a, app_b, supplier = host.people("budget", "heating", "supplier")

    # Two domains come in, whole.
    bank = imported(host, tmp_path, "bank.xml", HOME.camt053, BANK)
    energy = imported(host, tmp_path, "curve.csv", HOME.load_curve, ENERGY)
    assert (bank["new"], bank["rejected"]) == (len(HOME.movements), 0)
    assert bank["checks"]
    assert all(check["ok"] for check in bank["checks"])
    assert (energy["new"], energy["rejected"]) == (len(HOME.load), 0)

    # The way is found by links, not guessed.
    found = owner.get(alice)
    description = next(
        value.partition(">")[0][1:] for value in found.all("Link") if "storageDescription" in value
    )
    described = call("GET", description, {"Accept": "application/n-triples"}).text
    endpoint = described.partition("sparqlEndpoint> <")[2].partition(">")[0]
    deposit = described.partition("depositEndpoint> <")[2].partition(">")[0]

    # Nobody but she reads anything yet.
    a_bank_document = next(r for r in bank["resources"] if "/data/bank/" in r)
    an_energy_document = next(r for r in energy["resources"] if "/data/energy/" in r)
    assert owner.get(a_bank_document).status == 200
    assert call("GET", a_bank_document).status == 401
    assert app_a.get(a_bank_document).status == 403
    assert count(app_a, endpoint, "BankTransaction") == 0

    # She lets each app read one domain.
    share(owner, f"{alice}data/bank/", f"{host.base}budget/profile/card#me", owner_webid)
    share(owner, f"{alice}data/energy/", f"{host.base}heating/profile/card#me", owner_webid)
    assert app_a.get(a_bank_document).status == 200
    assert app_a.get(an_energy_document).status == 403
    assert app_b.get(an_energy_document).status == 200
    assert app_b.get(a_bank_document).status == 403
    assert count(app_a, endpoint, "BankTransaction") == len(HOME.movements)
    assert count(app_a, endpoint, "Consumption") == 0
    assert count(app_b, endpoint, "Consumption") == HOME.days
    assert count(app_b, endpoint, "BankTransaction") == 0
    assert count(owner, endpoint, "BankTransaction") == len(HOME.movements)

    # A holder that she accepted pushes a signed export: more of the same account.
    later = household(date(2026, 1, 1), days=75, movements=80)
    export = tmp_path / "later.csv"
    export.write_bytes(later.load_curve)
    key, webid = tmp_path / "holder.jwk", f"{host.base}supplier/public/holder#it"
    assert host.here("holder", "keygen", "--key", str(key)).status == 0
    profile = host.here("holder", "profile", "--webid", webid, "--key", str(key), "--name", "S")
    assert supplier.put(webid.removesuffix("#it"), profile.out.encode()).status == 201
    push = ("holder", "push", str(export), "--webid", webid, "--key", str(key), "--to", deposit)
    assert host.here(*push).status == 1  # she does not know this holder yet
    assert count(app_b, endpoint, "Consumption") == HOME.days
    assert host.here("accept", "alice", webid, "--domain", "energy").status == 0
    report = said(host, *push, "--json")
    assert report["rejected"] == 0
    assert report["new"] == len(later.load)
    again = said(host, *push, "--json")
    assert (again["new"], again["same"]) == (0, len(later.load))
    assert count(app_b, endpoint, "Consumption") == HOME.days + later.days

    # She takes the right away: the very next requests are refused, by GET and by query.
    assert owner.call("DELETE", f"{alice}data/bank/.acl").status in {200, 205}
    assert app_a.get(a_bank_document).status == 403
    assert count(app_a, endpoint, "BankTransaction") == 0
    assert app_b.get(an_energy_document).status == 200
