"""What each format makes, seen in the exports that its importer is tried with.

`python -m tests.importable` writes vocab/catalogue/importable.json anew.
"""

import json
from pathlib import Path

from importers import identify, known
from importers.contract import Reading, Record, Sample
from importers.importer import Told
from tests.importers.golden import BESIDE, items_of, options_of

HERE = Path(__file__).parent / "importers"
TARGET = Path(__file__).parents[1] / "vocab" / "catalogue" / "importable.json"


def kinds(item):
    if isinstance(item, Record):
        return {item.kind}
    if isinstance(item, Reading):
        daily = {"in": "Consumption", "out": "Production"}[item.series.flow]
        return {"Series", "SeriesChunk", *([daily] if item.series.energy != "none" else [])}
    return {"Series", "SeriesChunk"} if isinstance(item, Sample) else set()


def exports():
    folders = (path for path in HERE.iterdir() if path.is_dir() and path.name[0].isalpha())
    found = (path for folder in folders for path in folder.iterdir())
    return sorted(path for path in found if path.is_file() and path.suffix not in BESIDE)


def seen():
    makes = {one.format: set() for one in known()}
    holders = {one.format: set() for one in known()}
    for path in exports():
        content = path.read_bytes()
        for importer, _ in identify(path.name, content)[:1]:
            if isinstance(importer, Told):  # it makes what the person says, of any holder
                continue
            items = items_of(importer, content, options_of(path))
            makes[importer.format].update(*map(kinds, items))
            holders[importer.format].add(importer.holder(content).iri)
    return {
        name: {
            "holder": next(iter(holders[name])) if len(holders[name]) == 1 else "",
            "makes": sorted(makes[name]),
        }
        for name in sorted(makes)
    }


def text():
    rows = ",\n".join(f"  {json.dumps(name)}: {json.dumps(row)}" for name, row in seen().items())
    return f"{{\n{rows}\n}}\n"


def write():
    TARGET.write_text(text(), encoding="utf-8")


if __name__ == "__main__":
    write()
