"""Extension profiles by the command line, and served by the server that starts next."""

from pathlib import Path

from client import call
from serving import Host, free_port, here

from tests.unit.vocab.test_profile import WHOLE


def test_a_profile_is_checked_kept_served_and_taken_out(tmp_path: Path) -> None:
    file = tmp_path / "library.ttl"
    file.write_text(WHOLE.replace('"Prêt"@fr, ', ""), encoding="utf-8")
    wrong = here("profile", "check", str(file))
    assert (wrong.status, wrong.err) == (1, "pod: library.ttl: give Loan a label in fr\n")
    file.write_text(WHOLE, encoding="utf-8")
    host = Host(tmp_path / "data", free_port())
    added = host.here("profile", "add", str(file), "--json")
    assert added.json() == {"name": "library", "classes": ["https://bibliotheque.example/ns#Loan"]}
    (tmp_path / "data" / "profiles" / "broken.ttl").write_text("no Turtle")
    at = f"{host.base}ns/ext/"
    with host.serving():
        page = call("GET", f"{at}library", {"Accept": "text/html"})
        turtle = call("GET", f"{at}library", {"Accept": "text/turtle"})
        assert (page.status, turtle.status) == (200, 200)
        assert "Un livre emprunté." in page.text
        assert turtle.text == WHOLE
        assert call("GET", f"{at}broken").status == 404
    assert host.here("profile", "list", "--json").json() == ["broken", "library"]
    assert host.here("profile", "remove", "library").status == 0
    assert host.here("profile", "remove", "library").status == 1
