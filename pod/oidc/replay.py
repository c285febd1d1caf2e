"""A proof is good for one use (RFC 9449 §11.1): how one is told from all others."""

from typing import Final

from pod.oidc.proof import NEWEST, OLDEST, Proof
from pod.once import Kind, Mark

PROOFS: Final = Kind(name="proofs", past=OLDEST, ahead=NEWEST, stretch=60)


def mark_of(proof: Proof) -> Mark:
    """What is noted of a proof that holds."""
    return Mark(PROOFS, proof.jkt, proof.jti, proof.issued)
