"""The person's pages in a real browser: what is seen of each, and the whole way through them."""

import shutil
from collections.abc import Iterator

import pytest
from jury import HERE, Judge

FOLDER = HERE / "pages"
LOOKS = Judge("looks", FOLDER / "looks.mjs")
CLICKS = Judge("clicks", FOLDER / "clicks.mjs")
JOURNEY = Judge("journey", FOLDER / "journey.mjs")


def cases(*judges: Judge) -> Iterator[object]:
    for judge in judges:
        for case in judge.cases:
            yield pytest.param(judge, case, id=f"{judge.name}: {case}")


@pytest.mark.slow
@pytest.mark.parametrize(("judge", "case"), [*cases(LOOKS, CLICKS, JOURNEY)])
def test_pages_in_chromium(judge, case, verdict_at_home):
    if shutil.which("chromium") is None:
        pytest.skip("Chromium is not installed; apt-get install chromium")
    if judge.absent:
        pytest.skip(judge.absent)
    assert verdict_at_home(judge)[case] == ""
