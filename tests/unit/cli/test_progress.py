"""A bar where somebody looks, nothing where a program reads."""

from io import StringIO

from pod.cli.progress import shown


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_shows_how_far_it_is():
    terminal = Terminal()
    assert list(shown(["a", "b"], "importing", terminal)) == ["a", "b"]
    first, second, third = terminal.getvalue().strip("\r\n").split("\r")
    assert first == "importing [..............................] 0/2"
    assert second == "importing [###############...............] 1/2"
    assert third == "importing [##############################] 2/2"


def test_the_line_ends_where_the_work_breaks_off():
    terminal = Terminal()
    steps = shown(["a", "b"], "importing", terminal)
    next(steps)
    steps.close()
    assert terminal.getvalue().endswith("0/2\n")


def test_a_file_gets_nothing():
    file = StringIO()
    assert list(shown(["a", "b"], "importing", file)) == ["a", "b"]
    assert file.getvalue() == ""
