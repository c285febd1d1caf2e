"""Rules for a time only: which periods hold at a moment (sd:PeriodCondition).

Deciding has no clock. Whoever gives out an index of rules has it looked at here first, so that a
rule whose time is over, or has not come, counts for nothing whatever is asked of it.
"""

from bisect import bisect_right
from dataclasses import replace
from datetime import datetime

from acl.model import AclIndex, Condition, ConditionKind, Edition, Rule


class InForce:
    """The index that was asked for last, at its moment: the same object until something changes.

    INVARIANT: what is given holds for the very index and the very moment that were asked for.
    """

    def __init__(self) -> None:
        self._of: AclIndex | None = None
        self._between = 0  # which of the stretches between two moments it was looked at in
        self._found: AclIndex | None = None

    def find(self, acls: AclIndex, now: datetime) -> AclIndex:
        """The rules with each period that holds at `now`, in UTC, marked as holding."""
        if not acls.moments:
            return acls
        between = bisect_right(acls.moments, now)
        if self._found is None or self._of is not acls or self._between != between:
            self._of, self._between, self._found = acls, between, at(acls, now)
        return self._found


def at(acls: AclIndex, now: datetime) -> AclIndex:
    """The rules with each period that holds at `now`, in UTC, marked as holding."""
    if not acls.moments:
        return acls
    rules = {on: tuple(_at(rule, now) for rule in found) for on, found in acls.rules.items()}
    return AclIndex(rules, acls.owners, Edition(acls.edition.number, now))


def _at(rule: Rule, now: datetime) -> Rule:
    if all(condition.kind is not ConditionKind.PERIOD for condition in rule.conditions):
        return rule
    return replace(rule, conditions=tuple(_looked_at(one, now) for one in rule.conditions))


def _looked_at(condition: Condition, now: datetime) -> Condition:
    if condition.kind is not ConditionKind.PERIOD:
        return condition
    begun = condition.since is None or condition.since <= now
    over = condition.until is not None and condition.until <= now
    bounded = condition.since is not None or condition.until is not None
    return replace(condition, anyone=bounded and begun and not over)
