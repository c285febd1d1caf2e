"""What a person says of times that do not say where they were read off a clock."""

from typing import Final
from zoneinfo import ZoneInfo

from importers.contract import Option, Options


def zone_named(text: str) -> ZoneInfo:
    """A zone by its name in the database of time zones. Raises ValueError for any other."""
    try:
        return ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        raise ValueError("this is no time zone: write it like `Europe/Paris`") from None


ZONE: Final = Option(
    name="zone",
    fr="le fuseau horaire des heures que le fichier donne sans leur décalage",
    en="the time zone of the times that the file gives without their offset",
    example="Europe/Paris",
    read=zone_named,
)


def zone_of(options: Options) -> ZoneInfo | None:
    """The zone that the person said, None where she said none."""
    said = options.said(ZONE)
    return zone_named(said) if said else None
