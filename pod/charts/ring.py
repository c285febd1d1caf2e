"""A ring that is filled as far as a part of a whole goes, with the part in figures inside it."""

from typing import Final

from pod.charts import said
from pod.charts.frame import Frame, drawing, finite
from pod.charts.mark import element, short, text

_SIDE: Final = 160.0
_RADIUS: Final = 66.0


def ring(frame: Frame, share: float) -> str:
    """The ring of a share, from 0 to 1; ValueError for any other."""
    if not 0 <= finite(share) <= 1:
        raise ValueError("Give a share between 0 and 1.")
    middle = _SIDE / 2
    whole = {"cx": middle, "cy": middle, "r": _RADIUS}
    filled = f"{short(share * 100)} 100" if share < 1 else ""
    figures = text(
        (middle, middle + 11), said.share(share, frame.language), anchor="middle", kind="large"
    )
    turned = {"transform": f"rotate(-90 {middle:g} {middle:g})", "stroke-dasharray": filled}
    arc = {**whole, "class": "gauge c1", "pathLength": "100", **turned}
    parts = [element("circle", {**whole, "class": "gauge whole"})]
    if share:
        parts.append(element("circle", arc))
    return drawing(frame, _SIDE, (*parts, figures), width=_SIDE)
