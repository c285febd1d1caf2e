"""The readings of gas meters, as GRDF's customer area gives them in JSON."""

from itertools import groupby

from pod.people.events import GasReading
from pod.people.files.written import HOLDERS, HolderFile, in_json


def gas_readings(readings: tuple[GasReading, ...]) -> tuple[HolderFile, ...]:
    """What the grid operator published of each meter, a file for each."""
    return tuple(
        _file(meter, list(group)) for meter, group in groupby(readings, lambda one: one.meter)
    )


def _file(meter: str, readings: list[GasReading]) -> HolderFile:
    rows = [_reading(one) for one in readings]
    return HolderFile(
        path=f"reseau/gaz-{meter}.json",
        media_type="application/json",
        holder=HOLDERS["gas grid"],
        title="readings of the gas meter (JSON)",
        format="grdf-json",
        content=in_json({meter: {"idPce": meter, "frequence": None, "releves": rows}}, 4),
        rows=len(rows),
        places={one.id: one.first.isoformat() for one in readings},
    )


def _reading(one: GasReading) -> dict[str, object]:
    return {
        "dateDebutReleve": f"{one.first}T06:00:00+00:00",
        "dateFinReleve": f"{one.until}T06:00:00+00:00",
        "journeeGaziere": None,
        "indexDebut": one.before,
        "indexFin": one.after,
        "volumeBrutConsomme": one.volume,
        "energieConsomme": one.energy,
        "coeffConversion": 11.2,
        "pcs": None,
        "natureReleve": "Publiée",
        "qualificationReleve": one.quality,
    }
