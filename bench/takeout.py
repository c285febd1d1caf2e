"""A made-up Takeout of Google of a given size: `python bench/takeout.py takeout 1000`.

As Google makes them: several archives, `…-001.zip` and on, folders named in French, most of it
pictures that nobody can pack, My Activity as JSON and as pages, notes, and small files of all
kinds. The same size and seed give the same octets.
"""

import json
import random
import sys
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

MEGABYTE = 1_000_000
PART = 500 * MEGABYTE
PICTURE = 4 * MEGABYTE
NOTES = 200
FIRST = datetime(2016, 1, 1, tzinfo=UTC)
CELL = "mdl-cell mdl-cell--{}-col"
ROW = (
    f'<div class="outer-cell {CELL.format(12)} mdl-shadow--2dp"><div class="mdl-grid">'
    f'<div class="header-cell {CELL.format(12)}"><p class="mdl-typography--title">YouTube<br></p>'
    f'</div><div class="content-cell {CELL.format(6)} mdl-typography--body-1">Vous avez regardé'
    '&nbsp;<a href="https://www.youtube.com/watch?v={0}">{1}</a><br>{2} UTC<br></div>'
    f'<div class="content-cell {CELL.format(6)} mdl-typography--body-1 '
    'mdl-typography--text-right"></div>'
    f'<div class="content-cell {CELL.format(12)} mdl-typography--caption"><b>Produits&nbsp;:</b>'
    "<br>&emsp;YouTube<br></div></div></div>"
)
WORDS = (
    "vélo",
    "pliant",
    "gare",
    "horaires",
    "recette",
    "tarte",
    "école",
    "météo",
    "Lyon",
    "musée",
)


def write(folder: Path, megabytes: float, *, seed: int = 1) -> tuple[tuple[Path, ...], int]:
    """Writes the parts of a Takeout of about this size; their paths, and how many events it has.

    A tenth of it is My Activity, half of that as pages; the rest is mostly pictures.
    """
    chance = random.Random(seed)  # noqa: S311 - a made-up person's evenings
    events = int(megabytes * MEGABYTE / 10 / 600)
    paths: list[Path] = []
    files = _files(chance, events, int(megabytes * MEGABYTE * 0.9 / PICTURE))
    left = next(files, None)
    while left is not None:
        paths.append(folder / f"takeout-20260331T080000Z-{len(paths) + 1:03}.zip")
        with zipfile.ZipFile(paths[-1], "w") as archive:
            while left is not None and paths[-1].stat().st_size < PART:
                name, pieces, is_packed = left
                _add(archive, name, pieces, is_packed=is_packed)
                left = next(files, None)
    return tuple(paths), events


def _add(archive: zipfile.ZipFile, name: str, pieces: Iterator[bytes], *, is_packed: bool) -> None:
    member = zipfile.ZipInfo(f"Takeout/{name}")
    member.compress_type = zipfile.ZIP_DEFLATED if is_packed else zipfile.ZIP_STORED
    with archive.open(member, "w") as file:
        for piece in pieces:
            file.write(piece)


def _files(
    chance: random.Random, events: int, pictures: int
) -> Iterator[tuple[str, Iterator[bytes], bool]]:
    """The files: the name of each, its pieces, and whether it is packed."""
    half = events // 2
    yield "archive_browser.html", iter([b"<html><title>Archive de vos</title>Google</html>"]), True
    yield "Mon activité/Recherche/MonActivité.json", _json(chance, half), True
    page = "YouTube et YouTube Music/historique/watch-history.html"
    yield page, _page(chance, events - half), True
    for number in range(NOTES):
        yield f"Keep/Note {number}.json", iter([_note(chance, number)]), True
        yield (
            f"Keep/Note {number}.html",
            iter([b'<html><div class="note"><div class="heading">']),
            True,
        )
    for number in range(pictures):
        yield (
            f"Google Photos/{number}.jpg",
            iter([b"\xff\xd8\xff\xe0", chance.randbytes(PICTURE)]),
            False,
        )
        yield f"Google Photos/{number}.jpg.json", iter([b'{"title":"a","photoTakenTime":{}}']), True


def _moments(chance: random.Random) -> Iterator[datetime]:
    at = FIRST
    while True:
        at += timedelta(seconds=chance.randrange(60, 7200))
        yield at


def _words(chance: random.Random) -> str:
    return " ".join(chance.choices(WORDS, k=5))


def _json(chance: random.Random, count: int) -> Iterator[bytes]:
    mark = b"["
    for at in islice(_moments(chance), count):
        words = _words(chance)
        event = {
            "header": "Recherche",
            "title": f"Vous avez recherché {words}",
            "titleUrl": f"https://www.google.com/search?q={words.replace(' ', '+')}",
            "time": at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "products": ["Recherche"],
            "locationInfos": [
                {"name": "Dans cette zone", "source": "Depuis vos adresses (Domicile)"}
            ],
            "activityControls": ["Activité sur le Web et les applications"],
        }
        yield mark + json.dumps(event, ensure_ascii=False, indent=2).encode()
        mark = b","
    yield b"]" if count else b"[]"


def _page(chance: random.Random, count: int) -> Iterator[bytes]:
    yield b"<html><head><title>Historique</title><style>.mdl-grid{}</style></head>"
    yield b'<body><div class="mdl-grid">'
    for at in islice(_moments(chance), count):
        video = f"{chance.getrandbits(60):015x}"[:11]
        yield ROW.format(video, _words(chance), f"{at:%d.%m.%Y, %H:%M:%S}").encode()
    yield b"</div></body></html>"


def _note(chance: random.Random, number: int) -> bytes:
    at = int(FIRST.timestamp() + number * 86_400) * MEGABYTE
    note = {
        "isTrashed": False,
        "textContent": _words(chance),
        "title": f"Note {number}",
        "userEditedTimestampUsec": at,
        "createdTimestampUsec": at,
    }
    return json.dumps(note, ensure_ascii=False).encode()


if __name__ == "__main__":
    made, count = write(Path(sys.argv[1]), float(sys.argv[2]))
    print(f"{', '.join(path.name for path in made)}: {count:,} events")
