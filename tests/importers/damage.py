"""Exports damaged on purpose: a row that is lost without a word is a defect of its importer.

`python -m tests.importers.damage [--each N] [FILE…]` puts every mark at every place, or at each
Nth, of every export of this folder, or of those named, and prints what is wrong. That takes an hour
for all of them; the laws in `test_laws.py` try places chosen at random, with a seed that stays.
"""

import time
from argparse import ArgumentParser
from pathlib import Path

from importers.contract import Problem
from tests.importers.golden import BESIDE, HERE, importer_of, items_of, options_of

_SHOWN = 12

MARKS = tuple(bytes([octet]) for octet in b'\0\n";<0')
"""What comes into exports by accident and has a meaning in one format or another."""

# These do not say where they end: who cuts one off behind a row, or a message, takes from it what
# nobody misses.
ENDLESS = frozenset(
    {
        ".csv",
        ".tsv",
        ".jsonl",
        ".qif",
        ".sta",
        ".mt942",
        ".cfo",
        ".qr",
        ".ndjson",
        ".text",
        ".hc1",
        ".vcf",
        ".mbox",
    }
)


def exports():
    """Every export that stands in a folder of this one."""
    folders = (path for path in HERE.iterdir() if path.is_dir() and path.name[0].isalpha())
    found = (path for folder in folders for path in folder.iterdir())
    return sorted(path for path in found if path.suffix not in BESIDE)


def rows(items):
    """The items that are rows of the export, those that could not be read among them."""
    return [item for item in items if _is_row(item)]


def problems(items):
    return [item for item in items if isinstance(item, Problem)]


def _is_row(item):
    return item.row if isinstance(item, Problem) else getattr(item, "counted", False)


def damages(content, at, mark):
    """An export with a mark in the place of an octet, and with one before it."""
    return content[:at] + mark + content[at + 1 :], content[:at] + mark + content[at:]


def silent(before, after):
    """What is wrong with what was read of a damaged export, "" where nothing is."""
    told = set(problems(after))
    if len(rows(after)) < len(rows(before)) and not told - set(problems(before)):
        return "a row is lost without a word"
    if not all(one.locator and one.message.strip() for one in told):
        return "a problem says no place or no reason"
    return ""


def sweep(case, each=1):
    """Each place, mark and way of damage of one export that goes wrong, and how."""
    content, options = case.read_bytes(), options_of(case)
    importer = importer_of(case)
    before = items_of(importer, content, options)
    for at in range(0, len(content), each):
        for mark in MARKS:
            for way, damaged in zip(("for", "before"), damages(content, at, mark), strict=True):
                try:
                    said = silent(before, items_of(importer, damaged, options))
                except Exception as error:  # noqa: BLE001 - that is what is looked for
                    said = f"{type(error).__name__}: {error}"
                if said:
                    yield f"{case.name}: {mark!r} {way} octet {at}: {said}"


def main(words=None):
    parser = ArgumentParser(description="damage exports, and print what goes wrong")
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    parser.add_argument("--each", type=int, default=1, metavar="N", help="only each Nth octet")
    chosen = parser.parse_args(words)
    for case in chosen.files or exports():
        begun, found = time.monotonic(), list(sweep(case, chosen.each))
        for line in found[:_SHOWN]:
            print(line)
        print(f"{case}: {len(found)} found, {time.monotonic() - begun:.0f} s", flush=True)


if __name__ == "__main__":
    main()
