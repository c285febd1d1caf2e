"""Importing by the command line, into a pod that a server serves meanwhile."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

from commands import COUNT, app, count
from household import BANK, ENERGY, household
from serving import Host, here


def test_the_formats_are_listed() -> None:
    formats = here("formats", "--json").json()
    assert {"camt-053", "ofx", "enedis-load-curve"} <= {one["format"] for one in formats}
    members = {"format", "title", "domain", "extensions", "options"}
    assert all(one.keys() == members for one in formats)
    lines = here("formats").out.splitlines()
    assert [line.split()[0] for line in lines[: len(formats)]] == [one["format"] for one in formats]
    assert (
        "  weight-unit=kg|lb (needed): the unit of the weight, which the file does not say" in lines
    )


def test_an_option_that_no_file_takes_is_refused_before_anything_is_stored(
    served: Host, ana: str, bank: str, tmp_path: Path
) -> None:
    table, weight = tmp_path / "bank.csv", tmp_path / "weight-2024.json"
    table.write_text("Date;Date de valeur;Montant;Libellé;Solde\n02/03/2026;;-2,50;CB CAFE;\n")
    weight.write_text('[{"logId": 1, "weight": 61.5, "date": "03/01/24", "time": "07:30:00"}]')
    words = ("import", bank, "--pod", ana, "--option")
    refused = {
        "colour=red": "the format camt-053 has no option `colour`; it has `complete`",
        "complete=perhaps": "the option `complete` takes `yes`, `no`, `oui` or `non`",
    }
    for said, sentence in refused.items():
        done = served.here(*words, said)
        assert (done.status, done.err.strip()) == (2, f"pod: {sentence}")
    several = served.here("import", bank, str(table), "--pod", ana, "--option", "flow=in")
    assert several.status == 2
    assert "none of these files has an option `flow`; they have `account`, `comp" in several.err
    needed = served.here("import", str(weight), "--pod", ana)
    assert (needed.status, "`--option weight-unit=kg|lb`" in needed.err) == (2, True)
    assert count(served, ana) == 0
    # Of several files, an option is for those that know it.
    number = ("--option", "account=FR7630006000011234567890189", "--json")
    found = served.here("import", bank, str(table), "--pod", ana, *number).json()
    assert [one["new"] for one in found] == [20, 1]


def test_an_import_reports_what_became_of_each_row(served: Host, ana: str, bank: str) -> None:
    said = ("--format", "camt-053", "--holder", BANK, "--option", "complete=no")
    words = ("import", bank, "--pod", ana, *said, "--json")
    planned = served.here(*words, "--dry-run")
    assert count(served, ana) == 0
    (first,) = served.here(*words).json()
    assert (planned.status, planned.json()[0]["new"]) == (0, 20)
    assert first.keys() == {
        *("file", "format", "read", "new", "same", "updated", "rejected"),
        *("deleted", "conflict", "withdrawn"),
        *("problems", "checks", "resources"),
    }
    assert (first["file"], first["format"], first["new"]) == ("bank.xml", "camt-053", 20)
    assert count(served, ana) == 20
    owner = app(served, ana)
    assert all(owner.get(url).status == 200 for url in first["resources"])
    (second,) = served.here(*words).json()
    assert (second["new"], second["same"], second["resources"]) == (0, 20, [])


def test_a_file_is_taken_in_again_when_its_records_are_gone_or_for_another_holder(
    served: Host, ana: str, bank: str
) -> None:
    words, owner = ("import", bank, "--pod", ana, "--json", "--holder"), app(served, ana)
    (first,) = served.here(*words, BANK).json()
    for url in first["resources"]:
        if "/data/bank/" in url:
            assert owner.call("DELETE", url).status == 205
    assert count(served, ana) == 0
    (again,) = served.here(*words, BANK).json()
    (other,) = served.here(*words, "https://other.example/#it").json()
    assert (first["new"], again["new"], other["new"]) == (20, 20, 20)
    assert count(served, ana) == 40


def test_an_import_that_lost_a_row_is_not_called_a_success(
    served: Host, ana: str, bank: str, tmp_path: Path
) -> None:
    whole, file = Path(bank).read_bytes(), tmp_path / "broken.xml"
    file.write_bytes(re.sub(rb"<BookgDt>.*?</BookgDt>", b"<BookgDt/>", whole, count=1))
    done = served.here("import", str(file), "--pod", ana, "--json")
    assert (done.status, done.err) == (1, "")
    (report,) = done.json()
    assert (report["new"], report["rejected"], len(report["problems"])) == (19, 1, 1)
    assert not all(check["ok"] for check in report["checks"])
    assert "1 rejected" in served.here("import", str(file), "--pod", ana).out


def test_a_file_that_cannot_be_taken_in_hides_no_report(
    served: Host, ana: str, bank: str, tmp_path: Path
) -> None:
    unknown = tmp_path / "unknown"
    unknown.write_bytes(b"nobody knows this")
    done = served.here("import", bank, str(unknown), "--pod", ana, "--json")
    assert (done.status, [report["new"] for report in done.json()]) == (1, [20])
    assert done.err.startswith("pod: unknown: ")


def test_two_imports_at_once_both_succeed(served: Host, ana: str, tmp_path: Path) -> None:
    """Of one meter and one month, so that both write the same documents; and of large files."""
    home = household(date(2026, 3, 1), 20, 0)
    curve = home.load_curve.splitlines(keepends=True)
    halves = (curve[:3] + curve[3:500], curve[:3] + curve[500:])
    files = [tmp_path / f"{number}.csv" for number in range(2)]
    for file, lines in zip(files, halves, strict=True):
        file.write_bytes(b"".join(lines) + b"\r\n" * 150_000)  # more than is kept in memory
    with ThreadPoolExecutor() as threads:
        words = [("import", str(f), "--pod", ana, "--holder", ENERGY, "--json") for f in files]
        done = list(threads.map(lambda each: served.command(*each), words))
    assert [(one.status, one.err) for one in done] == [(0, ""), (0, "")]
    assert sum(one.json()[0]["new"] for one in done) == len(home.load)
    days = COUNT.replace("BankTransaction", "Consumption")
    told = served.here("query", ana, days).json()
    assert int(told["results"]["bindings"][0]["n"]["value"]) == home.days
    assert served.here("check", "--pod", ana, "--json").json() == []


def test_an_option_may_be_what_is_in_a_file(served: Host, ana: str, tmp_path: Path) -> None:
    cards = Path(__file__).parents[1] / "importers" / "health" / "cards.smart-health-card"
    keys = tmp_path / "issuer.json"
    said = Path(f"{cards}.options").read_text(encoding="utf-8").removeprefix("keys=")
    keys.write_text(said, encoding="utf-8")
    words = ("import", str(cards), "--pod", ana, "--dry-run", "--json", "--option")
    (found,) = served.here(*words, f"keys=@{keys}").json()
    checks = {check["name"]: check["got"] for check in found["checks"]}
    assert checks["signature of card 1"] == "valid"
    assert served.here(*words, f"keys=@{keys}.none").status == 2


def test_one_bank_in_two_formats_is_imported_once(served: Host, ana: str, tmp_path: Path) -> None:
    said = [(1 + day, f"-{day % 7 + 2}.50", f"CB EPICERIE {day % 3}") for day in range(18)]
    said += [(20, "-2.00", "CB CAFE"), (20, "-2.00", "CB CAFE")]
    table = ["Date;Date de valeur;Montant;Libellé;Solde"] + [
        f"{day:02}/03/2026;{day:02}/03/2026;{amount.replace('.', ',')};{label};"
        for day, amount, label in said
    ]
    statement = [
        f"<STMTTRN><TRNTYPE>POS<DTPOSTED>202603{day:02}<TRNAMT>{amount}<FITID>T{number}"
        f"<NAME>PAIEMENT {label.removeprefix('CB ')}</STMTTRN>"
        for number, (day, amount, label) in enumerate(said)
    ]
    account = "<BANKID>30006<BRANCHID>00001<ACCTID>12345678901<ACCTTYPE>CHECKING"
    files = tmp_path / "bank.csv", tmp_path / "bank.ofx"
    files[0].write_text("\n".join([*table, ""]))
    files[1].write_text(
        "OFXHEADER:100\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR"
        f"<BANKACCTFROM>{account}</BANKACCTFROM><BANKTRANLIST>{''.join(statement)}"
        "</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>"
    )
    for new in (20, 0):
        for file in files:
            number = ("--option", "account=FR7630006000011234567890189")
            words = ("import", str(file), "--pod", ana, "--holder", BANK, "--json")
            done = served.here(*words, *(number if file == files[0] else ()))
            (report,) = done.json()
            assert (done.status, report["read"]) == (0, 20), report
            assert report["new"] == (new if file == files[0] else 0)
            assert count(served, ana) == 20
    assert report["resources"] == []
