"""What a JSON-LD document may cost, found out before the parser sees it.

The parser behind recurses over nesting and over terms that are defined by terms, copies all terms
in force for each context that it meets, and cannot be stopped: a small document could end the
process or hold it up for minutes.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from pod.problems import Malformed

MAX_DEPTH = 100  # brackets within brackets
MAX_CHAIN = 32  # terms that are defined by terms that are defined by terms
MAX_WORK = 1_000_000  # copies of a term: less than a second
MAX_EXPANDED = 128 * 1024 * 1024  # characters of a document, with all names in full

_OF_DEFINING = 8  # what it costs to define a term, in copies of one
_NAMES_ONE = ("@id", "@type", "@reverse", "@index")  # where a definition names another term

_STRING = re.compile(r'"(?:[^"\\]|\\.)*+"', re.DOTALL)
_NOT_BRACKETS = {code: None for code in range(128) if chr(code) not in "[]{}"}
_STEP = {"[": 1, "{": 1, "]": -1, "}": -1}

Object = dict[str, object]


def check_depth(text: str) -> None:
    """Raise Malformed for JSON, or what should be JSON, that is nested too deeply."""
    brackets = _STRING.sub("", text).translate(_NOT_BRACKETS)
    if max(accumulate(_STEP.get(mark, 0) for mark in brackets), default=0) > MAX_DEPTH:
        raise Malformed(f"the JSON is nested more than {MAX_DEPTH} levels deep")


def values_of(document: object) -> Iterator[object]:
    """Every value in a document but those of its contexts and of its JSON literals."""
    pending = [document]
    while pending:
        here = pending.pop()
        yield here
        if isinstance(here, dict):
            pending.extend(v for k, v in here.items() if k not in {"@context", "@value"})
        elif isinstance(here, list):
            pending.extend(here)


def objects_of(context: object) -> Iterator[Object]:
    """Every object in a context, at any depth: contexts and the definitions of their terms."""
    pending = [context]
    while pending:
        here = pending.pop()
        if isinstance(here, dict):
            yield here
            pending.extend(here.values())
        elif isinstance(here, list):
            pending.extend(here)


@dataclass(frozen=True, slots=True)
class Defined:
    """What a context defines: its terms, and of those with a context of their own its size.

    `times` is how often a term with a context of its own is defined. `longest` is how long what is
    put before a name can be, and `more` what each use of the context adds to that.
    """

    terms: frozenset[str]
    scoped: Mapping[str, int]
    times: int
    longest: int
    more: int


def defined_by(context: object) -> Defined:
    """What a context defines; raises Malformed for terms that build on each other too deeply."""
    parts = tuple(objects_of(context))
    if any(_is_chained(part) for part in parts):
        raise Malformed("terms of the context are defined by each other too deeply")
    definitions = [(term, d) for part in parts for term, d in part.items() if _is_scoped(d)]
    scoped: dict[str, int] = {}
    for term, definition in definitions:
        scoped[term] = max(scoped.get(term, 0), sum(map(len, objects_of(definition))))
    terms = frozenset(key for part in parts for key in part if not key.startswith("@"))
    # JSON-LD 1.1 §4.1.3, §4.1.5: a relative @base or @vocab is put behind the one before.
    places = [
        len(v) for part in parts for k in ("@base", "@vocab") if isinstance(v := part.get(k), str)
    ]
    longest = max(map(_longest, parts), default=0)
    return Defined(terms, scoped, len(definitions), longest, sum(places))


def check_work(values: Iterable[object], contexts: Sequence[Defined]) -> None:
    """Raise Malformed when it takes too much to read a document.

    `values` are all its values but those of its contexts; `contexts` has one for each that it
    has or names, again for each time.
    """
    values = tuple(values)
    names = sum(1 + (len(value) if isinstance(value, dict) else 0) for value in values)
    longest = max((each.longest for each in contexts), default=0)
    if names * (longest + sum(each.more for each in contexts)) > MAX_EXPANDED:
        raise Malformed("with all its names in full, the document is too long; shorten its context")
    terms = len(frozenset[str]().union(*(each.terms for each in contexts)))
    scoped: dict[str, int] = {}
    for each in contexts:
        scoped.update((t, max(n, scoped.get(t, 0))) for t, n in each.scoped.items())
    # JSON-LD 1.1 §4.1.8: a scoped context comes into force with each use of its term; the parser
    # tries it when it is defined.
    met = [term for value in values for term in _used(value, scoped)]
    copies = len(contexts) + sum(each.times for each in contexts) + len(met)
    if copies * terms + sum(scoped[term] for term in met) * _OF_DEFINING > MAX_WORK:
        raise Malformed("the contexts inside the document hold too many terms; use fewer")


def _is_scoped(definition: object) -> bool:
    return isinstance(definition, dict) and "@context" in definition


def _used(value: object, scoped: Mapping[str, int]) -> list[str]:
    if isinstance(value, dict):
        return [key for key in value if key in scoped]
    return [value] if isinstance(value, str) and value in scoped else []


def _is_chained(context: Object) -> bool:
    """Whether some term needs more than MAX_CHAIN others, one after the other, or itself."""
    # What begins with an at sign is a keyword: it says something of a term, and is none.
    pending = {term: _mentioned(term, context) for term in context if term[:1] != "@"}
    for _ in range(MAX_CHAIN):
        pending = {t: m for t, m in pending.items() if any(word in pending for word in m)}
    return bool(pending)


def _longest(context: Object) -> int:
    """How many characters a term can stand for, with the terms that it is defined by.

    INVARIANT (ends): no term is defined by itself, in however many steps: `_is_chained` was asked.
    """
    own = {
        term: max(map(len, _texts(definition)), default=0) for term, definition in context.items()
    }
    words = {term: _mentioned(term, context) for term in context if term[:1] != "@"}
    total = own
    before: dict[str, int] = {}
    while total != before:
        before = total
        longer = {t: own[t] + max((before[w] for w in m), default=0) for t, m in words.items()}
        total = {**own, **longer}
    return max(total.values(), default=0)


def _texts(definition: object) -> list[str]:
    """What a term is defined by: a name, or those in a definition."""
    if isinstance(definition, dict):
        return [value for value in definition.values() if isinstance(value, str)]
    return [definition] if isinstance(definition, str) else []


def _mentioned(term: str, context: Object) -> set[str]:
    """The other terms of a context in the definition of a term."""
    named, definition = [term], context[term]
    if isinstance(definition, str):
        named.append(definition)
    elif isinstance(definition, dict):
        named += (v for v in map(definition.get, _NAMES_ONE) if isinstance(v, str))
    words = {word for name in named for word in (name, name.partition(":")[0])}
    return {word for word in words if word in context and word != term}
