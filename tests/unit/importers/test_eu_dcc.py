import json
import sys
import zlib
from datetime import date

import cbor2
import pytest

from importers import identify
from importers.contract import Options, Problem, Record
from importers.health.eu_dcc import EuDcc
from tests.importers.golden import items_of
from tests.unit.importers import passes
from tests.unit.importers.passes import RECOVERY, TEST, VACCINATION, claims, cwt, health_pass

PASSES = EuDcc()
KEYS = json.dumps(passes.KEYS)
TOKEN = health_pass()


def read(*lines, keys=KEYS):
    options = Options(values={"keys": keys} if keys else {})
    return items_of(PASSES, "".join(f"{line}\n" for line in lines).encode(), options)


def records(items, kind="Immunization"):
    return [dict(i.fields) for i in items if isinstance(i, Record) and i.kind == kind]


def problems(items, *, row=True):
    return [i.message for i in items if isinstance(i, Problem) and i.row is row]


def assurance(items):
    return [said["sd:assurance"].name for said in records(items, "Attestation")]


def test_a_vaccination_is_verified_and_read():
    ((importer, _),) = identify("pass.txt", TOKEN.encode())
    assert importer.format == "eu-dcc"
    assert importer.holder(TOKEN.encode()).name == "Assurance maladie"
    items = read(TOKEN)
    (said,) = records(items)
    assert said["sd:sourceLabel"] == "COVID-19 : Comirnaty"
    assert said["sd:date"] == date(2021, 6, 15)
    assert said["schema:description"] == "dose 2/2"
    assert assurance(items) == ["signatureVerified"]
    (signature,) = records(items, "Attestation")
    assert signature["schema:creator"] == "FR"
    assert signature["dcterms:issued"].isoformat() == "2021-06-18T07:06:40+00:00"
    assert signature["schema:expires"].isoformat() == "2023-11-14T22:13:20+00:00"
    assert [check.ok for check in PASSES.reconcile(items)] == [True]
    assert problems(items) == problems(items, row=False) == []


def test_a_test_and_a_recovery_are_read():
    items = read(health_pass(cwt(claims(t=[TEST]))), health_pass(cwt(claims(r=[RECOVERY]))))
    (test,), (recovery,) = records(items, "HealthMeasure"), records(items, "HealthCondition")
    assert test["sosa:observedProperty"].value == "http://loinc.org/rdf/LP6464-4"
    assert test["sosa:hasSimpleResult"] == "non détecté"
    assert test["sosa:resultTime"].isoformat() == "2021-07-01T08:30:00+02:00"
    assert recovery["schema:startDate"] == date(2021, 1, 10)
    assert recovery["sd:code"].value == "http://snomed.info/id/840539006"
    assert problems(items) == []


def test_a_test_that_is_named_by_no_code_is_known_by_its_words():
    (test,) = records(read(health_pass(cwt(claims(t=[TEST | {"tt": "un test"}])))), "HealthMeasure")
    assert test["sosa:observedProperty"].value.startswith("urn:sd:observed:untest")
    assert test["sd:sourceLabel"] == "COVID-19 : un test"


def test_who_it_is_of_is_not_kept():
    said = repr(read(TOKEN))
    assert not any(word in said for word in ("luard", "ELUARD", "1981", "UVCI"))


@pytest.mark.parametrize(
    "said",
    [
        {"private": passes.RSA, "sign": passes.pss, "header": {1: -37, 4: passes.kid(passes.RSA)}},
        {
            "private": passes.P384,
            "sign": lambda signed: passes.raw(signed, passes.P384),
            "header": {1: -7, 4: passes.kid(passes.P384)},
        },
        {"tag": None},
        {"tag": 18},
    ],
    ids=["PS256", "ES256 of a longer key", "no tag", "a tag"],
)
def test_both_algorithms_and_both_forms_are_verified(said):
    items = read(health_pass(**said))
    assert assurance(items) == ["signatureVerified"]
    assert len(records(items)) == 1


@pytest.mark.parametrize("header", [{1: -7}, {}])
def test_the_identifier_of_the_key_and_the_algorithm_may_be_unprotected(header):
    protected, payload = cbor2.dumps(header), cbor2.dumps(cwt())
    signature = passes.raw(cbor2.dumps(["Signature1", protected, b"", payload]))
    parts = [protected, {1: -7, 4: passes.kid(passes.KEY)}, payload, signature]
    items = read(passes.text(zlib.compress(cbor2.dumps(cbor2.CBORTag(18, parts)))))
    assert assurance(items) == ["signatureVerified"]


@pytest.mark.parametrize(
    "sign", [lambda _: bytes(64), lambda _: b"", lambda s: passes.raw(s + b".")]
)
def test_nothing_is_kept_of_a_pass_whose_signature_does_not_hold(sign):
    items = read(health_pass(sign=sign), TOKEN)
    assert len(records(items)) == 1
    assert assurance(items) == ["signatureVerified"]
    assert [check.ok for check in PASSES.reconcile(items)] == [False, True]
    assert len(problems(items)) == 1


def test_a_pass_of_an_unknown_key_is_kept_as_not_verified():
    items = read(TOKEN, keys=None)
    assert len(records(items)) == 1
    assert assurance(items) == ["userUploaded"]
    assert any("not verified" in one for one in problems(items, row=False))


# Behind whole groups of three characters, wherever the signature of this run makes it end.
CUT = TOKEN[: len("HC1:") + (len(TOKEN) - len("HC1:") - 9) // 3 * 3]
BOMB = passes.text(zlib.compress(bytes(1 << 20)))


@pytest.mark.spec("RFC 9052 §4.2")
@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("HC1:", "no health pass"),
        ("HC1:ab", "no health pass"),
        ("HC1::::", "no health pass"),
        ("x", "no health pass"),
        ("HC1:" + "0" * 20_000, "no health pass"),
        (CUT, "cut short"),
        (BOMB, "more than a pass"),
        (passes.text(zlib.compress(b"\xd2\x84")), "no health pass"),
        (passes.text(zlib.compress(b"\x81" * 5000)), "no health pass"),
        (passes.text(zlib.compress(cbor2.dumps([b"", {}, b"", "x"]))), "no health pass"),
        (health_pass(header={1: 0}), "ES256 or PS256"),
        (health_pass(header={1: [1]}), "ES256 or PS256"),
        (health_pass(header={4: b"x"}), "ES256 or PS256"),
        (health_pass({1: "FR"}), "no health pass"),
        (health_pass(cwt(**{"4": 1}) | {4: 10**30}), "no health pass"),
        (health_pass(cwt(claims())), "says nothing"),
        (health_pass(cwt(claims(v=[{**VACCINATION, "dt": "soon"}]))), "date"),
        (health_pass(cwt(claims(v=[{"dt": "2021-06-15"}, 1]))), "neither"),
        (health_pass(cwt(claims(t=[{"sc": "2021-07-01"}]))), "what it found"),
    ],
)
def test_what_is_no_pass_is_told_of(line, reason):
    items = read(line)
    assert reason in problems(items)[0]
    assert records(items) == records(items, "HealthMeasure") == []


def test_what_two_passes_say_is_kept_once():
    again = {**VACCINATION, "ci": "URN:UVCI:01:FR:ABC#9"}
    items = read(TOKEN, health_pass(cwt(claims(v=[again]))))
    assert len(records(items)) == 1
    assert any("says the same" in one for one in problems(items, row=False))


def test_without_its_library_it_says_how_to_install_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "cbor2", None)
    (problem,) = problems(read(TOKEN))
    assert "selfdata-pod[formats]" in problem
    assert PASSES.holder(TOKEN.encode()).iri == "urn:sd:holder:eu-dcc"


def test_a_file_without_a_pass_is_told_of():
    assert problems(read("")) == ["no health pass is in this file"]
