"""What the foreign judges said when they were last asked: judges/results.json."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

FILE = Path(__file__).parent / "judges" / "results.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How many cases of one judge there are, and which did not pass on which server, and why."""

    judge: str
    version: str
    cases: int
    here: Mapping[str, str]
    community: Mapping[str, str]


def read() -> tuple[Verdict, ...]:
    return tuple(Verdict(**one) for one in json.loads(FILE.read_text(encoding="utf-8")))


def keep(verdict: Verdict) -> None:
    """Write down a verdict in the place of an earlier one of the same judge."""
    kept = {one.judge: one for one in read()} if FILE.exists() else {}
    kept[verdict.judge] = replace(
        verdict, here=_short(verdict.here), community=_short(verdict.community)
    )
    told = [asdict(one) for one in kept.values()]
    FILE.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _short(failed: Mapping[str, str]) -> dict[str, str]:
    return {name: " ".join(why.split())[:200] for name, why in failed.items()}
