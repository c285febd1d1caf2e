"""Our vocabulary with an extension profile beside it."""

from tests.unit.vocab.test_profile import CLASS, EXAMPLE, PREFIXES, PROPERTY, SHAPE, WHOLE
from vocab.extended import Vocabulary
from vocab.names import SD
from vocab.profile import read_profile

LOAN = "https://bibliotheque.example/ns#Loan"
VISIT = "https://bibliotheque.example/ns#Visit"


def with_library(text=WHOLE):
    return Vocabulary.of([read_profile("library", text)])


def test_a_class_is_named_and_has_its_rules():
    found = with_library()
    assert (found.named(LOAN, "fr"), found.named(LOAN, "en")) == ("Prêt", "Loan")
    assert found.rules(LOAN)["https://bibliotheque.example/ns#returned"].at_most == 1
    assert (Vocabulary.of().named(LOAN, "fr"), Vocabulary.of().rules(LOAN)) == ("Loan", {})


def test_a_name_of_ours_stays_ours():
    found = with_library()
    assert (found.class_of("Loan"), found.class_of(LOAN)) == (SD.Loan, LOAN)
    assert (found.name_of(LOAN), found.name_of(SD.Loan)) == (LOAN, "Loan")


def test_a_name_that_we_have_not_is_its():
    whole = PREFIXES + f"{CLASS}{PROPERTY}{SHAPE}{EXAMPLE}".replace("lib:Loan", "lib:Visit")
    found = with_library(whole)
    assert (found.class_of("Visit"), found.name_of(VISIT)) == (VISIT, "Visit")
    assert found.class_of("Unheard") == ""
