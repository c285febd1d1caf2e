"""Servers that foreign judges are asked about."""

import fcntl
import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path

import pytest
from judged import Told, here
from jury import Judge
from lived import lived_in

Verdict = Callable[[Judge], Mapping[str, str]]


@pytest.fixture(scope="session")
def verdict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Verdict]:
    """What a judge says of a server of its own, where nobody has anything yet."""
    yield from _said(here, tmp_path_factory)


@pytest.fixture(scope="session")
def verdict_at_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Verdict]:
    """What a judge says of a server where somebody lives."""
    yield from _said(lived_in, tmp_path_factory)


def _said(
    opened: Callable[[Path], AbstractContextManager[Told]], factory: pytest.TempPathFactory
) -> Iterator[Verdict]:
    """The server is started when the first judge is asked.

    A judge is asked once, also where several processes share the tests: by who comes first.
    """
    folder = factory.mktemp("judged")
    shared = folder.parent.parent if "popen-" in folder.parent.name else folder
    told: dict[str, str] = {}
    with ExitStack() as stack:

        def said(judge: Judge) -> Mapping[str, str]:
            kept = shared / f"{judge.script.stem}.json"
            with kept.with_suffix(".lock").open("w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                if not kept.exists():
                    if not told:
                        told.update(stack.enter_context(opened(folder)))
                        told["CHROMIUM"] = shutil.which("chromium") or ""
                    kept.write_text(json.dumps(judge.run(told)), encoding="utf-8")
            found: Mapping[str, str] = json.loads(kept.read_text(encoding="utf-8"))
            return found

        yield said
