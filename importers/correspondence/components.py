"""Components: what stands between BEGIN and END in vCard and iCalendar, each put together."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from importers.contract import Problem
from importers.correspondence.content_lines import Property, Stray

_NO_END = "what begins here does not end"
_NO_BEGINNING = "something ends here that does not begin"


@dataclass(slots=True)
class Component:
    """A component: its name in capitals, the line where it begins, its properties in order.

    `inside` are the components in it: alarms, the rules of a time zone.
    """

    name: str
    line: int
    properties: list[Property] = field(default_factory=list)
    inside: list["Component"] = field(default_factory=list)

    @property
    def locator(self) -> str:
        return f"line={self.line}"

    def all(self, *names: str) -> Iterator[Property]:
        """Its properties of these names that say something."""
        return (one for one in self.properties if one.name in names and one.text.strip())

    def first(self, name: str) -> Property | None:
        return next(self.all(name), None)

    def texts(self, *names: str) -> tuple[str, ...]:
        return tuple(one.plain for one in self.all(*names) if one.plain)

    def text(self, name: str) -> str:
        """The first text of a property, "" where there is none."""
        return next(iter(self.texts(name)), "")

    def parts(self, mark: str, *names: str) -> tuple[tuple[str, ...], ...]:
        """The parts of each property of these names."""
        return tuple(one.parts(mark) for one in self.all(*names))

    def words(self, *names: str) -> tuple[str, ...]:
        """What properties of these names list, with commas between."""
        return tuple(word for one in self.parts(",", *names) for word in one if word)


Found = Component | Property | Problem


def components(found: Iterable[Property | Stray], names: frozenset[str]) -> Iterator[Found]:
    """The outermost components of these names, and the properties that stand in none of them.

    One that does not end is a Problem, and so is the end of one that does not begin. Other
    components around them (VCALENDAR) are passed through: their BEGIN and END come as properties.
    """
    nest = _Nest(names)
    for one in found:
        if isinstance(one, Stray):
            yield Problem(one.locator, one.message, row=False)
        elif one.name == "BEGIN":
            yield from nest.begin(one)
        elif one.name == "END":
            yield from nest.end(one)
        else:
            yield from nest.take(one)
    yield from nest.broken()


class _Nest:
    """The components that are open, the outermost first."""

    def __init__(self, names: frozenset[str]) -> None:
        self._names = names
        self._open: list[Component] = []

    def begin(self, one: Property) -> Iterator[Found]:
        name = one.plain.upper()
        if name in self._names:
            yield from self.broken()
        elif not self._open:
            yield one
            return
        component = Component(name, one.line)
        if self._open:
            self._open[-1].inside.append(component)
        self._open.append(component)

    def end(self, one: Property) -> Iterator[Found]:
        name = one.plain.upper()
        if not self._open:
            yield one if name not in self._names else Problem(one.locator, _NO_BEGINNING)
        elif name == self._open[0].name:
            yield self._open[0]
            self._open.clear()
        elif name == self._open[-1].name:
            self._open.pop()
        else:
            yield from self.broken()
            yield one

    def take(self, one: Property) -> Iterator[Found]:
        if self._open:
            self._open[-1].properties.append(one)
        else:
            yield one

    def broken(self) -> Iterator[Problem]:
        """A Problem for the component that is open, which is given up."""
        if self._open:
            yield Problem(self._open[0].locator, _NO_END)
            self._open.clear()
