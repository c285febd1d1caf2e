"""A server that foreign judges are asked about."""

import fcntl
import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack

import pytest
from judged import here
from jury import Judge


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
                        told["CHROMIUM"] = shutil.which("chromium") or ""
                    kept.write_text(json.dumps(judge.run(told)), encoding="utf-8")
            return json.loads(kept.read_text(encoding="utf-8"))

        yield said
