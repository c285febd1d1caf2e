"""The data browser in a real browser: a container is opened, its children are seen and followed."""

import shutil

import pytest
from jury import HERE, Judge

from pod.web.browser_install import is_installed

LOOKING = Judge("Chromium", HERE / "chromium" / "browse.mjs")


def absent() -> str:
    """Why this cannot be tried here; nothing when it can."""
    if shutil.which("chromium") is None:
        return "Chromium is not installed; apt-get install chromium"
    if not is_installed():
        return "the data browser is not installed; run make test with a network"
    return LOOKING.absent


@pytest.mark.slow
@pytest.mark.parametrize("case", LOOKING.cases)
def test_somebody_looks_around(case, verdict):
    if reason := absent():
        pytest.skip(reason)
    assert verdict(LOOKING)[case] == ""
