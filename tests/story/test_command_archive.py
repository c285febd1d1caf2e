"""The whole of a pod as one archive, by the command line."""

import json
import zipfile
from pathlib import Path

from commands import check_sentence
from serving import Host


def test_a_pod_is_written_into_one_archive(
    served: Host, ana: str, bank: str, tmp_path: Path
) -> None:
    assert served.here("import", bank, "--pod", ana).status == 0
    file = tmp_path / "whole.zip"
    words = ("export", ana, "--to", str(file))
    done = served.here(*words, "--json")
    assert done.status == 0
    with zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None
        names = [name for name in archive.namelist() if name.startswith("pod/")]
        original = [name for name in names if name.endswith(Path(bank).name)]
        assert archive.read(original[0]) == Path(bank).read_bytes()
        about = json.loads(archive.read("export.json"))
    assert done.json() == {
        "file": "whole.zip",
        "resources": len(names),
        "bytes": file.stat().st_size,
    }
    assert about["storage"] == f"{served.base}{ana}/"
    check_sentence(served.here(*words), 2)
