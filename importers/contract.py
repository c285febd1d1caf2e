"""The values between an importer and the core: the items that an export is read as, what it is held
to, and what a person may say of it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from decimal import Decimal

from importers.clock import PARIS


@dataclass(frozen=True, slots=True)
class Iri:
    """A value that is an IRI and not a text."""

    value: str


@dataclass(frozen=True, slots=True)
class Code:
    """A value of a code list, by its local name: Code("card") is sdc:card."""

    name: str


@dataclass(frozen=True, slots=True)
class Key:
    """What makes a record the same record in the next export.

    `stable` is the holder's own id, where the holder keeps it from export to export; otherwise
    `natural` is the values that tell the record apart. Rows that are equal in both are told apart
    by their rank in the file, which the core adds; an importer never numbers them itself.
    """

    stable: str | None = None
    natural: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ref:
    """A value that is another record of the same holder: its kind and its key.

    `on` is the civil date of that record, where its kind is kept by date. `rank` tells it from
    others of its key, and the core sets it: with `is_pair` the two records are made of one row,
    and where several rows are equal, each refers to the one it was made with.
    """

    kind: str
    key: Key
    account: Key | None = None
    on: date | None = None
    is_pair: bool = False
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Typed:
    """A value of a datatype that Python has no type for, in canonical form.

    Typed("P1Y", "xsd:duration"): the datatype by its prefixed name.
    """

    lexical: str
    datatype: str


@dataclass(frozen=True, slots=True)
class LangString:
    """A text and the language it is in, by its tag (BCP 47): LangString("Diplôme", "fr")."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A value that is the export itself: the address at which the pod keeps its octets.

    `member` is the name of one file in an archive, which then stands behind the address.
    """

    member: str = ""


Value = (
    str
    | int
    | bool
    | Decimal
    | date
    | datetime
    | Iri
    | Code
    | Ref
    | Typed
    | LangString
    | SourceFile
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One record as the export says it.

    `kind` names a row of vocab.kinds ("BankTransaction"). `account` is the key of the account,
    meter or line it hangs on, where its kind is kept by account. `fields` are (property, value)
    pairs, the property by its prefixed name ("sd:amount"), or by its IRI where it has none of our
    prefixes, repeated for several values. `on` is
    the civil date that decides the document it is kept in. `locator` says where in the source it
    stands ("line=12", "/Document/Stmt[1]/Ntry[3]", "/0/amount"). `counted` is False for what the
    importer derives beside the rows of the export (accounts, balances, daily totals).
    """

    kind: str
    key: Key
    fields: tuple[tuple[str, Value], ...]
    locator: str
    on: date | None = None
    account: Key | None = None
    counted: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A dense series: what is observed, where, in what unit, at what step.

    `name` is a path segment ("load"). `quantity` and `unit` are QUDT local names
    ("ActivePower", "W"). `energy` says what a value adds to a day: "mean-power" (W over the
    interval), "energy" (Wh in the interval), "volume" (m³ in the interval) or "none". `flow` is
    "in" (consumed) or "out" (produced, given to the grid). `zone` has the civil days of the place.
    """

    name: str
    meter: Key
    commodity: str
    quantity: str
    unit: str
    energy: str
    flow: str = "in"
    zone: tzinfo = PARIS


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One point of a series over [start, end), both with their offset. `value` None is a gap.

    A gap is a row that the holder left empty: it is counted as read and never becomes a zero.
    Of two readings of one interval in a file, the one of higher `priority` holds. `counted` is
    False for what stands in the same row as a reading that is counted (its cost).
    """

    series: Series
    start: datetime
    end: datetime
    value: Decimal | None
    locator: str
    quality: str | None = None
    priority: int = 0
    counted: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Sensor:
    """A series whose points come at no regular step: what is measured, and by what.

    `name` is a path segment ("heart-rate"). `quantity` is the IRI of what is observed, `unit` the
    QUDT local name of its unit ("BEAT-PER-MIN"), "" where values carry none or are positions.
    `device` is the key of the account or device it hangs on, where there is one.
    """

    name: str
    quantity: str
    unit: str = ""
    device: Key | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One point of a sensor, at a moment or over [start, end), with their offset.

    `values` are (name, value) pairs in the order in which they are kept: (("value", Decimal(61)),)
    or (("lat", …), ("lon", …), ("alt", …)). Two samples of one sensor that are equal in their times
    and values are one. Which day and month it belongs to is told by its own offset.
    """

    sensor: Sensor
    start: datetime
    values: tuple[tuple[str, Decimal | str], ...]
    locator: str
    end: datetime | None = None
    counted: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What the export says of itself and reconciliation holds it to.

    `name` is the kind of statement ("opening", "closing", "sum", "count"), `scope` what it is
    about (an account, a statement number), `value` the figure.
    """

    name: str
    scope: str
    value: Decimal
    locator: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Covers:
    """That an export has every record of a kind, on an account, from one civil day to another.

    `first` and `last` are both whole days of it. Said only where the export states what its rows
    add up to, so that it can be held to it: a record of that time that is not in it is then taken
    as withdrawn by the holder. `account` is None where the kind is not kept by account.
    """

    kind: str
    first: date
    last: date
    locator: str
    account: Key | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """What could not be read: where, and why. `row` is False for a remark that loses no row.

    `conflict` says that the row could be read, but another one contradicts it.
    """

    locator: str
    message: str
    row: bool = True
    conflict: bool = False


Item = Record | Reading | Sample | Stated | Covers | Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One reconciliation: what the export states against what its rows add up to."""

    name: str
    expected: str
    got: str
    ok: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HolderHint:
    """Who an export is from, as far as the export tells; the person may say better."""

    iri: str
    name: str
    sector: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """An importer's claim on an export. `confidence` is 0 to 100; the highest one reads it.

    `needs` are the names of options that the export calls for. `named` are those that its file name
    says, with their values: they hold unless the person says something else.
    """

    confidence: int
    variant: str = ""
    needs: tuple[str, ...] = ()
    named: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """Something that a person may say of an export, which it does not say itself.

    `fr` and `en` are what it means. `values` are all that it may be, in any case; where there are
    none, `read` raises ValueError for a text that is no value, and `example` is one that is.
    Where it `is_required`, nothing of an export is kept without it. Where it `is_file`, its value
    is the text of a file that the person names.
    """

    name: str
    fr: str
    en: str
    values: tuple[str, ...] = ()
    example: str = ""
    read: Callable[[str], object] = str
    is_required: bool = False
    is_file: bool = False

    def plain(self, text: str) -> str:
        """A text without blanks around it, and as it is declared where it is one of the values."""
        known = {value.casefold(): value for value in self.values}
        return known.get(text.strip().casefold(), text.strip())

    def check(self, text: str) -> None:
        """Raises ValueError for a text that is no value of it."""
        plain = self.plain(text)
        if not plain or (self.values and plain not in self.values):
            raise ValueError(f"the option `{self.name}` cannot have this value")
        self.read(plain)


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the person said about an export: `values` by the names of an importer's options.

    `trusted` are the texts of the lists of keys that she trusts for every export, by their names.
    """

    values: Mapping[str, str] = field(default_factory=dict)
    trusted: Mapping[str, str] = field(default_factory=dict)

    def said(self, option: Option) -> str:
        """The value of an option, "" where the person said none."""
        return option.plain(self.values.get(option.name, ""))
