"""The log of calls and texts of a mobile line, as its operator's pilot gave it."""

from pod.people.events import Call
from pod.people.files.written import HOLDERS, HolderFile, in_json
from pod.people.home import Home
from pod.people.phone import number_of


def call_log(home: Home, calls: tuple[Call, ...]) -> HolderFile:
    """Every call and text, in order."""
    number = number_of(home)
    return HolderFile(
        path="telecom/appels.json",
        media_type="application/json",
        holder=HOLDERS["phone"],
        title="calls and texts (JSON)",
        format="mesinfos-phone-calls",
        content=in_json([_call(number, call) for call in calls]),
        rows=len(calls),
        places={call.id: call.id for call in calls},
    )


def _call(number: str, call: Call) -> dict[str, object]:
    is_text = call.seconds == 0
    way = "sortant" if call.is_outgoing else "entrant"
    return {
        "_id": call.id,
        "docType": "fr.orange.phonecommunicationlog",
        "timestamp": f"{call.start:%Y-%m-%dT%H:%M:%S}Z",
        "msisdn": number,
        "partner": call.partner,
        "length": 1 if is_text else call.seconds,
        "chipType": "M" if is_text else "s",
        "type": f"{'SMS' if is_text else 'appel'} {way}",
        "networkType": "4G",
        "endCause": "0",
    }
