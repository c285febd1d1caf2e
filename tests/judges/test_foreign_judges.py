"""Stock clients of Solid, each with its own idea of what a server answers, find their way here."""

import fcntl
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack

import pytest
import verdicts
from judged import here
from jury import DISPUTED, JUDGES, Judge


def cases() -> Iterator[object]:
    for judge in JUDGES:
        for case in judge.cases:
            reason = DISPUTED.get((judge.name, case))
            marks = (pytest.mark.xfail(reason=reason, strict=True),) if reason else ()
            yield pytest.param(judge, case, id=f"{judge.name}: {case}", marks=marks)


@pytest.fixture(scope="session")
def verdict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Judge], Mapping]]:
    """What a judge says of a server of its own, started when the first one is asked.

    A judge is asked once, also where several processes share the tests: by who comes first.
    """
    folder = tmp_path_factory.mktemp("judged")
    shared = folder.parent.parent if "popen-" in folder.parent.name else folder
    told: dict[str, str] = {}
    with ExitStack() as stack:

        def said(judge: Judge) -> Mapping[str, str]:
            kept = shared / f"{judge.script.stem}.json"
            with kept.with_suffix(".lock").open("w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                if not kept.exists():
                    if not told:
                        told.update(stack.enter_context(here(folder)))
                    kept.write_text(json.dumps(judge.run(told)), encoding="utf-8")
            return json.loads(kept.read_text(encoding="utf-8"))

        yield said


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
    kept = [one for one in verdicts.read() if one.judge in {judge.name for judge in JUDGES}]
    assert {(one.judge, case) for one in kept for case in one.here} == set(DISPUTED)


def test_each_disputed_case_is_one():
    assert set(DISPUTED) <= {(judge.name, case) for judge in JUDGES for case in judge.cases}
