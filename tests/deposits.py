"""Signed deposits of small exports in three formats, and what must have come of each of them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from itertools import count
from threading import Event
from uuid import uuid4

from client import Answer, call
from household import amount, household
from stream import GONE

from pod.intake.holder import Deposit, keygen, profile, signed_request


@dataclass(frozen=True)
class Export:
    """A file, and how many rows are in it."""

    filename: str
    media_type: str
    content: bytes
    rows: int


@dataclass
class Holder:
    """An organisation with a key and a profile, which deposits one export after the other.

    `given` are those that were acknowledged, `resources` what the reports on them since they were
    last looked at say was written; `asked` is the export whose answer did not come.
    """

    webid: str
    endpoint: str
    exports: Iterator[Export]
    seed: int
    given: list[Export] = field(default_factory=list)
    resources: set[str] = field(default_factory=set)
    asked: Export | None = None

    def __post_init__(self) -> None:
        self.key = keygen(sha256(f"{self.webid} {self.seed}".encode()).digest())

    @property
    def document(self) -> str:
        return self.webid.partition("#")[0]

    def profile(self) -> bytes:
        return profile(self.webid, "An organisation", self.key).encode()

    def run(self, ending: Event) -> None:
        """Deposit, until the server is gone; it may be gone only once `ending` is set."""
        while not ending.is_set():
            self.asked = next(self.exports)
            try:
                answer = self.deposit(self.asked)
            except GONE:
                assert ending.is_set(), "the server closed a connection while it was alive"
                return
            self._learn(self.asked, answer, "new")
            self.asked = None

    def deposit(self, export: Export) -> Answer:
        asked = Deposit(
            url=self.endpoint,
            webid=self.webid,
            filename=export.filename,
            media_type=export.media_type,
            digest=sha256(export.content).digest(),
        )
        signed = signed_request(asked, self.key, uuid4().hex, datetime.now(UTC))
        return call("POST", self.endpoint, signed, export.content)

    def settle(self, kept: set[str]) -> None:
        """See that the deposit without an answer is there as a whole, or not at all.

        `kept` are the names that the pod has for exports it keeps as they came.
        """
        export, self.asked = self.asked, None
        if export is not None:
            stored = kept_as(export) in kept
            self._learn(export, self.deposit(export), "same" if stored else "new")

    def again(self, export: Export) -> None:
        """Deposit what was acknowledged: nothing of it may be new."""
        outcome(self.deposit(export), export, "same")

    def _learn(self, export: Export, answer: Answer, expected: str) -> None:
        self.resources.update(outcome(answer, export, expected))
        self.given.append(export)


def outcome(answer: Answer, export: Export, expected: str) -> list[str]:
    """Hold the report on a deposit to it: every row is new, or every row is the same.

    The addresses that it says were written.
    """
    assert answer.status == 200, (answer.status, answer.text)
    report = json.loads(answer.body)
    counts = {name: report[name] for name in ("new", "same", "updated", "rejected")}
    assert counts == dict.fromkeys(counts, 0) | {expected: export.rows}, (export.filename, report)
    assert all(check["ok"] for check in report["checks"]), report["checks"]
    assert bool(report["resources"]) == (expected == "new"), report
    return report["resources"]


def kept_as(export: Export) -> str:
    """The last part of the address that a pod keeps an export at."""
    return f"{sha256(export.content).hexdigest()[:16]}-{export.filename}"


def bank_exports() -> Iterator[Export]:
    """Statements of one account, a month each, in turn as CAMT.053 and as OFX."""
    for number in count():
        home = household(date(2020, 1, 1) + timedelta(days=28 * number), 28, 6)
        if number % 2:
            content = ofx([(m.day, amount(m), m.label) for m in home.movements], number)
            yield Export(f"{number}.ofx", "application/x-ofx", content, len(home.movements))
        else:
            content = home.camt053
            yield Export(f"{number}.xml", "application/xml", content, len(home.movements))


def energy_exports() -> Iterator[Export]:
    """The load curve of one meter, a day each."""
    for number in count():
        home = household(date(2024, 1, 1) + timedelta(days=number), 1, 0)
        yield Export(f"{number}.csv", "text/csv", home.load_curve, len(home.load))


def ofx(movements: list[tuple[date, object, str]], number: int) -> bytes:
    """A bank statement in OFX 1.02, whose references are of this number."""
    lines = "".join(
        f"<STMTTRN><TRNTYPE>OTHER<DTPOSTED>{day:%Y%m%d}<TRNAMT>{amount}"
        f"<FITID>F{number}-{rank}<NAME>{label}</STMTTRN>\n"
        for rank, (day, amount, label) in enumerate(movements)
    )
    return f"""\
OFXHEADER:100
DATA:OFXSGML
VERSION:102
SECURITY:NONE
ENCODING:USASCII
CHARSET:1252
COMPRESSION:NONE
OLDFILEUID:NONE
NEWFILEUID:NONE

<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS><DTSERVER>20260404
<LANGUAGE>FRA<FI><ORG>BANQUE EXEMPLE<FID>12345</FI></SONRS></SIGNONMSGSRSV1>
<BANKMSGSRSV1><STMTTRNRS><TRNUID>1<STATUS><CODE>0<SEVERITY>INFO</STATUS><STMTRS><CURDEF>EUR
<BANKACCTFROM><BANKID>12345<BRANCHID>00001<ACCTID>01234567890<ACCTTYPE>CHECKING</BANKACCTFROM>
<BANKTRANLIST><DTSTART>20200101<DTEND>20291231
{lines}</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>
""".encode("cp1252")
