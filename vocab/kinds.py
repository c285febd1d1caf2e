"""The kinds of record: the types each is written with, and the document a pod keeps it in.

A document is given relative to the container of a domain and a holder, /data/{domain}/{holder}/,
so that one access rule covers a domain. In it stand `{account}` for the account, line, meter or
card the record hangs on, `{series}` for the name of a series, and `{yyyy}` and `{yyyy-mm}` for the
year and the month of the civil date of the record.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from vocab.names import AS, DPV, SCHEMA, SD, SOSA
from vocab.prefixes import PREFIXES

ACCOUNTS: Final = "accounts.ttl"
CONTRACTS: Final = "contracts.ttl"
FILE: Final = "file.ttl"
BY_ACCOUNT_AND_MONTH: Final = "{account}/{yyyy}/{yyyy-mm}.ttl"
BY_ACCOUNT_AND_YEAR: Final = "{account}/{yyyy}.ttl"
BY_MONTH: Final = "{yyyy}/{yyyy-mm}.ttl"
BY_YEAR: Final = "{yyyy}.ttl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of record.

    `types` are all the rdf:type to write: its own class first, then its other classes of ours and
    the classes of other vocabularies under which an application may look for it. `domain` is the
    container under /data/ it belongs to whoever gives it, None where it goes with the domain of
    the export it came in.
    """

    name: str
    types: tuple[str, ...]
    domain: str | None
    document: str

    @property
    def iri(self) -> str:
        return self.types[0]


def _kind(name: str, domain: str | None, document: str, *broader: str) -> Kind:
    return Kind(name=name, types=(SD.NS + name, *broader), domain=domain, document=document)


_TABLE = (
    _kind("Holder", None, "holder.ttl", SCHEMA.Organization),
    _kind("Account", None, ACCOUNTS),
    _kind("Contract", None, CONTRACTS),
    _kind("Series", None, "{account}/series/{series}.ttl"),
    _kind("SeriesChunk", None, "{account}/series/{series}/{yyyy-mm}.ttl"),
    _kind("Invoice", None, BY_YEAR, SCHEMA.NS + "Invoice"),
    _kind("Instalment", None, BY_YEAR),
    _kind("Attestation", None, "attestations.ttl"),
    # What has no class of ours: it is written with the class that its holder has for it.
    _kind("Record", None, "records.ttl"),
    # relation
    _kind("CustomerFile", "relation", FILE),
    _kind("Score", "relation", FILE, SCHEMA.NS + "Rating"),
    _kind("Promotion", "relation", FILE, SCHEMA.NS + "Offer"),
    _kind("Interest", "relation", FILE),
    _kind("Interaction", "relation", BY_YEAR),
    _kind("DataUse", "relation", BY_YEAR, DPV.PersonalDataProcess),
    _kind("Incident", "relation", BY_YEAR),
    # bank
    _kind("BankAccount", "bank", ACCOUNTS, SD.Account, SCHEMA.NS + "BankAccount"),
    _kind("BankTransaction", "bank", BY_ACCOUNT_AND_MONTH),
    _kind("Balance", "bank", BY_ACCOUNT_AND_MONTH),
    _kind("Holding", "bank", BY_ACCOUNT_AND_MONTH),
    _kind("PortfolioMovement", "bank", BY_ACCOUNT_AND_MONTH),
    _kind("Loan", "bank", CONTRACTS, SD.Contract, SCHEMA.NS + "LoanOrCredit"),
    # retail
    _kind("Purchase", "retail", BY_MONTH, SCHEMA.NS + "Order"),
    _kind("Line", "retail", BY_MONTH, SCHEMA.NS + "OrderItem"),
    _kind("LoyaltyMembership", "retail", ACCOUNTS, SD.Account, SCHEMA.NS + "ProgramMembership"),
    _kind("PointsMovement", "retail", BY_ACCOUNT_AND_YEAR),
    _kind("Delivery", "retail", BY_YEAR, SCHEMA.NS + "ParcelDelivery"),
    # telecom
    _kind("Communication", "telecom", BY_ACCOUNT_AND_MONTH),
    _kind("MediaUse", "telecom", BY_YEAR),
    _kind("Device", "telecom", "devices.ttl", SCHEMA.NS + "IndividualProduct"),
    # energy
    _kind("MeterPoint", "energy", ACCOUNTS, SD.Account),
    _kind("Consumption", "energy", BY_ACCOUNT_AND_MONTH),
    _kind("Production", "energy", BY_ACCOUNT_AND_MONTH),
    _kind("MeterReading", "energy", BY_ACCOUNT_AND_MONTH),
    # mobility
    _kind("Position", "mobility", BY_MONTH),
    _kind("Trip", "mobility", BY_MONTH, SCHEMA.NS + "Trip"),
    _kind("Validation", "mobility", BY_ACCOUNT_AND_MONTH),
    # insurance
    _kind("InsuranceContract", "insurance", CONTRACTS, SD.Contract),
    _kind("Claim", "insurance", "claims.ttl"),
    # An energy supplier describes a dwelling too, a garage a vehicle.
    _kind("Dwelling", None, "things.ttl", SCHEMA.NS + "Accommodation"),
    _kind("Vehicle", None, "things.ttl", SCHEMA.NS + "Vehicle"),
    # health
    _kind("HealthExpense", "health", BY_YEAR),
    _kind("Reimbursement", "health", BY_YEAR),
    _kind("HealthMeasure", "health", BY_YEAR, SOSA.Observation),
    _kind("Workout", "health", BY_YEAR, SCHEMA.NS + "ExerciseAction"),
    # What is known of an illness or a medicine often has no date, so that no year holds it.
    _kind("HealthCondition", "health", "conditions.ttl"),
    _kind("Medication", "health", "medications.ttl"),
    _kind("Allergy", "health", "allergies.ttl"),
    _kind("Immunization", "health", "immunizations.ttl"),
    _kind("Procedure", "health", "procedures.ttl"),
    _kind("Encounter", "health", "encounters.ttl"),
    _kind("PlannedCare", "health", "plans.ttl"),
    _kind("HealthReport", "health", "reports.ttl"),
    _kind("HealthAbsence", "health", "absences.ttl"),
    # education
    _kind("Enrolment", "education", "courses.ttl"),
    _kind("Grade", "education", "grades.ttl", SCHEMA.NS + "Rating"),
    _kind(
        "Credential",
        "education",
        "credentials.ttl",
        SCHEMA.NS + "EducationalOccupationalCredential",
    ),
    _kind("Experience", "education", "cv.ttl"),
    _kind("Skill", "education", "cv.ttl"),
    # community and online
    _kind("Membership", "community", ACCOUNTS, SD.Account, PREFIXES["org"] + "Membership"),
    _kind("Participation", "community", BY_YEAR),
    _kind("Message", "community", BY_MONTH, SCHEMA.NS + "Message"),
    _kind("OnlineActivity", "online", BY_MONTH, AS.Activity),
    # What a telephone keeps: who the person knows, and what she has to do when.
    _kind("Contact", "contacts", "contacts.ttl", PREFIXES["vcard"] + "Individual"),
    _kind("Event", "calendar", BY_YEAR, SCHEMA.NS + "Event"),
    # work
    _kind("Employment", "work", CONTRACTS, SD.Contract, SCHEMA.NS + "EmployeeRole"),
    _kind("Payslip", "work", BY_YEAR),
    _kind("PayslipLine", "work", BY_YEAR),
    _kind("Leave", "work", BY_YEAR),
    # vault
    _kind("Document", "vault", "index.ttl", SCHEMA.NS + "DigitalDocument"),
)

DOMAINS: Final = frozenset(kind.domain for kind in _TABLE if kind.domain is not None)
"""The containers of data/ that kinds of record belong to: the categories of the journal."""

UNTIED: Final = frozenset({"Series", "SeriesChunk"})
"""Kinds that are by account where there is one: of other series the path begins behind it."""

KINDS: Final[Mapping[str, Kind]] = MappingProxyType({kind.name: kind for kind in _TABLE})
