"""Sign-in as others see it: strict clients, stock libraries, a real browser, another server."""

import shutil
from collections.abc import Iterator

import pytest
from judged import community, here
from jury import HERE, NEIGHBOUR, Judge

FOLDER = HERE / "sign_in"
STRICT = tuple(
    Judge(name, FOLDER / script)
    for name, script in (
        ("openid-client", "openid_client.mjs"),
        ("@inrupt/solid-client-authn-node", "authn_node.mjs"),
        ("@solid/access-token-verifier", "verifier.mjs"),
        ("@inrupt/solid-client, granted", "granted.mjs"),
    )
)
IN_CHROMIUM = tuple(
    Judge(name, FOLDER / script)
    for name, script in (
        ("browser libraries", "chromium.mjs"),
        ("axe-core", "accessibility.mjs"),
    )
)
NEIGHBOURS = Judge("@solid/community-server", FOLDER / "neighbours.mjs")


def cases(*judges: Judge) -> Iterator[object]:
    for judge in judges:
        for case in judge.cases:
            yield pytest.param(judge, case, id=f"{judge.name}: {case}")


@pytest.mark.slow
@pytest.mark.spec("Practice OP-02")
@pytest.mark.spec("Practice OP-03")
@pytest.mark.spec("Practice OP-22")
@pytest.mark.parametrize(("judge", "case"), [*cases(*STRICT)])
def test_strict_clients_get_what_they_insist_on(judge, case, verdict):
    if judge.absent:
        pytest.skip(judge.absent)
    assert verdict(judge)[case] == ""


@pytest.mark.slow
@pytest.mark.spec("Practice OP-18")
@pytest.mark.parametrize(("judge", "case"), [*cases(*IN_CHROMIUM)])
def test_a_person_in_a_real_browser(judge, case, verdict):
    if shutil.which("chromium") is None:
        pytest.skip("Chromium is not installed; apt-get install chromium")
    if judge.absent:
        pytest.skip(judge.absent)
    assert verdict(judge)[case] == ""


@pytest.mark.slow
@pytest.mark.spec("Practice RS-13")
def test_people_of_two_servers_read_what_names_them(tmp_path):
    if NEIGHBOURS.absent:
        pytest.skip(NEIGHBOURS.absent)
    if not (NEIGHBOUR / "node_modules").is_dir():
        pytest.skip("the other server is not installed; run make test once with a network")
    with here(tmp_path) as ours, community(NEIGHBOUR) as theirs:
        told = {f"COMMUNITY_{name}": value for name, value in theirs.items()}
        said = NEIGHBOURS.run({**ours, **told})
    assert said == dict.fromkeys(NEIGHBOURS.cases, "")
