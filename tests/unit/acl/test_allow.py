import pytest

from acl import ANYONE, Access, Mode, wac_allow
from vocab.iri import ResourceIri

ROOT = ResourceIri("https://pod.example/ana/", "")
FULL = Mode.READ | Mode.WRITE | Mode.CONTROL


@pytest.mark.spec("WAC §6.1 #wac-allow")
@pytest.mark.parametrize(
    ("modes", "public", "header"),
    [
        pytest.param(Mode.NONE, Mode.NONE, 'user="",public=""', id="nothing"),
        pytest.param(Mode.READ, Mode.READ, 'user="read",public="read"', id="read, nothing more"),
        pytest.param(
            Mode.READ | Mode.APPEND, Mode.NONE, 'user="read append",public=""', id="append"
        ),
        pytest.param(Mode.WRITE, Mode.NONE, 'user="write append",public=""', id="write appends"),
        pytest.param(
            FULL, Mode.APPEND, 'user="read write append control",public="append"', id="everything"
        ),
        pytest.param(Mode.CONTROL, Mode.NONE, 'user="control",public=""', id="control alone"),
    ],
)
def test_the_header_lists_exactly_what_was_decided(modes, public, header):
    access = Access(target=ROOT, agent=ANYONE, modes=modes, public=public, source=ROOT)
    assert wac_allow(access) == header
