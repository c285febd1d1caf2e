"""Charts as they were drawn, taken apart again: what there is in them, and where."""

import re
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from pod.charts.frame import Frame

SVG = "{http://www.w3.org/2000/svg}"
_PIECE = re.compile(r"([MmLlHhVvZz])|(-?\d+(?:\.\d+)?)")


def frame(
    name: str = "chart", unit: str = "kWh", language: str = "fr", title: str = "Titre"
) -> Frame:
    return Frame(title, "Une phrase qui lit le dessin.", unit, language, name)


def chart(markup: str) -> Element:
    return fromstring(markup)


def tags(root: Element) -> list[str]:
    return [each.tag.removeprefix(SVG) for each in root.iter()]


def looks(root: Element, kind: str) -> list[Element]:
    """The elements that have a class."""
    return [each for each in root.iter() if kind in each.get("class", "").split()]


def words(root: Element) -> list[str]:
    return [each.text or "" for each in root.iter(f"{SVG}text")]


def pieces(element: Element) -> list[list[tuple[float, float]]]:
    """The places that each piece of a path goes through."""
    parts: list[list[tuple[float, float]]] = []
    command, numbers = "", []
    x = y = 0.0
    for letter, number in _PIECE.findall(element.get("d", "")):
        if letter:
            command, numbers = letter, []
            continue
        numbers.append(float(number))
        if len(numbers) < (1 if command in "HhVv" else 2):
            continue
        x, y = _moved(command, numbers, x, y)
        numbers = []
        if command in "Mm":
            parts.append([])
        parts[-1].append((x, y))
    return parts


def _moved(command: str, numbers: list[float], x: float, y: float) -> tuple[float, float]:
    across = 0.0 if command in "Vv" else numbers[0]
    down = 0.0 if command in "Hh" else numbers[-1]
    if command.islower():
        return x + across, y + down
    return (x if command == "V" else across), (y if command == "H" else down)


def extent(piece: list[tuple[float, float]]) -> tuple[float, float, float, float]:
    """Left, top, width and height of a piece."""
    xs, ys = zip(*piece, strict=True)
    return min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)
