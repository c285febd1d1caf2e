"""Whose sets these are that no company gave: the platform of the pilot, on which they lay."""

from typing import Final

from importers.contract import HolderHint

COZY: Final = HolderHint(iri="https://cozy.io/", name="Cozy", sector="vault")
