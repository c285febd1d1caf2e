"""What reads what strangers write, each by itself: it refuses with a Problem, in linear time."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random

from fuzz import bodies, words

from pod.http.cors import cross_origin
from pod.http.fields import entity_tags, link_targets, media_type, read_http_date, slug
from pod.http.forwarded import Proxies, origin
from pod.http.negotiate import negotiate
from pod.http.preconditions import Validators
from pod.http.ranges import requested_range
from pod.intake.structured import read_dictionary
from pod.problems import Problem
from pod.rdf.formats import FORMS, Form, RdfFormat
from pod.rdf.n3_patch import read_n3_patch
from pod.rdf.parse import parse, parse_dataset
from pod.rdf.patched import patched
from pod.rdf.serialise import convert
from pod.sparql.dataset import restrict
from pod.sparql.request import Query
from pod.sparql.update import read_update
from vocab.iri import ResourceIri

BASE = "https://pod.example/ana/notes/one"
_THERE = Validators('"a7"', datetime(2026, 3, 1, 8, tzinfo=UTC))
_UPDATE = read_update("INSERT DATA { <#new> <#p> 1 } ; DELETE WHERE { <> ?p ?o }", BASE)


# Controls, quotes, what ends something, what is in no ASCII, and a byte that is no UTF-8.
ODD = (0, 9, 10, 13, 34, 39, 44, 59, 60, 92, 127, 233, 0x2028, 0xFEFF, 0x1F600, 0xDCFF)


@dataclass(frozen=True)
class Reader:
    """A function of text, what texts for it are made of, and how much of it is ever read."""

    read: Callable[[str], object]
    words: tuple[str, ...]
    most: int = 8_000
    refuses: tuple[type[Exception], ...] = (Problem,)
    decoded: bool = False
    """Whether it is given what was decoded as UTF-8; others get bytes of headers as surrogates."""


def _document(syntax: RdfFormat) -> Callable[[str], object]:
    def read(text: str) -> None:
        octets = text.encode("utf-8", "surrogatepass")
        parse(octets, syntax, BASE)
        for form in FORMS:
            there = _converted(octets, syntax, form)
            if there is not None and not (syntax.has_graphs and form.syntax.has_graphs):
                assert len(parse(there, form.syntax, BASE)) == len(parse(octets, syntax, BASE))
            elif there is not None:
                back = parse_dataset(there, form.syntax, BASE)
                assert len(back) == len(parse_dataset(octets, syntax, BASE))
        patched(octets, syntax, BASE, _UPDATE)

    return read


def _converted(octets: bytes, syntax: RdfFormat, form: Form) -> bytes | None:
    try:
        return convert(octets, syntax, form, BASE)
    except Problem:
        return None


READERS: Mapping[str, Reader] = {
    "Accept": Reader(
        lambda text: negotiate(text, [form.media_type for form in FORMS], "text/turtle"),
        words.ACCEPTS,
    ),
    "Content-Type": Reader(media_type, words.MEDIA_TYPES),
    "Link": Reader(lambda text: link_targets(text, "type"), words.LINKS),
    "Range": Reader(lambda text: requested_range({"Range": text}, _THERE, 1000), words.RANGES),
    "If-Range": Reader(
        lambda text: requested_range({"Range": "bytes=0-1", "If-Range": text}, _THERE, 1000),
        words.TAGS,
    ),
    "If-Match": Reader(entity_tags, words.TAGS),
    "Slug": Reader(slug, words.SLUGS),
    "Date": Reader(read_http_date, words.TAGS),
    "Origin": Reader(lambda text: cross_origin(text, text), words.ORIGINS + words.NO_ORIGINS),
    "Forwarded": Reader(
        lambda text: origin({"Forwarded": text}, Proxies.of(("127.0.0.1",))), words.FORWARDED
    ),
    "X-Forwarded-For": Reader(
        lambda text: origin({"X-Forwarded-For": text}, Proxies.of(("127.0.0.1",))), words.FORWARDED
    ),
    "Signature-Input": Reader(read_dictionary, words.ODDITIES, refuses=(ValueError,)),
    "path": Reader(
        lambda text: ResourceIri.parse("https://pod.example/ana/", text),
        words.SEGMENTS,
        refuses=(ValueError,),
    ),
    "text/n3": Reader(
        lambda text: read_n3_patch(text, BASE), bodies.PATCHES, 100_000, decoded=True
    ),
    "sparql-update": Reader(
        lambda text: read_update(text, BASE), bodies.UPDATES, 100_000, decoded=True
    ),
    "sparql-query": Reader(
        lambda text: restrict(Query(text=text, base=BASE)), bodies.UPDATES, 60_000
    ),
    **{
        syntax.media_type: Reader(
            _document(syntax), bodies.LANGUAGES[syntax.media_type], 100_000, decoded=True
        )
        for syntax in RdfFormat
    },
}


def text_for(random: Random, reader: Reader) -> str:
    """A text of a few words, some of their characters changed."""
    text = "".join(random.choice(reader.words) for _ in range(random.choice((1, 2, 5, 20))))
    characters = list(text[: reader.most])
    for _ in range(random.choice((0, 0, 1, 3))):
        if characters:
            place = random.randrange(len(characters))
            characters[place] = chr(
                random.choice((0, 9, 10, 34, 60, 92, 127, 233, 8232, 65279, 55296))
            )
    found = "".join(characters)
    return found.encode("utf-8", "replace").decode() if reader.decoded else found


def read(reader: Reader, text: str) -> None:
    """Read a text; raises whatever is not a refusal."""
    with suppress(*reader.refuses):
        reader.read(text)


def read_with(random: Random) -> Iterator[str]:
    """What goes wrong with one text for each reader."""
    for name, reader in READERS.items():
        text = text_for(random, reader)
        try:
            read(reader, text)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what is looked for
            yield f"{name}: {error!r} of {text[:300]!r}"


def pumped(random: Random, readers: Mapping[str, Reader]) -> list[str]:
    """The readers that take much more than twice as long for a text twice as long."""
    found = []
    for name, reader in readers.items():
        begin, again, end = (
            "".join(random.choice(reader.words)[:60] for _ in range(random.choice((0, 1, 2))))
            for _ in range(3)
        )
        if again:
            times = [
                _seconds(reader, begin + again * (n // len(again)) + end)
                for n in (reader.most // 8, reader.most)
            ]
            if times[1] > 1.0 and times[1] > 24 * times[0]:
                found.append(f"{name}: {times} seconds for {begin!r} + {again!r}… + {end!r}")
    return found


def _seconds(reader: Reader, text: str) -> float:
    began = time.thread_time()
    read(reader, text)
    return time.thread_time() - began
