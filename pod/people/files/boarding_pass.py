"""Tickets on a telephone: the `pass.json` of a pass for a wallet (.pkpass), as carriers give it."""

from datetime import datetime
from decimal import Decimal
from typing import Final

from pod.people.events_besides import Journey, Stop
from pod.people.files.written import HOLDERS, HolderFile, euros, in_json

_CARRIERS: Final = {False: ("trains", "Train Exemple"), True: ("flights", "Avion Exemple")}


def boarding_pass(one: Journey) -> HolderFile:
    """The pass of one journey."""
    holder, name = _CARRIERS[one.is_flight]
    return HolderFile(
        path=f"voyages/{one.number}/pass.json",
        media_type="application/json",
        holder=HOLDERS[holder],
        title="boarding passes (JSON of a wallet)",
        format="wallet-boarding-pass",
        content=in_json(_pass(one, name)),
        rows=1,
        places={one.id: _moment(one.start)},
    )


def _pass(one: Journey, name: str) -> dict[str, object]:
    transit = "PKTransitTypeAir" if one.is_flight else "PKTransitTypeTrain"
    end = "AirportName" if one.is_flight else "StationName"
    number = "flightCode" if one.is_flight else "vehicleNumber"
    return {
        "formatVersion": 1,
        "passTypeIdentifier": f"pass.example.{'avion' if one.is_flight else 'train'}",
        "serialNumber": one.number,
        "teamIdentifier": "EXEMPLE",
        "organizationName": name,
        "description": "Carte d'embarquement" if one.is_flight else "Billet de train",
        "relevantDate": _moment(one.start),
        "semantics": {
            number: one.line,
            f"departure{end}": one.origin.name,
            f"destination{end}": one.target.name,
            "departureLocation": _location(one.origin),
            "destinationLocation": _location(one.target),
            "originalDepartureDate": _moment(one.start),
            "originalArrivalDate": _moment(one.end),
            "totalPrice": {"amount": euros(one.cents), "currencyCode": "EUR"},
        },
        "boardingPass": {
            "transitType": transit,
            "primaryFields": [
                {"key": "origin", "label": "Départ", "value": one.origin.name},
                {"key": "destination", "label": "Arrivée", "value": one.target.name},
            ],
        },
    }


def _location(stop: Stop) -> dict[str, float]:
    latitude, longitude = (float(Decimal(part) / 10_000) for part in stop.place)
    return {"latitude": latitude, "longitude": longitude}


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"
