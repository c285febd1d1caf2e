"""A holder's deposit over HTTP, and all the ways in which none is taken."""

import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

import pytest
from agents import Person, World, rule
from agents import world as serving
from answers import members
from client import Answer, call
from household import household
from neighbour import Neighbour

from pod.flows.share import accept
from pod.intake.holder import RANDOM_BYTES, Deposit, keygen, profile, signed_request

CURVE = household(date(2026, 1, 1), days=2, movements=0).load_curve
LONGER = household(date(2026, 1, 1), days=3, movements=0).load_curve
BANK = household(date(2026, 1, 1), days=20, movements=12).camt053
CSV = "text/csv"


@dataclass
class Holder:
    """An organisation with a key of its own."""

    webid: str
    key: dict[str, str] = field(default_factory=lambda: keygen(secrets.token_bytes(RANDOM_BYTES)))

    @property
    def profile(self) -> str:
        return profile(self.webid, "Fournisseur Exemple", self.key)

    def sign(self, to: str, body: bytes, *, kind: str = CSV, when: timedelta = timedelta()):
        """The headers of a deposit, signed so long after now."""
        name = "releve.csv" if kind == CSV else "releve.xml"
        deposit = Deposit(
            url=to,
            webid=self.webid,
            filename=name,
            media_type=kind,
            digest=sha256(body).digest(),
        )
        now = datetime.now(UTC) + when
        return signed_request(deposit, self.key, secrets.token_urlsafe(16), now)


def deposit_at(owner: Person) -> str:
    return owner.storage + ".well-known/deposit"


def send(holder: Holder, owner: Person, nobody: Person, body: bytes = CURVE, **how) -> Answer:
    to = deposit_at(owner)
    return nobody.call("POST", to, holder.sign(to, body, **how), body)


@pytest.fixture
def stranger(elsewhere: Neighbour, world: World) -> Holder:
    """A holder on another server, whom nobody has accepted."""
    holder = Holder(f"{elsewhere.base}holder{next(world.numbers)}#org")
    elsewhere.serve(holder.webid.removeprefix(elsewhere.base).partition("#")[0], holder.profile)
    return holder


@pytest.fixture
def holder(stranger: Holder, world: World, owner: Person) -> Holder:
    """The same, accepted by an owner for data of energy."""
    world.run(accept(stranger.webid, "energy", world.pod(owner.name)))
    return stranger


def exports(owner: Person) -> list[str]:
    """The files of the exports that a pod keeps."""
    found, waiting = [], [owner.storage + "imports/"]
    while waiting:
        here = waiting.pop()
        held = members(owner.get(here), here)
        waiting += [url for url in held if url.endswith("/")]
        found += [url for url in held if not url.endswith(("/", ".ttl"))]
    return found


def test_what_is_deposited_is_there_whole_and_the_owners(world, owner, holder, nobody):
    answer = send(holder, owner, nobody)
    assert answer.status == 200
    report = answer.json()
    assert (report["read"], report["new"], report["rejected"]) == (96, 96, 0)
    kept = [url for url in report["resources"] if "/data/energy/" in url]
    assert kept
    assert {owner.get(url).status for url in report["resources"]} == {200}
    assert {nobody.get(url).status for url in report["resources"]} == {401}
    (export,) = exports(owner)
    assert owner.get(export).body == CURVE
    last = world.journal(owner.name)
    assert [(e.agent, e.action, e.outcome) for e in last if e.action == "IMPORT"] == [
        (holder.webid, "IMPORT", 200)
    ]


def test_the_same_again_changes_nothing_and_more_adds_what_is_new(world, owner, holder, nobody):
    send(holder, owner, nobody)
    before = world.state(owner.name)
    again = send(holder, owner, nobody).json()
    assert (again["new"], again["same"]) == (0, 96)
    assert world.state(owner.name) == before
    more = send(holder, owner, nobody, LONGER).json()
    assert (more["new"], more["same"]) == (48, 96)


def test_deposits_at_the_same_time_lose_nothing_and_keep_nothing_twice(owner, holder):
    to = deposit_at(owner)
    exports = [
        household(date(2026, 1, 1), days=days, movements=0).load_curve for days in (1, 2, 3, 4)
    ]

    def deposit(body: bytes) -> dict[str, int]:
        answer = call("POST", to, holder.sign(to, body), body)
        assert answer.status == 200
        return answer.json()

    with ThreadPoolExecutor(4) as threads:
        reports = list(threads.map(deposit, exports))
    assert sum(report["new"] for report in reports) == 4 * 48
    assert sum(report["same"] for report in reports) == (3 + 2 + 1) * 48


def test_a_deposit_is_in_the_journal_even_when_it_brings_nothing_new(world, owner, holder, nobody):
    send(holder, owner, nobody)
    send(holder, owner, nobody)
    lines = [e for e in world.journal(owner.name) if e.agent == holder.webid]
    assert [(e.action, e.outcome) for e in lines] == [("IMPORT", 200)] * 2


def test_a_holder_with_an_account_here_reads_nothing_of_what_it_gave(world, owner, bob, nobody):
    holder = Holder(f"{bob.storage}public/holder{next(world.numbers)}#org")
    assert bob.put(holder.webid.partition("#")[0], holder.profile.encode()).status == 201
    world.run(accept(holder.webid, "energy", world.pod(owner.name)))
    resources = send(holder, owner, nobody).json()["resources"]
    assert resources
    assert {bob.get(url).status for url in resources} == {403}


class TestStrangers:
    """Whoever the owner has not accepted."""

    def test_is_refused_and_nobody_is_asked_about_him(
        self, world, owner, stranger, elsewhere, nobody
    ):
        before, came = world.state(owner.name), elsewhere.connections
        answer = send(stranger, owner, nobody)
        assert answer.status == 403
        assert "accepted" in answer.json()["detail"]
        assert elsewhere.connections == came
        assert world.state(owner.name) == before

    def test_who_claims_to_be_somebody_else_is_refused(self, world, owner, holder, nobody):
        thief = Holder(holder.webid)  # the same WebID, another key
        before = world.state(owner.name)
        assert send(thief, owner, nobody).status == 401
        assert world.state(owner.name) == before

    def test_who_was_shut_out_again_is_refused(self, world, owner, holder, nobody):
        assert send(holder, owner, nobody).status == 200
        for path in ("imports/", "data/energy/"):
            owner.grant(owner.storage + path, rule(owner.webid, "Read Write Control"))
        before = world.state(owner.name)
        assert send(holder, owner, nobody, LONGER).status == 403
        assert world.state(owner.name) == before

    def test_who_lost_a_domain_learns_nothing_of_what_he_gave_there(self, owner, holder, nobody):
        assert send(holder, owner, nobody).status == 200
        owner.grant(f"{owner.storage}data/energy/", rule(owner.webid, "Read Write Control"))
        answer = send(holder, owner, nobody)
        assert answer.status == 403
        assert "same" not in answer.json()

    def test_who_is_accepted_for_one_domain_gives_none_of_another(
        self, world, owner, holder, nobody
    ):
        before = world.state(owner.name)
        answer = send(holder, owner, nobody, BANK, kind="application/xml")
        assert answer.status == 403
        assert world.state(owner.name) == before
        (refusal,) = (e for e in world.journal(owner.name) if e.agent == holder.webid)
        assert (refusal.action, refusal.modes, refusal.outcome) == ("POST", "append", 403)


Headers = dict[str, str]


def without(name: str) -> Callable[[Headers], Headers]:
    return lambda headers: {n: v for n, v in headers.items() if n != name}


def changed(name: str, old: str, new: str) -> Callable[[Headers], Headers]:
    def change(headers: Headers) -> Headers:
        assert old in headers[name]
        return {**headers, name: headers[name].replace(old, new, 1)}

    return change


def as_it_is(headers: Headers) -> Headers:
    return headers


# How the headers are changed after signing, what is sent as the body, and what comes of it.
FLAWS = (
    pytest.param(changed("Signature", "deposit=:", "deposit=:AAAA"), CURVE, 401, id="signature"),
    pytest.param(as_it_is, CURVE.replace(b"1", b"2", 1), 401, id="a byte of the body"),
    pytest.param(as_it_is, CURVE + b" ", 401, id="a longer body"),
    pytest.param(as_it_is, b"", 401, id="no body"),
    pytest.param(changed("Content-Type", CSV, "text/plain"), CURVE, 401, id="what it says it is"),
    pytest.param(changed("Content-Disposition", "releve", "other"), CURVE, 401, id="its name"),
    pytest.param(changed("Signature-Input", 'nonce="', 'nonce="x'), CURVE, 401, id="the nonce"),
    pytest.param(changed("Signature-Input", "created=", "created=1"), CURVE, 401, id="the time"),
    pytest.param(
        changed("Signature-Input", 'tag="selfdata-deposit"', 'tag="other"'),
        CURVE,
        400,
        id="what it is for",
    ),
    pytest.param(
        changed("Signature-Input", ' "content-digest"', ""), CURVE, 400, id="digest not covered"
    ),
    pytest.param(
        changed("Signature-Input", '"@target-uri" ', ""), CURVE, 400, id="address not covered"
    ),
    pytest.param(without("Signature"), CURVE, 400, id="no signature"),
    pytest.param(without("Signature-Input"), CURVE, 400, id="no account of it"),
    pytest.param(without("Content-Digest"), CURVE, 400, id="no digest"),
    pytest.param(without("Selfdata-Holder"), CURVE, 400, id="no holder"),
    pytest.param(
        changed("Selfdata-Holder", "http", "ftp"), CURVE, 400, id="a holder that is no WebID"
    ),
)


@pytest.mark.spec("RFC9421 §3.2")
@pytest.mark.parametrize(("change", "body", "status"), FLAWS)
def test_what_was_not_signed_like_this_is_refused(
    world, owner, holder, nobody, change, body, status
):
    to, before = deposit_at(owner), world.state(owner.name)
    answer = nobody.call("POST", to, change(holder.sign(to, CURVE)), body)
    assert (answer.status, answer.headers["Content-Type"]) == (status, "application/problem+json")
    assert ("WWW-Authenticate" in answer.headers) == (status == 401)
    assert world.state(owner.name) == before


def test_a_digest_that_was_adapted_to_another_body_is_refused(world, owner, holder, nobody):
    to, before = deposit_at(owner), world.state(owner.name)
    forged = holder.sign(to, LONGER)["Content-Digest"]
    headers = {**holder.sign(to, CURVE), "Content-Digest": forged}
    assert nobody.call("POST", to, headers, LONGER).status == 401
    assert world.state(owner.name) == before


@pytest.mark.spec("RFC9421 §2.3")
@pytest.mark.parametrize("seconds", [-310, 310], ids=["too old", "of the future"])
def test_what_was_signed_at_another_time_is_refused(world, owner, holder, nobody, seconds):
    before = world.state(owner.name)
    assert send(holder, owner, nobody, when=timedelta(seconds=seconds)).status == 401
    assert world.state(owner.name) == before


@pytest.mark.spec("RFC9421 §2.2")
def test_what_was_signed_for_another_pod_is_refused(world, owner, holder, ana, nobody):
    before = world.state(owner.name)
    headers = holder.sign(deposit_at(ana), CURVE)
    assert nobody.call("POST", deposit_at(owner), headers, CURVE).status == 401
    assert world.state(owner.name) == before


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
def test_another_method_is_refused(world, owner, holder, nobody, method):
    to, before = deposit_at(owner), world.state(owner.name)
    answer = nobody.call(method, to, holder.sign(to, CURVE), CURVE)
    assert (answer.status, answer.headers["Allow"]) == (405, "OPTIONS, POST")
    assert world.state(owner.name) == before


def test_what_was_sent_once_is_not_taken_twice(world, owner, holder, nobody):
    to = deposit_at(owner)
    headers = holder.sign(to, CURVE)
    assert nobody.call("POST", to, headers, CURVE).status == 200
    before = world.state(owner.name)
    answer = nobody.call("POST", to, headers, CURVE)
    assert (answer.status, "before" in answer.json()["detail"]) == (401, True)
    assert world.state(owner.name) == before


@pytest.mark.parametrize("property_", ["revoked", "expiration"])
def test_a_key_that_has_ended_signs_nothing(world, owner, bob, nobody, property_):
    holder = Holder(f"{bob.storage}public/ended{next(world.numbers)}#org")
    document = holder.webid.partition("#")[0]
    world.run(accept(holder.webid, "energy", world.pod(owner.name)))
    assert bob.put(document, holder.profile.encode()).status == 201
    assert send(holder, owner, nobody).status == 200
    ended = f'<{document}#{holder.key["kid"]}> sec:{property_} "2026-01-01T00:00:00Z" .'
    bob.put(document, (holder.profile + ended).encode())
    before = world.state(owner.name)
    answer = send(holder, owner, nobody, LONGER)
    assert (answer.status, "ended" in answer.json()["detail"]) == (401, True)
    assert world.state(owner.name) == before


@pytest.mark.parametrize(
    ("status", "kind", "body"),
    [
        (404, "text/plain", "none"),
        (200, "text/html", "<p>"),
        (200, "text/turtle", "<> <"),
        (200, "text/turtle", ""),
        (200, "text/turtle", "#" * 300_000),
        (302, "http://10.0.0.1/", ""),
    ],
    ids=["gone", "a page", "broken", "empty", "too large", "leads inwards"],
)
def test_a_holder_whose_profile_cannot_be_had_is_refused(
    world, owner, holder, elsewhere, nobody, status, kind, body
):
    elsewhere.serve(holder.webid.removeprefix(elsewhere.base)[:-4], body, kind, status)
    before = world.state(owner.name)
    assert send(holder, owner, nobody).status == 401
    assert world.state(owner.name) == before


@pytest.mark.parametrize(
    ("body", "kind"), [(b"\x00\x01", "application/octet-stream"), (b"a;b\r\n1;2\r\n", CSV)]
)
def test_what_no_importer_knows_is_415(world, owner, holder, nobody, body, kind):
    before = world.state(owner.name)
    answer = send(holder, owner, nobody, body, kind=kind)
    assert answer.status == 415
    assert world.state(owner.name) == before


def test_rows_that_cannot_be_read_are_named_and_the_rest_is_kept(owner, holder, nobody):
    lines = CURVE.split(b"\r\n")
    lines[10] = b"never;much"
    report = send(holder, owner, nobody, b"\r\n".join(lines)).json()
    assert (report["new"], report["rejected"]) == (95, 1)
    assert len(report["problems"]) == 1
    assert len(exports(owner)) == 1


@pytest.mark.parametrize("sent", [100, 2000], ids=["early", "late"])
def test_a_deposit_that_breaks_off_changes_nothing(world, owner, holder, nobody, sent):
    to, before = deposit_at(owner), world.state(owner.name)
    world.break_off("POST", to, holder.sign(to, CURVE), CURVE[:sent])
    assert world.state(owner.name) == before
    assert send(holder, owner, nobody).status == 200


def test_more_than_the_server_takes_is_413(tmp_path):
    with serving(tmp_path / "small", largest_export=1000) as small:
        owner = small.account("ana")
        holder = Holder(f"{owner.storage}public/holder#org")
        owner.put(holder.webid.partition("#")[0], holder.profile.encode())
        small.run(accept(holder.webid, "energy", small.pod("ana")))
        before = small.state("ana")
        answer = send(holder, owner, Person("nobody", small.connection))
        assert answer.status == 413
        assert small.state("ana") == before
