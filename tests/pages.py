"""The pages of the documentation as the tests read them: blocks of code, commands, links."""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

ROOT = Path(__file__).parents[1]
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_FOREIGN = (".venv", "node_modules", "build", "dist")


def pages() -> tuple[Path, ...]:
    """Every Markdown file of the project."""
    found = (file.relative_to(ROOT) for file in ROOT.rglob("*.md"))
    return tuple(sorted(file for file in found if not _is_foreign(file)))


def _is_foreign(file: Path) -> bool:
    return any(part in _FOREIGN or part.startswith(".") for part in file.parts)


def read(page: str | Path) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def blocks(page: str | Path, language: str) -> list[str]:
    """The blocks of code in a language, in order."""
    return [text for name, text in _BLOCK.findall(read(page)) if name == language]


def prose(page: str | Path) -> str:
    """The page without its blocks of code."""
    return _BLOCK.sub("", read(page))


def links(page: str | Path) -> list[str]:
    return _LINK.findall(prose(page))


def anchors(page: Path) -> set[str]:
    """The fragments that the headings of a page answer to, as GitHub makes them."""
    headings = (heading.lower() for heading in _HEADING.findall(prose(page)))
    return {re.sub(r"[^\w\- ]", "", heading).replace(" ", "-") for heading in headings}


@dataclass(frozen=True)
class Step:
    """A line that a reader types, and the lines that she is told to expect."""

    line: str
    expected: tuple[str, ...]

    @property
    def stages(self) -> list[list[str]]:
        """The words of each program of the pipeline; a file to write to is left in the last."""
        reader = shlex.shlex(self.line, posix=True, punctuation_chars="|>&")
        reader.whitespace_split = True
        reader.commenters = ""  # a shell knows a comment by the space before it
        stages: list[list[str]] = [[]]
        for word in takewhile(lambda word: not word.startswith("#"), reader):
            if word in {"|", "&&"}:
                stages.append([])
            else:
                stages[-1].append(word)
        return stages


def steps(page: str | Path) -> Iterator[Step]:
    """What a page has its reader type, in order."""
    for block in blocks(page, "console"):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            line, *expected = part.splitlines()
            yield Step(line, tuple(expected))


def is_pod(words: list[str]) -> bool:
    """Whether these words run the command `pod`."""
    return bool(words) and Path(words[0]).name == "pod"
