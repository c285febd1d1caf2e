"""The extension profiles of a server: Turtle files in its data folder, one each."""

from collections.abc import Mapping
from pathlib import Path

FOLDER = "profiles"
_ENDING = ".ttl"


def kept(data: Path) -> Mapping[str, str]:
    """The text of each profile of a data folder, by name; what is no UTF-8 is read as it can be."""
    return {
        file.name.removesuffix(_ENDING): file.read_text(encoding="utf-8", errors="replace")
        for file in sorted(data.joinpath(FOLDER).glob(f"*{_ENDING}"))
    }


def keep(data: Path, name: str, text: str) -> None:
    """Put a profile in the data folder, in the place of one of that name."""
    folder = data / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    beside = folder / f".{name}.new"
    beside.write_text(text, encoding="utf-8")
    beside.replace(folder / f"{name}{_ENDING}")


def drop(data: Path, name: str) -> bool:
    """Take a profile out of the data folder; whether it was there."""
    file = data / FOLDER / f"{name}{_ENDING}"
    there = file.exists()
    file.unlink(missing_ok=True)
    return there
