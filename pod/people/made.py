"""A household made: every file of its holders, and the answer sheet."""

from dataclasses import dataclass

from pod.people.answers import Answer, answers
from pod.people.files.camt import camt
from pod.people.files.energy_customer import energy_customer
from pod.people.files.load_curve import load_curve
from pod.people.files.ofx import ofx
from pod.people.files.written import HolderFile
from pod.people.home import Home
from pod.people.life import Life, life


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """One household: what happened in it, what its holders write of it, and what is true."""

    life: Life
    files: tuple[HolderFile, ...]
    answers: Answer


def made(home: Home) -> Made:
    """Everything of a household; the same bytes for the same household."""
    happened = life(home)
    files = (*_bank(happened), *_energy(happened))
    return Made(life=happened, files=files, answers=answers(happened, files))


def _bank(life: Life) -> tuple[HolderFile, ...]:
    write = camt if life.home.writes_camt else ofx
    return tuple(write(account, life.home.span) for account in life.accounts)


def _energy(life: Life) -> tuple[HolderFile, ...]:
    return (*energy_customer(life), *(load_curve(*meter) for meter in life.meters))
