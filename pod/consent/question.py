"""What is asked to be explained: a line of the journal, or a request that might be made."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit

from acl import Agent, Mode, Need
from acl.explained import mode_named
from pod.agreements import WHY
from pod.http.parameters import moment, number
from pod.problems import Malformed
from vocab.iri import ResourceIri

ENTRY: Final = "entry"
_SUPPOSED: Final = ("target", "mode", "agent", "client", "issuer", "purpose", "at")


@dataclass(frozen=True, slots=True)
class Noted:
    """A line of the journal, by its number."""

    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Supposed:
    """A request that might be made, or might have been at a time, in UTC; None for now."""

    need: Need
    agent: Agent
    at: datetime | None = None


Question = Noted | Supposed


def read_question(url: str, storage: str, *, owner: str, issuer: str) -> Question:
    """What an address asks. Raises Malformed for what it cannot ask.

    Who names an app alone means the owner through it, and who names no issuer this server;
    `owner` and `issuer` are theirs. Without either it is about somebody unknown.
    """
    given = dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))
    if unknown := sorted(given.keys() - {ENTRY, *_SUPPOSED}):
        names = ", ".join((ENTRY, *_SUPPOSED))
        raise Malformed(f"`{unknown[0][:40]}` is no parameter here; use {names}")
    if ENTRY in given:
        if len(given) > 1:
            raise Malformed("ask about a line of the journal, or about a request, not both")
        return Noted(_number(given[ENTRY]))
    if "target" not in given:
        raise Malformed("say `entry`, the number of a line, or `target`, an address of this space")
    return supposed(given, storage, owner=owner, issuer=issuer)


def supposed(given: Mapping[str, str], storage: str, *, owner: str, issuer: str) -> Supposed:
    """A request by its parts, as in the query of an address. Raises Malformed."""
    mode = mode_named(given.get("mode", "read"))
    if mode is None:
        raise Malformed("give `mode` as read, append, write or control")
    client = given.get("client")
    webid = given.get("agent", None if client is None else owner)
    agent = Agent(
        webid=webid,
        client=client,
        issuer=given.get("issuer", None if webid is None else issuer),
        purpose=given.get("purpose"),
    )
    at = _time(given["at"]) if "at" in given else None
    on = _target(given["target"], storage)
    # Who may control something may read and write its ACL document; nobody controls that.
    while mode is Mode.CONTROL and on.is_acl:
        on = on.subject
    return Supposed(need=Need(mode, on), agent=agent, at=at)


def address_of(need: Need, agent: Agent) -> str:
    """Where it is told why this was decided: for the owner, who is the only one told."""
    asked = {
        "target": str(need.on),
        "mode": (need.mode.name or "read").lower(),
        "agent": agent.webid,
        "client": agent.client,
        "issuer": agent.issuer,
        "purpose": agent.purpose,
    }
    said = {name: value for name, value in asked.items() if value is not None}
    return f"{need.on.storage}{WHY}?{urlencode(said)}"


def _target(text: str, storage: str) -> ResourceIri:
    try:
        return ResourceIri.parse(storage, text.removeprefix(storage).removeprefix("/"))
    except ValueError as error:
        raise Malformed("give `target` as an address or a path of this space") from error


def _number(text: str) -> int:
    try:
        return number(text)
    except ValueError as error:
        raise Malformed(f"give `{ENTRY}` as the number of a line") from error


def _time(text: str) -> datetime:
    try:
        return moment(text)
    except ValueError as error:
        raise Malformed("give `at` as a date or a time, as in 2026-03-01") from error
