"""A bar where somebody looks, nothing where a program reads."""

from contextlib import suppress
from io import StringIO

from pod.cli.progress import Bar
from pod.flows.add_files import Part


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_shows_how_far_it_is():
    terminal = Terminal()
    with Bar("export.xml", terminal) as bar:
        bar("reading", 0, 3)
        bar("reading", 2, 3)
        bar("storing", 5, 5)
    first, second, third = terminal.getvalue().strip("\r\n").split("\r")
    assert first == "export.xml: reading [..............................]   0 %"
    assert second == "export.xml: reading [###################...........]  66 %"
    assert third == "export.xml: storing [##############################] 100 %"


def test_it_is_drawn_anew_only_where_it_looks_another_way():
    terminal = Terminal()
    with Bar("export.xml", terminal) as bar:
        for done in range(100_000):
            bar("reading", done, 100_000)
    assert terminal.getvalue().count("\r") == 100


def test_nothing_to_do_is_done():
    terminal = Terminal()
    with Bar("empty.csv", terminal) as bar:
        bar("reading", 0, 0)
    assert terminal.getvalue().endswith("] 100 %\n")


def test_the_line_ends_where_the_work_breaks_off():
    terminal = Terminal()
    bar = Bar("export.xml", terminal)
    with suppress(OSError), bar:
        bar("reading", 1, 2)
        raise OSError
    assert terminal.getvalue().endswith(" 50 %\n")


def test_a_file_gets_nothing():
    file = StringIO()
    with Bar("export.xml", file) as bar:
        bar("reading", 1, 2)
    assert file.getvalue() == ""


def test_a_part_shows_how_far_the_whole_is():
    terminal = Terminal()
    with Bar("all.zip", terminal) as bar:
        part = Part(bar, before=50, weight=50, of=200)
        for stage, done in (("reading", 0), ("reading", 10), ("storing", 5), ("storing", 10)):
            part(stage, done, 10)
        part("storing", 0, 0)
    shown = [line[-5:] for line in terminal.getvalue().strip("\r\n").split("\r")]
    assert shown == [" 25 %", " 37 %", " 43 %", " 50 %"]
