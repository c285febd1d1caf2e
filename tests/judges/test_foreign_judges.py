"""Stock clients of Solid, each with its own idea of what a server answers, find their way here."""

from collections.abc import Iterator

import pytest
import verdicts
from jury import JUDGES
from verdicts import DISPUTED


def cases() -> Iterator[object]:
    for judge in JUDGES:
        for case in judge.cases:
            reason = DISPUTED.get((judge.name, case))
            marks = (pytest.mark.xfail(reason=reason, strict=True),) if reason else ()
            yield pytest.param(judge, case, id=f"{judge.name}: {case}", marks=marks)


@pytest.mark.slow
@pytest.mark.parametrize(("judge", "case"), [*cases()])
def test_a_stock_client_finds_its_way(judge, case, verdict):
    if judge.absent:
        pytest.skip(judge.absent)
    assert verdict(judge)[case] == ""


def test_what_was_said_last_is_of_every_judge_and_of_these_cases():
    kept = {one.judge: one for one in verdicts.read()}
    # Else run `python tests/judges/compare.py`.
    assert {one.name: len(one.cases) for one in JUDGES}.items() <= {
        (name, one.cases) for name, one in kept.items()
    }


def test_what_failed_here_is_disputed_and_nothing_else_is():
    assert {(one.judge, case) for one in verdicts.read() for case in one.here} == set(DISPUTED)
