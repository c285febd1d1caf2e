"""What the foreign judges said when they were last asked: judges/results.json."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

FILE = Path(__file__).parent / "judges" / "results.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How many cases of one judge there are, and which did not pass on which server."""

    judge: str
    version: str
    cases: int
    here: list[str]
    community: list[str]


def read() -> tuple[Verdict, ...]:
    return tuple(Verdict(**one) for one in json.loads(FILE.read_text(encoding="utf-8")))


def keep(verdict: Verdict) -> None:
    """Write down a verdict in the place of an earlier one of the same judge."""
    kept = {one.judge: one for one in read()} if FILE.exists() else {}
    kept[verdict.judge] = verdict
    told = [asdict(one) for one in kept.values()]
    FILE.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


ACTIVE, CONVERTED = "specification tests", "specification tests, converted (inactive)"
LIBRARY = "solid-client-js, end to end"
AUTHN = "solid-client-authn-js, end to end"
WAC, CONTROLS = "Authenticated end-to-end WAC", "controlRead and controlWrite on a WAC-powered Pod"
BROKEN = "the Turtle that it sends lacks its final full stop; broken RDF is refused with 400"

DISPUTED = {
    (
        CONVERTED,
        "test_2-1: Test 1.6 Create empty container with no interaction model, no content-type",
    ): "400 is for content without a type (Solid Protocol §2.1); there is no content",
    (CONVERTED, "test_3-3: Test 3.7 Append to container (POST) allowed"): BROKEN,
    (CONVERTED, "test_3-5: Test 5.7 Append to container (POST) allowed"): BROKEN,
    (CONVERTED, "test_3-7: Test 7.7 Append to container (POST) allowed"): BROKEN,
    (
        LIBRARY,
        f"{WAC} throws an error when trying to set different values for {CONTROLS}",
    ): "it expects a sentence that its own library no longer says",
}
"""Cases that do not pass here, with the reason why the server is not changed for them."""
