"""The months by their names, whole and short, in eight languages of Europe."""

from typing import Final

from importers.text import unaccented

_WORDS: Final = (
    "jan janv january janvier januar januari enero ene gennaio gen janeiro ocak oca",
    "feb fev fevr february fevrier februar februari febrero febbraio fevereiro subat sub",
    "mar mars march marz mrz maart mrt marzo marco mart",
    "apr avr april avril abr abril aprile nisan nis",
    "may mai mei mayo maggio mag maio mayis",
    "jun june juin juni junio giugno giu junho haziran haz",
    "jul july juil juillet juli julio luglio lug julho temmuz tem",
    "aug august aout augustus ago agosto agustos agu",
    "sep sept september septembre septiembre settembre set setembro eylul eyl",
    "oct okt october octobre oktober octubre ottobre ott outubro out ekim eki",
    "nov november novembre noviembre novembro kasim kas",
    "dec dez december decembre dezember diciembre dic dicembre dezembro aralik ara",
)
_MONTH: Final = {name: number for number, names in enumerate(_WORDS, 1) for name in names.split()}


def month_number(name: str) -> int:
    """The number of a month by its name, whole or short, 0 for none."""
    return _MONTH.get(unaccented(name), 0)
