"""The small map of a category: where its records were, and how often."""

from dataclasses import dataclass

from markupsafe import Markup

from pod.charts.frame import Frame
from pod.charts.places import Spot, places
from pod.charts.said import number
from pod.insight.places import Place
from pod.web.ui.drawn import drawn
from pod.web.ui.sheet import Column, Sheet
from pod.web.ui.words import words


@dataclass(frozen=True, slots=True, kw_only=True)
class Map:
    """A map, the sentence that reads it, and its places as rows."""

    markup: Markup
    sentence: str
    sheet: Sheet


def map_of(found: tuple[Place, ...], language: str) -> Map | None:
    """The map of some places, those first that come most often; None where there are none."""
    if not found:
        return None
    said = words(language)
    # Where each place was come to once, none of them stands out.
    key = "data.map_sentence" if found[0].count > 1 else "data.map_plain"
    sentence = said[key].format(
        count=number(len(found), language), most=found[0].name or _spot(found[0], language)
    )
    frame = Frame(said["data.map"], sentence, "", language, "map")
    spots = [
        Spot(one.latitude, one.longitude, one.name or _spot(one, language), one.count)
        for one in found
    ]
    names = ("latitude", "longitude", "name", "count")
    sheet = Sheet(
        name="places",
        title=said["data.map"],
        columns=tuple(
            Column(name=name, title=said[f"data.column_{name}"], is_number=name != "name")
            for name in names
        ),
        rows=tuple(
            (f"{one.latitude:.3f}", f"{one.longitude:.3f}", one.name or None, one.count)
            for one in found
        ),
    )
    return Map(markup=drawn(places(frame, spots)), sentence=sentence, sheet=sheet)


def _spot(one: Place, language: str) -> str:
    return f"{number(one.latitude, language, 3)} ; {number(one.longitude, language, 3)}"
