"""The lists of keys of who signs exports, which a server trusts: files in its data folder."""

from collections.abc import Mapping
from pathlib import Path

FOLDER = "trust"
_LARGEST = 16 << 20  # octets; the lists of all issuers of health passes have one


def trusted_keys(data: Path) -> Mapping[str, str]:
    """The text of each list of keys of a data folder, by its name in it, in the order of names.

    What is no UTF-8 is read as it can be, and one that is too large to be a list of keys as "":
    who looks for keys in it says that it has none. Hidden files are no lists.
    """
    files = sorted(file for file in data.joinpath(FOLDER).glob("[!.]*") if file.is_file())
    return {f"{FOLDER}/{file.name}": _text(file) for file in files}


def _text(file: Path) -> str:
    if file.stat().st_size > _LARGEST:
        return ""
    return file.read_text(encoding="utf-8", errors="replace")
