"""Real health cards, where they are at hand."""

import pytest

from importers.contract import Options, Record
from tests.importers.golden import items_of
from tests.importers.test_shared_samples import (
    MANIFEST,
    SAMPLES,
    counted,
    expected,
    read,
    rows_lost,
)

pytestmark = pytest.mark.skipif(not MANIFEST.exists(), reason="the shared samples are not at hand")

CARDS = "shc/test-example-00-e-file-multi-jws.smart-health-card"


@pytest.mark.parametrize(
    ("keys", "assurance"), [(True, "signatureVerified"), (False, "userUploaded")]
)
def test_health_cards_hold_what_was_counted_and_verify_with_the_keys_of_their_issuer(
    keys, assurance
):
    importer, items = read(CARDS)
    if keys:
        said = (SAMPLES / "shc/issuer_jwks.json").read_text(encoding="utf-8")
        items = items_of(importer, (SAMPLES / CARDS).read_bytes(), Options(values={"keys": said}))
    known = expected(CARDS)["detail"]
    kinds = [kind for card in known for kind in card["resources"] if kind != "Patient"]
    assert [record.kind for record in counted(items)] == kinds
    signatures = [
        dict(one.fields)["sd:assurance"].name
        for one in items
        if isinstance(one, Record) and one.kind == "Attestation"
    ]
    assert signatures == [assurance] * len(known)
    assert [check.ok for check in importer.reconcile(items)] == [True] * len(known) * keys
    assert rows_lost(items) == []
