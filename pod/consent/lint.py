"""What is wrong with what an app says of itself, for its maker: a sentence for each, and its place.

Of the members of OpenID Connect only those are looked at that a person sees.
An error keeps the app from asking, or a person from understanding it; a warning is of what she
will be warned of herself, or would like to know. Places are JSON pointers (RFC 6901).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pod.consent import members
from pod.consent.asked import Asked, is_bundle, of_use
from pod.consent.bilingual import LANGUAGES
from pod.consent.categories import CATEGORIES
from pod.consent.manifest import ASKABLE, KINDS, PROCESSING, expanded, manifest_of
from pod.consent.members import Check
from pod.consent.readability import LIMIT, readability, words_of
from pod.consent.warnings import Concern, cautions
from vocab.selfdata import APP_CONTEXT

ENOUGH: Final = 10
"""Words that a text must have for its own score to mean anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw:
    """Something that is wrong at a place, or is only to be thought about."""

    pointer: str
    sentence: str
    is_error: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How easily a text is read (pod.consent.readability)."""

    pointer: str
    language: str
    words: int
    score: float


@dataclass(frozen=True, slots=True)
class _Member:
    """`missing` is what to say where it is not there, None where it need not be."""

    check: Check | None
    missing: str | None = None
    is_error: bool = True


_CONTROLLER: Final[Mapping[str, _Member]] = {
    "legal_name": _Member(members.text, "say what who answers for the app is called by law"),
    "kind": _Member(members.one_of(KINDS, ", ".join(KINDS)), f"say which of {', '.join(KINDS)}"),
    "country": _Member(members.country, "say the country of who answers for the app"),
    "contact": _Member(members.contact, "say how people can reach who answers for the app"),
    "privacy_notice": _Member(
        members.web_address, "say where people can read what becomes of data"
    ),
    "identifier": _Member(members.text),
}
_USE: Final[Mapping[str, _Member]] = {
    "purpose": _Member(members.purpose, "say for which purpose of the list"),
    "sentence": _Member(None, "say in one sentence what is done with the data"),
    "required": _Member(None, "list the data that this cannot do without"),
    "optional": _Member(None),
    "processing": _Member(
        members.one_of(PROCESSING, "local, leaving"), "say whether data stay or leave"
    ),
    "country": _Member(members.country),
    "recipients": _Member(None, "list whom data are passed on to, [] for nobody", is_error=False),
    "retention": _Member(members.retention, 'say how long data are kept, "none" for not at all'),
    "days": _Member(
        members.days, "say for how many days; else it is until it is stopped", is_error=False
    ),
    "ai_training": _Member(members.truth, "say whether artificial intelligence is trained with it"),
    # PRI-21: "manifest field mandatory and displayed".
    "person_gains": _Member(None, "say what the person gains"),
    "app_gains": _Member(None, "say what you gain"),
}
_NEED: Final[Mapping[str, _Member]] = {
    "category": _Member(members.category, "say of which category"),
    "fields": _Member(None),
    "modes": _Member(None),
    "reason": _Member(None, "say why, in a sentence"),
}
_RECIPIENT: Final[Mapping[str, _Member]] = {
    "name": _Member(members.text, "say what the recipient is called"),
    "country": _Member(members.country, "say in which country the recipient is"),
}
_DOCUMENT: Final[Mapping[str, _Member]] = {
    "client_name": _Member(members.text, "say what the app is called", is_error=False),
    "logo_uri": _Member(members.web_address),
    # CON-09: "app without controller identity refused".
    "controller": _Member(None, "say who answers for the app"),
    "uses": _Member(None, "say what data are used for"),
    "price": _Member(members.price, "say what the app costs", is_error=False),
    "terms": _Member(None, "say which conditions of the person's you accept", is_error=False),
}
_TEXTS: Final[Mapping[str, Check]] = {
    "sentence": members.short,
    "reason": members.text,
    "person_gains": members.text,
    "app_gains": members.text,
}
_MODE: Final = members.one_of(ASKABLE, ", ".join(ASKABLE))
_BY_NORM: Final = {
    Concern.BEYOND: "this is more than the purpose usually needs, and people are warned of it",
    Concern.LONGER: "this is longer than the purpose usually needs, and people are warned of it",
    Concern.WRITES: "this purpose usually needs to read only, and people are warned of it",
}


def lint(document: Any) -> tuple[Flaw, ...]:
    """All that is wrong with a client id document, errors and warnings, by its place."""
    if not isinstance(document, dict):
        return (Flaw(pointer="", sentence="the document must be a JSON object"),)
    found = [*_contexts(document), *_members(document, _DOCUMENT, "")]
    found += _lists(document, "terms", members.text, "")
    if "controller" in document:
        found += _object(document["controller"], _CONTROLLER, "/controller")
    for at, use in _listed(document, "uses", ""):
        found += _use(use, at)
    found += [*_twice(document), *_by_norm(document), *_hard(document)]
    return tuple(sorted(found, key=lambda flaw: not flaw.is_error))


def scores(document: Mapping[str, Any]) -> tuple[Score, ...]:
    """How easily each text is read that people see, in each of their languages."""
    return tuple(
        Score(
            pointer=f"{pointer}/{language}",
            language=language,
            words=len(words_of(text)),
            score=readability(text, language),
        )
        for pointer, language, text in _texts(document)
    )


def whole_score(document: Mapping[str, Any], language: str) -> float | None:
    """How easily all of it is read together; None where nothing is in the language."""
    texts = [text for _, found, text in _texts(document) if found == language]
    return (
        readability(" ".join(text.rstrip(". ") + "." for text in texts), language)
        if texts
        else None
    )


def _contexts(document: Mapping[str, Any]) -> Iterator[Flaw]:
    listed = document.get("@context", [])
    if APP_CONTEXT not in (listed if isinstance(listed, list) else [listed]):
        yield Flaw(pointer="/@context", sentence=f"list the context {APP_CONTEXT}")


def _members(said: Mapping[str, Any], known: Mapping[str, _Member], at: str) -> Iterator[Flaw]:
    for name, member in known.items():
        if name not in said:
            if member.missing:
                yield Flaw(
                    pointer=f"{at}/{name}", sentence=member.missing, is_error=member.is_error
                )
        elif member.check and (wrong := member.check(said[name])):
            yield Flaw(pointer=f"{at}/{name}", sentence=wrong)
        elif name in _TEXTS:
            yield from _bilingual(said[name], _TEXTS[name], f"{at}/{name}")


def _object(said: Any, known: Mapping[str, _Member], at: str) -> Iterator[Flaw]:
    if not isinstance(said, dict):
        yield Flaw(pointer=at, sentence="this must be a JSON object")
        return
    yield from _members(said, known, at)
    for name in said:
        if name not in known and not name.startswith(("@", "id", "type")):
            wrong = "this is not known here; is it misspelt?"
            yield Flaw(pointer=f"{at}/{_escaped(name)}", sentence=wrong, is_error=False)


def _bilingual(said: Any, check: Check, at: str) -> Iterator[Flaw]:
    if not isinstance(said, dict):
        yield Flaw(pointer=at, sentence='say it in both languages: {"fr": "…", "en": "…"}')
        return
    for language in LANGUAGES:
        wrong = check(said[language]) if language in said else "say it in this language too"
        if wrong:
            yield Flaw(pointer=f"{at}/{language}", sentence=wrong)


def _use(said: Any, at: str) -> Iterator[Flaw]:
    yield from _object(said, _USE, at)
    if not isinstance(said, dict):
        return
    for here, one in _needs(said, at):
        yield from _object(one, _NEED, here)
        if isinstance(one, dict):
            yield from _lists(one, "fields", members.property_, here)
            yield from _lists(one, "modes", _MODE, here)
    for here, one in _listed(said, "recipients", at):
        yield from _object(one, _RECIPIENT, here)
    if said.get("processing") == "leaving" and "country" not in said:
        yield Flaw(pointer=f"{at}/country", sentence="say to which country the data go")


def _needs(said: Mapping[str, Any], at: str) -> Iterator[tuple[str, Any]]:
    yield from _listed(said, "required", at)
    yield from _listed(said, "optional", at)


def _lists(said: Mapping[str, Any], member: str, check: Check, at: str) -> Iterator[Flaw]:
    for here, one in _listed(said, member, at):
        wrong = check(one)
        if wrong:
            yield Flaw(pointer=here, sentence=wrong)


def _listed(said: Mapping[str, Any], member: str, at: str) -> Iterator[tuple[str, Any]]:
    """Each value of a list with its place; one value stands for a list of one, as in JSON-LD."""
    found = said.get(member, [])
    if not isinstance(found, list):
        yield f"{at}/{member}", found
        return
    for number, one in enumerate(found):
        yield f"{at}/{member}/{number}", one


def _twice(document: Mapping[str, Any]) -> Iterator[Flaw]:
    """A purpose, or a category of one, is asked about once."""
    uses = tuple(_uses(document))
    yield from _repeated("/uses", "purpose", [_named(use, "purpose") for _, use in uses])
    for at, use in uses:
        needs = (need for _, need in _needs(use, at) if isinstance(need, dict))
        yield from _repeated(at, "category", [_named(need, "category") for need in needs])


def _repeated(at: str, what: str, names: Sequence[str]) -> Iterator[Flaw]:
    known = [name for name in names if name]
    if len(set(known)) < len(known):
        yield Flaw(pointer=at, sentence=f"name each {what} once")


def _named(said: Mapping[str, Any], member: str) -> str:
    found = said.get(member)
    return expanded(found) if isinstance(found, str) else ""


def _uses(document: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for at, use in _listed(document, "uses", ""):
        if isinstance(use, dict):
            yield at, use


def _by_norm(document: Mapping[str, Any]) -> Iterator[Flaw]:
    """What people will be warned of."""
    manifest = manifest_of(document)
    places = {_named(use, "purpose"): at for at, use in reversed([*_uses(document)])}
    for use in manifest.uses:
        for sentence in _warned(of_use(manifest, use)):
            at = places.get(use.purpose, "/uses")
            yield Flaw(pointer=at, sentence=sentence, is_error=False)


def _warned(asked: Asked) -> Iterator[str]:
    for caution in cautions(asked, is_seen=True):
        if asked.norm and caution.concern in _BY_NORM:
            yield _BY_NORM[caution.concern]
    if is_bundle(asked):
        alone = [item.category for item in asked.items if CATEGORIES[item.category].sensitive]
        yield f"ask for {', '.join(alone)} in requests of their own: they are sensitive"


def _hard(document: Mapping[str, Any]) -> Iterator[Flaw]:
    # CON-19: "automated readability score test on every manifest".
    for one in scores(document):
        if one.words >= ENOUGH and one.score < LIMIT:
            wrong = f"this is hard to read: {one.score:.0f}, where {LIMIT:.0f} is the least"
            yield Flaw(pointer=one.pointer, sentence=wrong)
    for language in LANGUAGES:
        score = whole_score(document, language)
        if score is not None and score < LIMIT:
            wrong = f"all of it in {language} is hard to read: {score:.0f}, not {LIMIT:.0f} or more"
            yield Flaw(pointer="/uses", sentence=wrong)


def _texts(document: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Where each text stands that people see, in which language, and what it says."""
    for at, use in _uses(document):
        for here, said in ((at, use), *_needs(use, at)):
            for name in _TEXTS:
                texts = said.get(name) if isinstance(said, dict) else None
                yield from _in_each(texts, f"{here}/{name}")


def _in_each(texts: Any, at: str) -> Iterator[tuple[str, str, str]]:
    for language in LANGUAGES:
        text = texts.get(language) if isinstance(texts, dict) else None
        if isinstance(text, str) and members.text(text) is None:
            yield at, language, text


def _escaped(name: str) -> str:
    # RFC 6901 §3: "'~' needs to be encoded as '~0' and '/' needs to be encoded as '~1'".
    return name.replace("~", "~0").replace("/", "~1")
