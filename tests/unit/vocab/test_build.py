import runpy
from pathlib import Path

import pytest

from vocab import build
from vocab.build import main

MADE = ("codes.py", "contexts/selfdata.jsonld", "selfdata.py")


def test_the_vocabulary_has_no_fault(capsys):
    assert main(["--check"]) == 0
    assert capsys.readouterr().err == ""


@pytest.fixture
def package(tmp_path):
    for name in MADE:
        tmp_path.joinpath(name).parent.mkdir(exist_ok=True)
        tmp_path.joinpath(name).write_text("", encoding="utf-8")
    return tmp_path


def test_what_is_made_is_written(package, capsys):
    assert main(["--check"], package) == 1
    assert capsys.readouterr().err.splitlines() == [
        f"write vocab/{name} again: run python -m vocab.build" for name in MADE
    ]
    assert main([], package) == 0
    assert main(["--check"], package) == 0
    here = Path(build.__file__).parent
    assert all((package / name).read_text() == (here / name).read_text() for name in MADE)


def test_the_module_runs_as_a_command(monkeypatch):
    monkeypatch.setattr("sys.argv", ["build", "--check"])
    with pytest.raises(SystemExit) as ended:
        runpy.run_path(build.__file__, run_name="__main__")
    assert ended.value.code == 0


def test_any_other_argument_is_wrong_use(capsys):
    assert main(["--help"]) == 2
    assert capsys.readouterr().err == "give no argument but --check or --release\n"
