"""What a developer gets: a household in a folder with the catalogue and queries, or in a pod."""

from collections.abc import Iterator
from importlib.resources import files
from typing import TypedDict

from importers.contract import Options
from pod.catalogue.dcat import graph
from pod.catalogue.table import table
from pod.flows.context import Pod
from pod.flows.owner import owner_of
from pod.flows.restitution import take_in
from pod.intake.delivery import Delivery
from pod.ldp.description import CATALOGUE
from pod.people.answers import SHEET
from pod.people.files.written import CALLED, HOLDERS, HolderFile, in_json
from pod.people.home import Home
from pod.people.made import Made
from pod.problems import Malformed, UnsupportedMediaType
from pod.rdf.formats import RdfFormat
from pod.rdf.serialise import serialise

_README = """\
# A household that does not exist

`household/` has the files that its holders would give. `answers.json` says what is true of it: the
files with their holders and formats, the bills, which records belong together (`links`), what is
wrong on purpose (`anomalies`), and what queries and services have to find. `catalogue.csv` and
`catalogue.ttl` say what holders give; `queries/` are queries to begin with.

    pod account create nora --email nora@example.org --password-stdin
    pod people {options} --pod nora
    pod match nora
    pod query nora @queries/carbon.rq

The same household comes into the pod again with the same options, each file from its holder.
"""
_CALLED = {iri: CALLED[name] for name, iri in HOLDERS.items()}
_QUERIES = files("pod.people") / "queries"


def kit(whole: Made, base: str) -> Iterator[tuple[str, bytes]]:
    """The files of a developer's kit, by their paths; `base` is the address of the server."""
    yield "README.md", _README.format(options=_options(whole.life.home)).encode()
    yield SHEET, in_json(whole.answers, 3)
    yield "catalogue.csv", table()
    yield "catalogue.ttl", serialise(graph(base + CATALOGUE), RdfFormat.TURTLE)
    for query in sorted(_QUERIES.iterdir(), key=lambda one: one.name):
        yield f"queries/{query.name}", query.read_bytes()
    for path, content in whole.contents.items():
        yield f"household/{path}", content


def _options(one: Home) -> str:
    """What makes a household again."""
    years = round(one.span.days / 365.25)
    events = f" --events {','.join(sorted(one.events))}" if one.events else ""
    return f"--seed {one.seed} --years {years} --from {one.span.first}{events}"


class Imported(TypedDict):
    """What became of the files of a household: `unread` are those that no importer knows."""

    files: int
    unread: int
    new: int
    same: int
    rejected: int


async def import_into(whole: Made, pod: Pod) -> Imported:
    """Every file of a household, from the holder that gives it."""
    done = Imported(files=0, unread=0, new=0, same=0, rejected=0)
    for file in whole.files:
        try:
            report = await take_in(delivery_of(file), owner_of(pod), pod)
        except (UnsupportedMediaType, Malformed):
            done["unread"] += 1
            continue
        done["files"] += 1
        done["new"] += report["new"]
        done["same"] += report["same"]
        done["rejected"] += report["rejected"]
    return done


def delivery_of(file: HolderFile) -> Delivery:
    """A file of a household as its holder gives it, with what is said beside it."""
    return Delivery(
        filename=file.path.rpartition("/")[2],
        media_type=file.media_type,
        content=file.content,
        holder=file.holder,
        called=_CALLED.get(file.holder, ""),
        format=file.format if file.options else None,
        options=Options(values=file.options),
    )
