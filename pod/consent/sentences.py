"""What an explanation comes to in one sentence, in plain words, in French and in English."""

# ruff: noqa: RUF001 - French is written with its own apostrophe

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Final
from urllib.parse import unquote

from acl import OWN_PAGES, Condition, ConditionKind, Mode, Rule
from acl.explain import ANYTHING, Explanation, Judged, Subject
from acl.parse import NEVER
from pod.agreements import AccessGrant
from pod.consent.bilingual import Bilingual, same
from pod.consent.purposes import PURPOSES
from vocab.iri import ResourceIri

_MONTHS: Final = (
    Bilingual(fr="janvier", en="January"),
    Bilingual(fr="février", en="February"),
    Bilingual(fr="mars", en="March"),
    Bilingual(fr="avril", en="April"),
    Bilingual(fr="mai", en="May"),
    Bilingual(fr="juin", en="June"),
    Bilingual(fr="juillet", en="July"),
    Bilingual(fr="août", en="August"),
    Bilingual(fr="septembre", en="September"),
    Bilingual(fr="octobre", en="October"),
    Bilingual(fr="novembre", en="November"),
    Bilingual(fr="décembre", en="December"),
)
_CHANGE: Final = Bilingual(fr="modifier", en="change")
_ADD: Final = Bilingual(fr="ajouter à", en="add to")
_DOES: Final = (
    (Mode.READ, Bilingual(fr="lire", en="read")),
    (Mode.APPEND, _ADD),
    (Mode.WRITE, _CHANGE),
    (Mode.CONTROL, Bilingual(fr="gérer les accès à", en="manage access to")),
)
_RANKS: Final = (Subject.AGENT, Subject.GROUP, Subject.AUTHENTICATED, Subject.PUBLIC, None)
# Which of the conditions that failed is told: the one that says most.
_KINDS: Final = (
    ConditionKind.CLIENT,
    ConditionKind.ISSUER,
    ConditionKind.PERIOD,
    ConditionKind.PURPOSE,
)
_CAN: Final = {  # whether it may, whether it is the owner, whether it is over
    (True, True, False): Bilingual(fr="pouvez", en="can"),
    (True, True, True): Bilingual(fr="pouviez", en="could"),
    (True, False, False): Bilingual(fr="peut", en="can"),
    (True, False, True): Bilingual(fr="pouvait", en="could"),
    (False, True, False): Bilingual(fr="ne pouvez pas", en="cannot"),
    (False, True, True): Bilingual(fr="ne pouviez pas", en="could not"),
    (False, False, False): Bilingual(fr="ne peut pas", en="cannot"),
    (False, False, True): Bilingual(fr="ne pouvait pas", en="could not"),
}
_YOU: Final = Bilingual(fr="Vous", en="You")
_NAMELESS: Final = Bilingual(fr="Une application sans nom", en="An app without a name")
_A_NAMELESS: Final = Bilingual(fr="une application sans nom", en="an app without a name")
_STRANGER: Final = Bilingual(
    fr="Une personne qui ne dit pas qui elle est", en="Somebody who does not say who they are"
)
_WITH: Final = Bilingual(fr="{who} avec {app}", en="{who} with {app}")
_ALL: Final = Bilingual(fr="tout votre espace", en="your whole space")
_PLACE: Final = Bilingual(fr="« {path} »", en="“{path}”")
_WITHIN: Final = Bilingual(fr="ce que contient {place}", en="what is in {place}")
_SAID: Final = same("{who} {can} {does} {what} {why}.")

_AGREED: Final = Bilingual(
    fr="parce que vous l’avez accepté le {day} pour « {purpose} », {until}",
    en="because you agreed to it on {day} for “{purpose}”, {until}",
)
_AGREED_ONCE: Final = Bilingual(
    fr="parce que vous l’avez accepté, {until}", en="because you agreed to it, {until}"
)
_UNTIL: Final = Bilingual(fr="jusqu’au {day}", en="until {day}")
_UNTIL_STOPPED: Final = Bilingual(fr="jusqu’à ce que vous l’arrêtiez", en="until you stop it")
_YOURS: Final = Bilingual(fr="parce que cet espace est le vôtre", en="because this space is yours")
_TRUSTED: Final = Bilingual(
    fr="parce que vous lui avez permis tout ce que vous pouvez faire",
    en="because you let it do all that you can do",
)
_OPENED: Final[Mapping[Subject | None, Bilingual]] = {
    Subject.AGENT: Bilingual(
        fr="parce que vous lui avez donné accès à {source}",
        en="because you gave them access to {source}",
    ),
    Subject.GROUP: Bilingual(
        fr="parce que vous avez donné accès à {source} à un groupe où elle se trouve",
        en="because you gave access to {source} to a group that they are in",
    ),
    Subject.AUTHENTICATED: Bilingual(
        fr="parce que vous avez donné accès à {source} à qui dit qui il est",
        en="because you gave access to {source} to whoever says who they are",
    ),
    Subject.PUBLIC: Bilingual(
        fr="parce que vous avez donné accès à {source} à tout le monde",
        en="because you gave access to {source} to everybody",
    ),
}

_NOT_AGREED: Final = Bilingual(
    fr="parce que vous ne l’avez pas accepté", en="because you have not agreed to it"
)
_ONLY: Final = Bilingual(
    fr="parce que vous ne lui avez permis que ceci : {does} ce qui s’y trouve",
    en="because you only let them {does} what is there",
)
_OTHER_APP: Final = Bilingual(
    fr="parce que vous l’avez accepté pour une autre application seulement",
    en="because you agreed to it for another app only",
)
_OTHER_PROVIDER: Final = Bilingual(
    fr="parce que la connexion ne vient pas du service que vous avez choisi",
    en="because another provider than the one you chose has signed them in",
)
_OTHER_PURPOSE: Final = Bilingual(
    fr="parce que vous l’avez accepté pour « {granted} » seulement",
    en="because you agreed to it for “{granted}” only",
)
_NO_PURPOSE: Final = Bilingual(
    fr="parce que la demande ne dit pas laquelle des raisons acceptées est la sienne",
    en="because the request does not say which of the agreed purposes is its own",
)
_OVER: Final = Bilingual(
    fr="parce que votre accord s’est terminé le {day}", en="because your agreement ended on {day}"
)
_TO_COME: Final = Bilingual(
    fr="parce que votre accord ne commence que le {day}",
    en="because your agreement begins only on {day}",
)
_NO_TIME: Final = Bilingual(
    fr="parce que nous ne savons pas jusqu’à quand vous l’avez accepté",
    en="because we do not know until when you agreed to it",
)
_GROUPS: Final = Bilingual(
    fr="{why} ; nous ne savons pas qui était alors dans le groupe",
    en="{why}; we do not know who was in the group then",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What makes a sentence plainer: names of apps and grants, both by their IRIs, and whether what
    is explained `is_past`.
    """

    names: Mapping[str, str]
    grants: Mapping[str, AccessGrant]
    is_past: bool = False


def sentence(here: Explanation, known: Known) -> Bilingual:
    """Who may, or may not, do what, and why."""
    why = _why(here, known)
    if here.unknown_groups:
        why = _filled(_GROUPS, why=why)
    own = _is_herself(here)
    return _filled(
        _SAID,
        who=_who(here, known),
        can=_CAN[here.granted, own, known.is_past],
        does=_does(_wanted(here)),
        what=_place(here.need.on),
        why=why,
    )


def day(moment: datetime) -> Bilingual:
    """A day as people write it."""
    month = _MONTHS[moment.month - 1]
    first = "1er" if moment.day == 1 else str(moment.day)
    return Bilingual(
        fr=f"{first} {month.fr} {moment.year}", en=f"{moment.day} {month.en} {moment.year}"
    )


def _why(here: Explanation, known: Known) -> Bilingual:
    if not here.granted:
        return _why_not(here)
    wanted = _wanted(here)
    counting = [one for one in here.judged if one.counts and wanted in one.rule.modes]
    if _is_herself(here) or not counting:
        return _YOURS
    # What she has agreed to says more than that she has given access to something.
    best = min(counting, key=lambda one: (one.rule.grant is None, _RANKS.index(one.names)))
    if best.rule.grant is not None:
        return _agreed(best.rule, best.rule.grant, known)
    if _is_trust(best):
        return _TRUSTED
    return _filled(_OPENED[best.names], source=_place(here.source or here.need.on))


def _agreed(rule: Rule, name: str, known: Known) -> Bilingual:
    grant = known.grants.get(name)
    period = next((one for one in rule.conditions if one.kind is ConditionKind.PERIOD), None)
    end = None if period is None else period.until
    until = _UNTIL_STOPPED if end is None else _filled(_UNTIL, day=day(end))
    if grant is None:
        return _filled(_AGREED_ONCE, until=until)
    purpose = same(grant.sentence) if grant.sentence else _purpose(grant.purpose)
    return _filled(_AGREED, day=day(grant.created), purpose=purpose, until=until)


def _why_not(here: Explanation) -> Bilingual:
    named = [one for one in here.judged if one.applies and one.names and not _is_trust(one)]
    near = [one for one in named if one.failed and _wanted(here) in one.rule.modes]
    if near:
        best = min(near, key=lambda one: len(one.failed))
        kinds = {condition.kind: condition for condition in best.failed}
        return _missing(next(kinds[kind] for kind in _KINDS if kind in kinds), here)
    given = [one.rule.modes for one in named if one.counts]
    if given:
        return _filled(_ONLY, does=_does(reduce(or_, given)))
    return _NOT_AGREED


def _missing(condition: Condition, here: Explanation) -> Bilingual:
    if condition.kind is ConditionKind.PERIOD:
        return _not_now(condition, here.edition.looked_at)
    if condition.kind is ConditionKind.PURPOSE:
        return _other_purpose(condition, here)
    return _OTHER_APP if condition.kind is ConditionKind.CLIENT else _OTHER_PROVIDER


def _other_purpose(condition: Condition, here: Explanation) -> Bilingual:
    if here.asked is None and here.purposes:
        return _NO_PURPOSE
    granted = _joined(_purpose(iri) for iri in sorted(condition.values))
    return _filled(_OTHER_PURPOSE, granted=granted) if granted.en else _NOT_AGREED


def _not_now(condition: Condition, looked_at: datetime | None) -> Bilingual:
    since, until = condition.since, condition.until
    if looked_at is not None and since is not None and looked_at < since:
        return _filled(_TO_COME, day=day(since))
    if until is not None and until != NEVER:
        return _filled(_OVER, day=day(until))
    return _NO_TIME


def _who(here: Explanation, known: Known) -> Bilingual:
    webid, client = here.agent.webid, here.agent.client
    if _is_herself(here):
        return _YOU
    if webid is None:
        return _STRANGER
    if webid in here.owners and client is not None:
        return same(known.names.get(client, client)) if client else _NAMELESS
    who = same(webid)
    if client is None:
        return who
    app = same(known.names.get(client, client)) if client else _A_NAMELESS
    return _filled(_WITH, who=who, app=app)


def _is_herself(here: Explanation) -> bool:
    return here.agent.webid in here.owners and here.agent.client in {None, OWN_PAGES}


def _is_trust(one: Judged) -> bool:
    """Whether a rule is an owner's own, for the apps that she trusts with everything."""
    return any(OWN_PAGES in condition.values for condition in one.rule.conditions)


def _wanted(here: Explanation) -> Mode:
    """What rules have to give: of an ACL document, control of what it is about."""
    return Mode.CONTROL if here.need.on.is_acl else here.need.mode


def _does(modes: Mode) -> Bilingual:
    does = [said for mode, said in _DOES if mode in modes]
    # Who may change may add.
    return _joined(said for said in does if said is not _ADD or _CHANGE not in does)


def _joined(said: Iterable[Bilingual]) -> Bilingual:
    each = tuple(said)
    return Bilingual(fr=" ou ".join(one.fr for one in each), en=" or ".join(one.en for one in each))


def _place(target: ResourceIri) -> Bilingual:
    while target.is_auxiliary:
        target = target.subject
    if target.name == ANYTHING and target.parent is not None:
        return _filled(_WITHIN, place=_place(target.parent))
    return _ALL if target.is_root else _filled(_PLACE, path=same(unquote(target.path)))


def _purpose(iri: str) -> Bilingual:
    return PURPOSES[iri].label if iri in PURPOSES else same(iri)


def _filled(template: Bilingual, **values: Bilingual) -> Bilingual:
    return Bilingual(
        fr=template.fr.format(**{name: value.fr for name, value in values.items()}),
        en=template.en.format(**{name: value.en for name, value in values.items()}),
    )
