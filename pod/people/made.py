"""A household made: every file of its holders, and the answer sheet."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pod.people import goods, phone, water
from pod.people.answers import Answer, answers
from pod.people.files.badges import badges
from pod.people.files.bank_table import bank_table
from pod.people.files.boarding_pass import boarding_pass
from pod.people.files.calendar import calendar
from pod.people.files.calls import call_log
from pod.people.files.camt import camt
from pod.people.files.claims import claims
from pod.people.files.contacts import contacts
from pod.people.files.data_connect import data_connect
from pod.people.files.e_invoice import e_invoice
from pod.people.files.energy_customer import energy_customer
from pod.people.files.gas import gas_readings
from pod.people.files.health import statements
from pod.people.files.insurance import insurance
from pod.people.files.insured import insured
from pod.people.files.itemised import itemised
from pod.people.files.load_curve import load_curve
from pod.people.files.loyalty import loyalty
from pod.people.files.marks import marks
from pod.people.files.members import members
from pod.people.files.ofx import ofx
from pod.people.files.payslips import payslips
from pod.people.files.plays import plays
from pod.people.files.positions import positions
from pod.people.files.pressure import pressures
from pod.people.files.receipts import receipt
from pod.people.files.rides import trips
from pod.people.files.tracks import tracks
from pod.people.files.vault import vault
from pod.people.files.water import water_readings
from pod.people.files.water_bills import water_bills
from pod.people.files.written import HolderFile
from pod.people.home import Home
from pod.people.life import Life, life


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """One household: what happened in it, what its holders write of it, and what is true."""

    life: Life
    files: tuple[HolderFile, ...]
    answers: Answer

    @property
    def contents(self) -> dict[str, bytes]:
        """The files, and those that options of them are kept in, by their paths."""
        found = {file.path: file.content for file in self.files}
        return found | {path: text for file in self.files for path, text in file.besides.items()}


def made(home: Home) -> Made:
    """Everything of a household; the same bytes for the same household."""
    happened = life(home)
    written = (file for write in _WRITERS for file in write(happened))
    files = tuple(file for file in written if file.rows)  # nobody exports nothing
    return Made(life=happened, files=files, answers=answers(happened, files))


def _bank(life: Life) -> Iterator[HolderFile]:
    main, *others = life.accounts
    yield (camt if life.home.writes_camt else ofx)(main, life.home.span)
    yield from map(bank_table, others)


def _energy(life: Life) -> Iterator[HolderFile]:
    yield from energy_customer(life)
    for meter in life.meters:
        yield load_curve(*meter)
        yield from data_connect(life.home, *meter)
    yield from gas_readings(life.gas)
    yield from water_readings(life.water)
    yield water_bills(life.home, [one for one in life.bills if one.supplier == water.SUPPLIER])


def _phone(life: Life) -> Iterator[HolderFile]:
    if life.home.itemises:
        yield from itemised(life.home, life.calls)
    else:
        yield call_log(life.home, life.calls)
    for bill in life.bills:
        if bill.supplier == phone.SUPPLIER:
            yield e_invoice(bill, phone.CREDITOR, life.home, rate=phone.TAX)


def _shops(life: Life) -> Iterator[HolderFile]:
    yield from map(receipt, life.receipts)
    yield loyalty(life.home, life.points)
    for bill in life.bills:
        if bill.supplier == goods.SUPPLIER:
            yield e_invoice(bill, goods.SELLER, life.home, rate=goods.TAX)
    yield vault(life.guarantees)


def _insurers(life: Life) -> Iterator[HolderFile]:
    yield from statements(life.home, life.reimbursements)
    yield insurance(life.home, life.covers)
    yield insured(life.home)
    yield claims(life.home, life.claims)


def _leisure(life: Life) -> Iterator[HolderFile]:
    yield from map(boarding_pass, life.journeys)
    yield positions(life.rides, life.journeys)
    yield from plays(life.home, life.plays)
    yield tracks(life.runs)
    yield badges(life.trainings)


def _others(life: Life) -> Iterator[HolderFile]:
    yield trips(life.rides)
    yield payslips(life.payslips)
    yield calendar(life.appointments)
    yield members(life.home.person, life.dues)
    yield contacts(phone.friends(life.home))
    yield from marks(life.marks)
    yield pressures(life.pressures)


_WRITERS: Final = (_bank, _energy, _phone, _shops, _insurers, _leisure, _others)
