"""The export of Apple Health as it comes: one archive, of which every file is named."""

import zipfile
from pathlib import Path

from pod.flows.sorted_out import Claimed, sorted_out

HERE = Path(__file__).parent / "activity"
INSIDE = "apple_health_export"
CDA = (
    '<?xml version="1.0"?><ClinicalDocument xmlns="urn:hl7-org:v3">'
    '<id extension="Health Export CDA" root="1.1.1.1.1.1.1.1.1"/></ClinicalDocument>'
)
OBSERVATION = '{"resourceType": "Observation", "id": "a", "code": {"text": "x"}}'


def test_every_file_of_an_export_of_apple_health_is_read_or_named_with_the_reason(tmp_path):
    route = (HERE / "ride.gpx").read_text(encoding="utf-8")
    files = {
        "exportation.xml": (HERE / "exportation.xml").read_text(encoding="utf-8"),
        "electrocardiograms/ecg_1.csv": (HERE / "ecg_2024-03-31.csv").read_text(encoding="utf-8"),
        "workout-routes/route_1.gpx": route,
        "clinical-records/Observation-1.json": OBSERVATION,
        "export_cda.xml": CDA,
    }
    archive = tmp_path / "export.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for name, text in files.items():
            packed.writestr(f"{INSIDE}/{name}", text)
    found = {
        one.name.partition(f"!{INSIDE}/")[2]: one.importer.format
        if isinstance(one, Claimed)
        else one.reason
        for one in sorted_out([archive])
    }
    assert found.pop("export_cda.xml").startswith("this is Apple Health: export_cda.xml")
    assert found == {
        "exportation.xml": "apple-health",
        "electrocardiograms/ecg_1.csv": "apple-ecg",
        "workout-routes/route_1.gpx": "gpx",
        "clinical-records/Observation-1.json": "fhir",
    }
