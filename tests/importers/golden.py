"""What an export becomes, as the text that stands beside it in `case.ext.expected`.

`python -m tests.importers.golden FILE…` writes those texts anew; read the difference before you
commit it.
"""

import io
import json
import sys
from dataclasses import asdict
from decimal import Decimal
from functools import cache
from pathlib import Path

from pyoxigraph import NamedNode, RdfFormat, Triple, serialize

from importers import by_format, identify
from importers.contract import Covers, Match, Options, Problem, Reading, Record, Sample, Stated
from importers.triples import Naming, pseudonyms, ranked, to_node
from vocab.prefixes import PREFIXES

HOUSE = "https://camille.pod.example/"
HERE = Path(__file__).parent
FOLDERS = (
    "bank",
    "health",
    "activity",
    "education",
    "mesinfos",
    "correspondence",
    "telecom",
    "associations",
    "invoices",
    "retail",
    "orders",
    "vault",
    "mobility",
    "platforms",
    "media",
    "browsing",
    "mapped",
)
BESIDE = frozenset({".expected", ".options", ".mapping"})


def cases():
    """Every export of the folders that the laws hold for; meters have laws of their own."""
    there = (HERE / folder for folder in FOLDERS)
    found = (path for folder in there if folder.is_dir() for path in folder.iterdir())
    return sorted(path for path in found if path.suffix not in BESIDE)


@cache
def recognised(path):
    """The importer that claims an export, and how it does; or that of its mapping."""
    options = options_of(path)
    if "mapping" in options.values:
        return by_format("mapped-table").told(options), Match(confidence=0)
    return identify(path.name, path.read_bytes())[0]


def importer_of(path):
    return recognised(path)[0]


def options_of(path):
    """What the person says of an export, which stands beside it, a `name=value` a line.

    The mapping of a table is a file of its own.
    """
    beside = Path(f"{path}.options")
    said = beside.read_text(encoding="utf-8").splitlines() if beside.exists() else []
    values = dict(line.split("=", 1) for line in said)
    mapping = Path(f"{path}.mapping")
    if mapping.exists():
        values["mapping"] = mapping.read_text(encoding="utf-8")
    return Options(values=values)


def naming(domain):
    return Naming(
        storage=HOUSE,
        holder="https://holder.example/#it",
        slug="holder",
        domain=domain,
        activity=f"{HOUSE}imports/2026/i1.ttl#i",
        pseudonym=pseudonyms(b"the secret of a made-up pod"),
        kept=f"{HOUSE}imports/2026/files/0123456789abcdef-case",
    )


def items_of(importer, content, options=None):
    return list(importer.parse(io.BytesIO(content), options or Options()))


def triples(record, rank, context):
    about = context.iri(record, rank)
    said = to_node(record, about, context).items()
    return [
        Triple(NamedNode(about), NamedNode(name), term) for name, terms in said for term in terms
    ]


def turtle(records, context):
    stars = (triples(record, rank, context) for record, rank in ranked(records))
    graph = [triple for star in stars for triple in sorted(star, key=str)]
    text = serialize(graph, format=RdfFormat.TURTLE, prefixes=dict(PREFIXES)).decode()
    lines = text.replace(HOUSE, "").replace("\t", " ").splitlines()
    return [line for line in lines if not line.startswith("@prefix")]


def outcome(path):
    content = path.read_bytes()
    importer, match = recognised(path)
    items = items_of(importer, content, options_of(path))
    records = [i for i in items if isinstance(i, Record)]
    counted = [r for r in records if r.counted]
    readings = [i for i in items if isinstance(i, Reading)]
    samples = [i for i in items if isinstance(i, Sample)]
    problems = [i for i in items if isinstance(i, Problem)]
    covers = [f"{i.kind} {i.first} {i.last}" for i in items if isinstance(i, Covers)]
    amounts = [v for r in counted for n, v in r.fields if n == "sd:amount"]
    found = {
        "format": importer.format,
        "variant": match.variant,
        "holder": importer.holder(content).name,
        "read": sum(i.counted for i in (*records, *readings, *samples))
        + sum(p.row for p in problems),
        "records": len(counted),
        "sum": str(sum(amounts, Decimal(0))),
        "readings": [f"{r.start.isoformat()} {r.end.isoformat()} {r.value}" for r in readings],
        **({"samples": [_sample(one) for one in samples]} if samples else {}),
        **({"covers": covers} if covers else {}),
        "stated": [f"{i.scope} {i.name} {i.value}" for i in items if isinstance(i, Stated)],
        "checks": [asdict(check) for check in importer.reconcile(items)],
        "problems": [_problem(one) for one in problems],
        "turtle": turtle(records, naming(importer.domain)),
    }
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _problem(one):
    said = asdict(one)
    return said if one.conflict else {name: said[name] for name in ("locator", "message", "row")}


def _sample(one):
    said = " ".join(f"{name}={value}" for name, value in one.values)
    until = f" {one.end.isoformat()}" if one.end else ""
    return f"{one.sensor.name} {one.start.isoformat()}{until} {said}"


if __name__ == "__main__":
    for name in sys.argv[1:]:
        Path(f"{name}.expected").write_text(outcome(Path(name)), encoding="utf-8")
