"""Every version of the three CAMT messages says the same thing, each in its own places."""

import io
from decimal import Decimal

import pytest

from importers.bank.camt import Camt053
from importers.contract import Code, Covers, Key, Options, Problem, Record, Stated

VERSIONS = range(1, 15)
MESSAGES = {
    "camt.052": ("BkToCstmrAcctRpt", "Rpt"),
    "camt.053": ("BkToCstmrStmt", "Stmt"),
    "camt.054": ("BkToCstmrDbtCdtNtfctn", "Ntfctn"),
}
EVERY = [(message, version) for message in MESSAGES for version in VERSIONS]
IBAN = "FR7630006000011234567890189"


def tag(path, content):
    for name in reversed(path.split("/")):
        content = f"<{name}>{content}</{name}>"
    return content


def amount(value):
    sign = "DBIT" if value.startswith("-") else "CRDT"
    return f'<Amt Ccy="EUR">{value.removeprefix("-")}</Amt>' + tag("CdtDbtInd", sign)


def account(version, number):
    if number == IBAN:
        return tag("Acct/Id/IBAN", number)
    return tag("Acct/Id/PrtryAcct/Id" if version == 1 else "Acct/Id/Othr/Id", number)


def balance(version, code, value, day):
    kind = tag("Tp/Cd" if version == 1 else "Tp/CdOrPrtry/Cd", code)
    return tag("Bal", kind + amount(value) + tag("Dt/Dt", day))


def party(version, side, name, number=""):
    within = "OthrId/Id" if version == 1 else "Othr/Id"
    said = tag("Nm", name) + (tag(f"Id/PrvtId/{within}", number) if number else "")
    return tag(side, tag("Pty", said) if version >= 7 else said)


def details(version, *, value):
    reference = "CdtrRef" if version == 1 else "Ref"
    said = (
        tag("Refs", tag("EndToEndId", "E2E-1") + tag("MndtId", "M-1"))
        # AmtDtls have the amount to version 02; the detail itself from 03 on.
        + (tag("AmtDtls/TxAmt", amount(value)) if version <= 2 else amount(value))
        + tag(
            "RltdPties",
            party(version, "Dbtr", "Camille Durand")
            + party(version, "Cdtr", "Énergie SA", "FR47EDF001007"),
        )
        + tag("RmtInf", tag("Ustrd", "Facture") + tag(f"Strd/CdtrRefInf/{reference}", "RF18X"))
    )
    return tag("TxDtls" if version == 1 else "NtryDtls/TxDtls", said)


def entry(version, value, *, state="BOOK", reference="", within="", beside=""):
    return tag(
        "Ntry",
        amount(value)
        + tag("Sts/Cd" if version >= 7 else "Sts", state)
        + tag(
            "BookgDt/DtTm" if version == 1 else "BookgDt/Dt",
            "2026-03-02T10:00:00"[: 19 if version == 1 else 10],
        )
        + (tag("AcctSvcrRef", reference) if reference else "")
        + tag(
            "BkTxCd/Domn",
            tag("Cd", "PMNT") + tag("Fmly", tag("Cd", "RDDT") + tag("SubFmlyCd", "ESDD")),
        )
        + (beside if version == 1 else "")
        + within
        + tag("AddtlNtryInf", "prélèvement"),
    )


def document(message, version, statement, *, header=""):
    name, within = MESSAGES[message]
    name += "V01" if version == 1 else ""
    space = f"urn:iso:std:iso:20022:tech:xsd:{message}.001.{version:02}"
    header = tag("GrpHdr", tag("MsgId", "1") + header)
    return f'<Document xmlns="{space}">{tag(name, header + tag(within, statement))}</Document>'


def whole(message, version, number=IBAN):
    """Two bookings and one that is pending, on an account of 100 that then has 65."""
    balances = balance(version, "OPBD", "100.00", "2026-03-01")
    balances += balance(version, "CLBD", "65.00", "2026-03-04")
    summary = tag(
        "TxsSummry",
        tag("TtlNtries/NbOfNtries", "3") + tag("TtlCdtNtries/Sum", "5.00"),
    )
    entries = (
        entry(version, "-40.00", reference="A1", within=details(version, value="-40.00")),
        entry(version, "5.00", reference="A2"),
        entry(version, "-7.00", state="PDNG", reference="A3"),
    )
    around = "" if message == "camt.054" else balances
    return document(
        message, version, account(version, number) + around + summary + "".join(entries)
    )


def items(text):
    content = text.encode()
    importer = Camt053()
    assert importer.recognise("anything", content) is not None
    return list(importer.parse(io.BytesIO(content), Options()))


def told(found):
    """What was read, but for where it stands: the name of the message is in that."""
    return [(i.kind, i.key, i.account, i.on, i.fields) for i in found if isinstance(i, Record)]


@pytest.mark.parametrize(("message", "version"), EVERY)
@pytest.mark.parametrize("number", [IBAN, "00012345678"])
def test_every_version_gives_the_same_records(message, version, number):
    found = items(whole(message, version, number))
    assert told(found) == told(items(whole(message, 2, number)))
    assert [(p.message[:21], p.row) for p in found if isinstance(p, Problem)] == [
        ("this entry is pending", False)
    ]
    checks = Camt053().reconcile(found)
    assert [check.ok for check in checks] == ([True] * 2 if message == "camt.054" else [True] * 3)


@pytest.mark.spec("ISO 20022 camt.053.001.01 to .14")
@pytest.mark.parametrize("version", VERSIONS)
def test_what_a_detail_says_is_found_where_the_version_has_it(version):
    (first,) = (
        i for i in items(whole("camt.053", version)) if getattr(i, "key", None) == Key("A1")
    )
    said = first.fields
    expected = {
        "sd:amount": Decimal("-40.00"),
        "sd:currency": "EUR",
        "sd:nature": Code("debit"),
        "sd:counterpartyName": "Énergie SA",
        "sd:creditorId": "FR47EDF001007",
        "sd:mandateId": "M-1",
        "sd:sourceLabel": "Facture prélèvement",
    }
    assert {name: value for name, value in said if name in expected} == expected
    assert [v for name, v in said if name == "sd:paymentReference"] == ["E2E-1", "RF18X"]


@pytest.mark.parametrize("version", VERSIONS)
def test_the_number_of_an_account_is_found_where_the_version_has_it(version):
    found = items(whole("camt.053", version, "00012345678"))
    accounts = [i.key for i in found if isinstance(i, Record) and i.kind == "BankAccount"]
    assert accounts == [Key(natural=("00012345678",))]


@pytest.mark.parametrize("version", range(8, 15))
def test_an_account_may_be_known_by_a_proxy_alone(version):
    within = tag("Acct/Prxy", tag("Tp/Cd", "EMAL") + tag("Id", "camille@person.example"))
    found = items(document("camt.053", version, within + entry(version, "-1.00")))
    account_of, booked = (i for i in found if isinstance(i, Record))
    assert account_of.key == booked.account == Key(natural=("camille@person.example",))


HEADER = '<AppHdr xmlns="urn:iso:std:iso:20022:tech:xsd:head.001.001.02"><Fr>1</Fr></AppHdr>'


@pytest.mark.parametrize(
    "envelope",
    [
        "<RequestPayload>{}</RequestPayload>",
        '<Saa:DataPDU xmlns:Saa="urn:swift:saa:xsd:saa.2.0"><Saa:Body>{}</Saa:Body></Saa:DataPDU>',
        '<BusMsgEnvlp xmlns="urn:iso:std:iso:20022:tech:xsd:nvlp.001.001.01">{}</BusMsgEnvlp>',
        "<conxml><MsgCamt053><HashValue>0A</HashValue>{}</MsgCamt053></conxml>",
    ],
)
def test_a_document_in_an_envelope_is_read_as_one_without(envelope):
    bare = whole("camt.053", 8)
    found = items(envelope.format(HEADER + bare))
    assert told(found) == told(items(bare))
    assert [check.ok for check in Camt053().reconcile(found)] == [True] * 3


def test_each_document_of_an_envelope_is_held_to_what_it_states_itself():
    wrong = whole("camt.053", 8).replace("65.00", "66.00")
    both = f"<Envelope>{whole('camt.053', 8)}{wrong}</Envelope>"
    verdicts = [check.ok for check in Camt053().reconcile(items(both))]
    assert sorted(verdicts) == [False, *[True] * 5]


def test_a_bank_on_the_other_side_is_named_as_one():
    within = tag("NtryDtls/TxDtls/RltdPties/Cdtr/Agt/FinInstnId/Nm", "Banque Exemple")
    text = document("camt.053", 8, account(8, IBAN) + entry(8, "-1.00", within=within))
    (booked,) = (i for i in items(text) if isinstance(i, Record) and i.counted)
    assert dict(booked.fields)["sd:counterpartyName"] == "Banque Exemple"


def page(number, last):
    return tag("PgNb", number) + tag("LastPgInd", last)


@pytest.mark.parametrize(
    ("header", "before", "is_page"),
    [
        pytest.param(tag("MsgPgntn", page("1", "true")), "", False, id="the only page"),
        pytest.param(tag("MsgPgntn", page("1", "false")), "", True, id="first page of a message"),
        pytest.param(tag("MsgPgntn", page("00002", "true")), "", True, id="last page"),
        pytest.param("", tag("StmtPgntn", page("1", "0")), True, id="first page of a statement"),
        pytest.param("", tag("StmtPgntn", page("1", "1")), False, id="its only page"),
    ],
)
def test_a_page_is_not_held_to_what_is_said_of_all_pages(header, before, is_page):
    """Nor do its days count as whole: records on the other pages were not taken back."""
    statement = (
        before
        + account(8, IBAN)
        + balance(8, "OPBD", "100.00", "2026-03-01")
        + balance(8, "CLBD", "65.00", "2026-03-04")
        + tag("TxsSummry/TtlNtries/NbOfNtries", "9")
        + entry(8, "-40.00")
    )
    found = items(document("camt.053", 8, statement, header=header))
    assert any(isinstance(i, Covers | Stated) for i in found) is not is_page
    assert ("several" in str([i for i in found if isinstance(i, Problem)])) is is_page
    assert len([i for i in found if isinstance(i, Record) and i.counted]) == 1


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param(
            document("camt.053", 2, account(2, IBAN) + tag("Ntry", amount("1.00"))),
            "neither BookgDt nor ValDt says its day",
            id="an entry without a day",
        ),
        pytest.param(
            "<Document><BkToCstmrStmt><GrpHdr/></BkToCstmrStmt></Document>",
            "no account and no entry stand where this message has them",
            id="no statement",
        ),
        pytest.param(
            whole("camt.053", 8).replace("Document", "Dokument"),
            "no account and no entry stand where this message has them",
            id="no document",
        ),
    ],
)
def test_what_is_not_read_is_told(text, reason):
    (problem,) = (i for i in items(text) if isinstance(i, Problem))
    assert problem.message == reason
    assert problem.row
