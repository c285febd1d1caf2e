"""What is said to the maker of an app of what it says of itself."""

import json

import pytest
from hypothesis import given
from manifests import changed, documents, example
from pages import read

from pod.cli import main
from pod.consent.lint import LIMIT, lint, scores, whole_score
from pod.consent.manifest import manifest_of, why_not

LONG = " ".join(["mot"] * 26)


def flaws(document, *, errors=True):
    return {flaw.pointer: flaw.sentence for flaw in lint(document) if flaw.is_error is errors}


def test_the_example_of_the_documentation_is_without_fault():
    assert lint(example()) == ()


@pytest.mark.spec("Self Data CON-19")
def test_each_text_of_the_example_is_easily_read():
    found = scores(example())
    assert len(found) == 2 * 5
    assert {score.language for score in found} == {"fr", "en"}
    for language in ("fr", "en"):
        assert (whole_score(example(), language) or 0) >= LIMIT
    assert whole_score({}, "fr") is None


@pytest.mark.parametrize(
    ("path", "value", "pointer"),
    [
        ("@context", "https://www.w3.org/ns/solid/oidc-context.jsonld", "/@context"),
        ("client_name", "", "/client_name"),
        ("logo_uri", "http://budget.example/logo.png", "/logo_uri"),
        ("controller", None, "/controller"),
        ("controller", "me", "/controller"),
        ("controller/legal_name", None, "/controller/legal_name"),
        ("controller/kind", "robot", "/controller/kind"),
        ("controller/country", "France", "/controller/country"),
        ("controller/contact", "mailto:nobody", "/controller/contact"),
        ("controller/privacy_notice", "https://[", "/controller/privacy_notice"),
        ("controller/identifier", 7, "/controller/identifier"),
        ("uses", None, "/uses"),
        ("uses", {"purpose": "dpv:DirectMarketing"}, "/uses/sentence"),
        ("uses/0", "budget", "/uses/0"),
        ("uses/0/purpose", "dpv:Purpose", "/uses/0/purpose"),
        ("uses/0/purpose", None, "/uses/0/purpose"),
        ("uses/0/sentence", "Budget.", "/uses/0/sentence"),
        ("uses/0/sentence/fr", None, "/uses/0/sentence/fr"),
        ("uses/0/sentence/fr", LONG, "/uses/0/sentence/fr"),
        ("uses/0/sentence/en", "two\nlines", "/uses/0/sentence/en"),
        ("uses/0/required", None, "/uses/0/required"),
        ("uses/0/required/0", 3, "/uses/0/required/0"),
        ("uses/0/required/0/category", "gold", "/uses/0/required/0/category"),
        ("uses/0/required/0/fields/0", "datte", "/uses/0/required/0/fields/0"),
        ("uses/0/required/0/fields/0", "nope:date", "/uses/0/required/0/fields/0"),
        ("uses/0/required/0/fields/0", 7, "/uses/0/required/0/fields/0"),
        ("uses/0/required/0/modes/0", "control", "/uses/0/required/0/modes/0"),
        ("uses/0/optional/0/reason", None, "/uses/0/optional/0/reason"),
        ("uses/0/optional/0/reason/fr", " ", "/uses/0/optional/0/reason/fr"),
        ("uses/0/optional/0/category", "bank", "/uses/0"),
        ("uses/0/days", 30.5, "/uses/0/days"),
        ("uses/0/processing", "cloud", "/uses/0/processing"),
        ("uses/0/country", None, "/uses/0/country"),
        ("uses/0/recipients/0/country", None, "/uses/0/recipients/0/country"),
        ("uses/0/retention", "6 months", "/uses/0/retention"),
        ("uses/0/ai_training", "no", "/uses/0/ai_training"),
        ("uses/0/ai_training", None, "/uses/0/ai_training"),
        ("price", {"amount": "lots", "currency": "EUR", "per": "month"}, "/price"),
        ("terms", [7], "/terms/0"),
    ],
)
def test_each_error_is_told_at_its_place(path, value, pointer):
    found = flaws(changed(path, value))
    assert pointer in found
    assert all(sentence and not sentence.endswith(".") for sentence in found.values())


@pytest.mark.spec("Self Data PRI-21")
@pytest.mark.parametrize("member", ["person_gains", "app_gains"])
def test_what_each_side_gains_must_be_said(member):
    assert f"/uses/0/{member}" in flaws(changed(f"uses/0/{member}"))


@pytest.mark.parametrize(
    ("path", "value", "pointer", "word"),
    [
        ("client_name", None, "/client_name", "called"),
        ("price", None, "/price", "costs"),
        ("terms", None, "/terms", "conditions"),
        ("uses/0/recipients", None, "/uses/0/recipients", "passed on"),
        ("uses/0/optional/0/category", "online", "/uses/0", "more than the purpose"),
        ("uses/0/optional/0/category", "health", "/uses/0", "sensitive"),
        ("uses/0/days", 400, "/uses/0", "longer"),
        ("uses/0/required/0/modes", ["write"], "/uses/0", "read only"),
        ("uses/0/wizardry", 1, "/uses/0/wizardry", "misspelt"),
        ("controller/a~b", 1, "/controller/a~0b", "misspelt"),
    ],
)
def test_each_warning_is_told_at_its_place(path, value, pointer, word):
    warned = [flaw for flaw in lint(changed(path, value)) if not flaw.is_error]
    assert any(flaw.pointer == pointer and word in flaw.sentence for flaw in warned)


@pytest.mark.spec("Self Data CON-19")
def test_what_is_hard_to_read_is_an_error():
    hard = "Optimisation individualisée automatisée des consommations énergétiques résidentielles"
    sentence = f"{hard} avec {hard}"
    found = flaws(changed("uses/0/sentence/fr", sentence))
    assert "hard to read" in found["/uses/0/sentence/fr"]
    document = changed("uses/0/sentence/fr", sentence)
    document["uses"][0]["person_gains"]["fr"] = document["uses"][0]["app_gains"]["fr"] = hard
    assert "all of it in fr" in flaws(document)["/uses"]


def test_a_purpose_is_named_once():
    document = example()
    document["uses"] *= 2
    assert "name each purpose once" in flaws(document)["/uses"]


@pytest.mark.parametrize("document", [None, [], 7, "{}"])
def test_what_is_no_object_is_one_error(document):
    (flaw,) = lint(document)
    assert (flaw.pointer, flaw.is_error) == ("", True)


@given(documents())
def test_who_cannot_ask_has_an_error(document):
    errors = flaws(document)
    for use in manifest_of(document).uses:
        assert why_not(manifest_of(document), use.purpose) is None or errors


def lint_file(tmp_path, capsys, document, *options):
    file = tmp_path / "app.jsonld"
    file.write_text(document if isinstance(document, str) else json.dumps(document), "utf-8")
    status = main(["app", "lint", str(file), *options])
    return status, capsys.readouterr()


@pytest.mark.parametrize(
    ("language", "words"),
    [("fr", "Accepter ces choix"), ("en", "Accept these choices")],
)
def test_the_command_shows_what_people_will_see(tmp_path, capsys, language, words):
    status, said = lint_file(tmp_path, capsys, example(), "--language", language)
    assert status == 0
    assert words in said.out
    assert said.out.rstrip().endswith("0 errors, 0 warnings")
    assert "readability" in said.out


def test_the_command_tells_errors_in_json(tmp_path, capsys):
    status, said = lint_file(tmp_path, capsys, changed("controller"), "--json")
    (told,) = json.loads(said.out)
    assert status == 1
    assert told["errors"] == [{"pointer": "/controller", "sentence": "say who answers for the app"}]
    assert len(told["screens"]) == 1
    assert told["readability_of_all"]["fr"] >= LIMIT


@pytest.mark.parametrize(
    ("document", "pointer"),
    [
        ("{", ""),
        ("[]", ""),
        (changed("client_id", "https://elsewhere.example"), None),
        (changed("redirect_uris"), "/redirect_uris"),
        (changed("client_id"), "/client_id"),
    ],
)
def test_what_keeps_people_from_signing_in_is_an_error_too(tmp_path, capsys, document, pointer):
    status, said = lint_file(tmp_path, capsys, document, "--json")
    (told,) = json.loads(said.out)
    assert status == (0 if pointer is None else 1)
    assert pointer is None or pointer in {error["pointer"] for error in told["errors"]}


@pytest.mark.parametrize(
    ("document", "status"), [("nowhere.jsonld", 2), ("http://localhost:9/app.jsonld", 1)]
)
def test_what_cannot_be_had_is_one_sentence(capsys, document, status):
    assert main(["app", "lint", document]) == status
    assert capsys.readouterr().err.startswith("pod: ")


def test_the_documentation_says_the_limit_and_the_formula():
    page = read("docs/apps.md")
    assert "must reach 50" in page
    for number in ("206.835", "84.6", "207", "73.6", "1.015"):
        assert number in page
