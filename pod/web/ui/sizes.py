"""How large a file is, and how long something lasts, as people write it."""

from decimal import Decimal
from typing import Final

from pod.charts.said import number

_STEP: Final = 1024
_FEW: Final = 10
_MINUTE: Final = 60
_UNITS: Final = {"fr": ("octets", "Ko", "Mo", "Go"), "en": ("bytes", "KB", "MB", "GB")}


def said_size(octets: int, language: str) -> str:
    """So many octets, in the largest unit that there is one of."""
    units, size, at = _UNITS[language], Decimal(octets), 0
    while size >= _STEP and at < len(units) - 1:
        size, at = size / _STEP, at + 1
    is_exact = size == size.to_integral_value()
    return f"{number(size, language, 0 if is_exact or size >= _FEW else 1)}\u00a0{units[at]}"


def said_time(seconds: int, language: str) -> str:
    """So many seconds, in hours, minutes and seconds."""
    minutes, left = divmod(seconds, _MINUTE)
    hours, minutes = divmod(minutes, _MINUTE)
    parts = [(hours, "h"), (minutes, "min"), (left, "s")]
    said = [f"{number(count, language)}\u00a0{unit}" for count, unit in parts if count]
    return " ".join(said) or "0\u00a0s"
