"""What an import of many files has taken in so far, so that one that was ended goes on from there.

It lies beside the database, in `under-way/`, a line of JSON a file, and goes when the import is
through. A line that was not written whole is no line.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

FOLDER = "under-way"
_PRIVATE = 0o700


class UnderWay:
    """The files that one import has taken in. `run` names the import, as a part of a path."""

    def __init__(self, folder: Path, run: str) -> None:
        self._path = folder / FOLDER / run
        self._done = dict(_lines(self._path))

    def __len__(self) -> int:
        """How many files an import of this name had taken in before it was ended."""
        return len(self._done)

    def get(self, file: str) -> Any:
        """What was noted of a file, None where nothing was."""
        return self._done.get(file)

    def note(self, file: str, value: Mapping[str, Any]) -> None:
        """Note what came of a file. An ended import loses what it did not note, and no more."""
        line = json.dumps([file, value], ensure_ascii=False)
        self._path.parent.mkdir(mode=_PRIVATE, exist_ok=True)
        with self._path.open("a", encoding="utf-8", errors="surrogatepass") as noted:
            # Before it stands a line feed, for what an ended import did not write whole.
            noted.write(f"\n{line}\n")

    def end(self) -> None:
        """The import is through, and nothing of it is to be gone on with."""
        self._path.unlink(missing_ok=True)


def _lines(path: Path) -> list[tuple[str, Any]]:
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    found = []
    for line in text.split("\n"):
        try:
            file, value = json.loads(line)
        except ValueError:
            continue
        found.append((str(file), value))
    return found
