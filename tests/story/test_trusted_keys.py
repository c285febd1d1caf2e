"""The folder of trusted keys: what is in it verifies what is imported from then on."""

import json
from pathlib import Path

from serving import Host

from tests.unit.importers.proving import jwk, proved

ISSUER = "https://univ.example/issuers/1"
BADGE = {
    "@context": [
        "https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    ],
    "id": "urn:uuid:0b0c1f0e-0000-4000-8000-00000000000e",
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "issuer": {"id": ISSUER, "type": ["Profile"], "name": "Université du Confluent"},
    "validFrom": "2024-07-01T10:00:00Z",
    "name": "Néerlandais B1",
    "credentialSubject": {"type": ["AchievementSubject"]},
}
DOCUMENT = {
    "id": ISSUER,
    "verificationMethod": [
        {"id": "#1", "type": "JsonWebKey", "controller": ISSUER, "publicKeyJwk": jwk()}
    ],
}


def test_a_key_that_is_put_there_verifies_what_was_kept_as_not_verified(
    served: Host, ana: str, bank: str, tmp_path: Path
) -> None:
    file, folder = tmp_path / "badge.json", served.data / "trust"
    signed = proved(BADGE, suite="eddsa-jcs-2022", verificationMethod=f"{ISSUER}#1")
    file.write_text(json.dumps(signed), encoding="utf-8")
    words = ("import", str(file), "--pod", ana, "--json")
    (before,) = served.here(*words).json()
    assert "the folder `trust`" in before["problems"][0]["message"]
    assert before["checks"] == []
    folder.mkdir()
    (folder / "univ.json").write_text(json.dumps(DOCUMENT), encoding="utf-8")
    (after,) = served.here(*words).json()
    assert (after["problems"], after["same"]) == ([], 1)
    assert [(check["got"], check["ok"]) for check in after["checks"]] == [("valid", True)]
    (folder / "notes.txt").write_text("what these keys are", encoding="utf-8")
    (told,) = served.here(*words).json()
    assert [one["locator"] for one in told["problems"]] == ["trust/notes.txt"]
    (other,) = served.here("import", bank, "--pod", ana, "--json").json()
    assert other["problems"] == []  # its format is not signed, and takes no keys
