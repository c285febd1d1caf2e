"""A proof is known again for as long as it is accepted, by its key and its identifier."""

from pod.oidc.proof import NEWEST, OLDEST, Proof
from pod.oidc.replay import PROOFS, mark_of


def test_a_proof_is_remembered_for_as_long_as_it_is_accepted():
    assert (PROOFS.past, PROOFS.ahead) == (OLDEST, NEWEST)


def test_what_is_noted_of_a_proof_is_whose_it_is_which_one_and_of_when():
    mark = mark_of(Proof("thumbprint", "proof-1", 1_900_000_000.5))
    assert (mark.owner, mark.text, mark.issued) == ("thumbprint", "proof-1", 1_900_000_000.5)
