"""A proof that was used stays used, whatever becomes of the process that it was shown to."""

from pathlib import Path

import pytest
from client import call
from serving import Host, free_port


@pytest.mark.spec("RFC9449 §11.1")
def test_a_proof_is_good_once_although_the_server_was_killed_and_started_anew(tmp_path: Path):
    host = Host(tmp_path / "data", free_port())
    (owner,) = host.people("ana")
    url = f"{host.base}ana/"
    with host.serving() as process:
        shown = owner.headers("GET", url)
        assert call("GET", url, shown).status == 200
        assert call("GET", url, shown).status == 401
        process.kill()
        process.wait()
    with host.serving():
        assert call("GET", url, shown).status == 401
        assert call("GET", url, owner.headers("GET", url)).status == 200
