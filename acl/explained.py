"""Explanations as JSON values, both ways. IRIs are absolute, times ISO 8601 in UTC."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from acl.explain import Checked, Explanation, Judged, OwnerControl, Step, Subject
from acl.model import Agent, Condition, ConditionKind, Edition, Mode, Need, Rule, Scope
from acl.modes import MODES, fewest_names
from vocab.iri import ResourceIri

Json = dict[str, Any]


def to_json(explanation: Explanation) -> Json:
    """An explanation as a JSON object; `from_json` reads it."""
    here = explanation
    return {
        "storage": here.need.on.storage,
        "target": str(here.need.on),
        "mode": modes_in(here.need.mode),
        "granted": here.granted,
        "agent": {
            "webid": here.agent.webid,
            "client": here.agent.client,
            "issuer": here.agent.issuer,
            "purpose": here.agent.purpose,
            "askedPurpose": here.asked,
            "purposes": list(here.purposes),
            "memberships": sorted(map(list, here.agent.memberships)),
        },
        "unknownGroups": sorted(here.unknown_groups),
        "rules": {"number": here.edition.number, "lookedAt": _text(here.edition.looked_at)},
        "chain": [{"resource": str(step.on), "hasRules": step.has_rules} for step in here.chain],
        "effective": here.source and str(here.source),
        "scope": here.scope,
        "inherited": here.inherited,
        "judged": [_judged_to(one) for one in here.judged],
        "rootRules": [_rule_to(rule) for rule in here.root],
        "owners": sorted(here.owners),
        "ownerControl": here.owner.value,
        "modes": modes_in(here.modes),
        "public": modes_in(here.public),
        "grants": sorted(here.grants),
    }


def from_json(value: Json) -> Explanation:
    """The explanation that a JSON object states; raises KeyError or ValueError for another."""
    storage, said = value["storage"], value["agent"]

    def resource(iri: str) -> ResourceIri:
        return ResourceIri(storage, iri.removeprefix(storage))

    return Explanation(
        need=Need(_modes_of(value["mode"]), resource(value["target"])),
        agent=Agent(
            said["webid"],
            said["client"],
            said["issuer"],
            purpose=said["purpose"],
            memberships=frozenset((group, member) for group, member in said["memberships"]),
        ),
        asked=said["askedPurpose"],
        purposes=tuple(said["purposes"]),
        unknown_groups=frozenset(value["unknownGroups"]),
        owners=frozenset(value["owners"]),
        edition=Edition(value["rules"]["number"], _time(value["rules"]["lookedAt"])),
        chain=tuple(Step(resource(step["resource"]), step["hasRules"]) for step in value["chain"]),
        source=None if value["effective"] is None else resource(value["effective"]),
        scope=value["scope"],
        judged=tuple(map(_judged_of, value["judged"])),
        root=tuple(map(_rule_of, value["rootRules"])),
        owner=OwnerControl(value["ownerControl"]),
        modes=_modes_of(value["modes"]),
        public=_modes_of(value["public"]),
        grants=frozenset(value["grants"]),
    )


def modes_in(modes: Mode) -> list[str]:
    """The names of access modes; of Write alone, since that includes Append."""
    return [name.capitalize() for name in fewest_names(modes)]


def mode_named(name: str) -> Mode | None:
    """The access mode of a name, in capitals or not; None for any other text."""
    return MODES.get(name.lower())


def _modes_of(names: list[str]) -> Mode:
    modes = Mode.NONE
    for name in names:
        modes |= MODES[name.lower()]
    return modes


def _judged_to(one: Judged) -> Json:
    return {
        "rule": _rule_to(one.rule),
        "applies": one.applies,
        "names": one.names and one.names.value,
        "held": [checked.holds for checked in one.conditions],
        "counts": one.counts,
    }


def _judged_of(value: Json) -> Judged:
    rule = _rule_of(value["rule"])
    return Judged(
        rule=rule,
        applies=value["applies"],
        names=None if value["names"] is None else Subject(value["names"]),
        conditions=tuple(map(Checked, rule.conditions, value["held"])),
    )


def _rule_to(rule: Rule) -> Json:
    return {
        "scope": rule.scope.value,
        "modes": modes_in(rule.modes),
        "agents": sorted(rule.agents),
        "groups": sorted(rule.groups),
        "public": rule.public,
        "authenticated": rule.authenticated,
        "origins": sorted(rule.origins),
        "conditions": [_condition_to(condition) for condition in rule.conditions],
        "grant": rule.grant,
    }


def _rule_of(value: Json) -> Rule:
    return Rule(
        scope=Scope(value["scope"]),
        modes=_modes_of(value["modes"]),
        agents=frozenset(value["agents"]),
        groups=frozenset(value["groups"]),
        public=value["public"],
        authenticated=value["authenticated"],
        origins=frozenset(value["origins"]),
        conditions=tuple(map(_condition_of, value["conditions"])),
        grant=value["grant"],
    )


def _condition_to(condition: Condition) -> Json:
    return {
        "kind": condition.kind.value,
        "values": sorted(condition.values),
        "groups": sorted(condition.groups),
        "anyone": condition.anyone,
        "since": _text(condition.since),
        "until": _text(condition.until),
    }


def _condition_of(value: Mapping[str, Any]) -> Condition:
    return Condition(
        kind=ConditionKind(value["kind"]),
        values=frozenset(value["values"]),
        groups=frozenset(value["groups"]),
        anyone=value["anyone"],
        since=_time(value["since"]),
        until=_time(value["until"]),
    )


def _text(time: datetime | None) -> str | None:
    return None if time is None else time.isoformat()


def _time(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
