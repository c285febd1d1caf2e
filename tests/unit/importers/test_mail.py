"""Mail: where messages begin, what their headers say, and that none of it takes much memory."""

import io
from datetime import date

import pytest

from importers import identify
from importers.contract import Options, Problem, Record
from importers.correspondence.mail import EMail
from importers.correspondence.mail_headers import addresses, labels, moment, text

FROM = "From 154@xxx Thu Aug 18 07:28:18 +0000 2016"
DATE = "Date: Thu, 18 Aug 2016 09:28:18 +0200"


def message(*headers, before=FROM, body="texte"):
    return "\n".join([before, DATE, *headers, "", body, "", ""])


def read(content, **options):
    octets = content.encode() if isinstance(content, str) else content
    return list(EMail().parse(io.BytesIO(octets), Options(values=options)))


def records(items):
    return [item for item in items if isinstance(item, Record)]


def only(*headers, **options):
    (record,) = records(read(message(*headers), **options))
    found = {}
    for name, value in record.fields:
        found.setdefault(name, []).append(getattr(value, "name", getattr(value, "value", value)))
    return found


@pytest.mark.parametrize(
    "body",
    [
        ">From what I heard\n\n>From Thu Aug 18 07:28:18 2016",
        "\nFrom now on there is no meeting\non Monday",
        "\nFrom here:\n",
        "> quoted\n\n On Thu Aug 18 07:28:18 2016\n",
        "x" * 5000,
    ],
)
def test_what_stands_in_a_text_begins_no_message(body):
    items = read(message("Subject: un", body=body) + message("Subject: deux"))
    assert [dict(one.fields)["schema:name"] for one in items] == ["un", "deux"]


@pytest.mark.parametrize(
    "before",
    [
        FROM,
        "From - Thu Aug 18 07:28:18 2016",
        "From zoe@mail.example Thu Aug  8 07:28:18 2016",
        "From MAILER-DAEMON Fri Jul 8 12:08 CET 2011",
        "From zoe@mail.example at some time",
    ],
)
def test_lines_before_messages_of_several_programs(before):
    content = message("Subject: un", before=before) * 3
    assert len(records(read(content))) == 3
    ((importer, _),) = identify("x", content.encode())
    assert importer.format == "mail"


def test_windows_ends_of_lines():
    content = (message("Subject: un") * 2).replace("\n", "\r\n")
    assert [dict(one.fields)["schema:name"] for one in read(content)] == ["un", "un"]


@pytest.mark.parametrize(
    "damaged",
    [
        FROM.replace("From", "Fr0m"),
        FROM.replace("From", "Fro\nm"),
        FROM.replace("Aug", "A\nug"),
        FROM.removesuffix("6") + "\n",
    ],
)
def test_a_message_whose_beginning_is_damaged_is_told(damaged):
    items = read(message("Subject: un") + message("Subject: deux", before=damaged))
    assert len(records(items)) == 1
    assert [item.row for item in items if isinstance(item, Problem)] == [True]


@pytest.mark.parametrize(
    ("field", "plain"),
    [
        ("=?UTF-8?B?RsOqdGU=?=", "Fête"),
        ("=?utf-8?q?F=C3=AAte_de_mars?=", "Fête de mars"),
        ("Re: =?ISO-8859-1?Q?F=EAte?= chez nous", "Re: Fête chez nous"),
        ("=?UTF-8?Q?F=C3?= =?UTF-8?Q?=AAte?=", "Fête"),
        ("=?UTF-8*fr?Q?F=C3=AAte?=", "Fête"),
        ("=?nowhere?Q?F=C3=AAte?=", "Fête"),
        ("=?UTF-8?B?pas du base64?=", "pas du base64"),
        ("=?UTF-8?B?RsOqdG?=", "Fêt"),
        ("Fête", "Fête"),
    ],
)
def test_words_in_other_letters(field, plain):
    assert text(field) == plain


def test_labels_of_gmail_are_read_in_any_language():
    field = '=?UTF-8?Q?Bo=C3=AEte_de_r=C3=A9ception,"Amis,_famille",Bo=C3=AEte_de_r=C3=A9ception?='
    assert labels(field) == ("Boîte de réception", "Amis, famille")


@pytest.mark.parametrize("label", ["Sent", "Messages envoyés", "=?UTF-8?B?RW52b3nDqXM=?="])
def test_what_was_sent_is_told_by_its_label(label):
    assert only(f"X-Gmail-Labels: {label},Archived")["sd:direction"] == ["out"]


@pytest.mark.parametrize(
    ("headers", "options", "direction"),
    [
        (["Delivered-To: camille@pod.example"], {}, ["in"]),
        (["From: Camille <Camille@pod.example>"], {"address": "camille@pod.example"}, ["out"]),
        (["From: zoe@mail.example"], {"address": "camille@pod.example"}, ["in"]),
        (["From: zoe@mail.example"], {}, None),
    ],
)
def test_which_way_a_message_went(headers, options, direction):
    assert only(*headers, **options).get("sd:direction") == direction


@pytest.mark.parametrize(
    ("field", "found"),
    [
        ('"Benali, Malik" <m@x.example>, z@x.example', ["m@x.example", "z@x.example"]),
        ("zoe@x.example (Zoé, la voisine)", ["zoe@x.example"]),
        ('"a@b.example" <m@x.example>', ["m@x.example"]),
        ("undisclosed-recipients:;", [""]),
        ("amis: m@x.example;", ["m@x.example"]),
    ],
)
def test_addresses_are_taken_without_names(field, found):
    assert list(addresses(field)) == found


@pytest.mark.parametrize(
    ("written", "instant"),
    [
        ("Thu, 18 Aug 2016 09:28:18 +0200", "2016-08-18T09:28:18+02:00"),
        ("18 Aug 16 09:28:18 GMT", "2016-08-18T09:28:18+00:00"),
        ("Thu, 18 Aug 2016 09:28:18 -0000", "2016-08-18T09:28:18+00:00"),
        ("Thu, 18 Aug 2016 09:28:18 +0200 (CEST)", "2016-08-18T09:28:18+02:00"),
        ("Thu, 18 Aug 2016 09:28:18", None),
        ("Thu, 18 Aug 2016 09:28:18 +9900", None),
        ("Wed, 31 Feb 2016 09:28:18 +0200", None),
        ("hier", None),
        ("", None),
    ],
)
def test_a_date_is_an_instant_or_none(written, instant):
    found = moment(written)
    assert (found.isoformat() if found else None) == instant


def test_a_message_without_a_date_has_that_of_the_line_before_it():
    (record,) = records(read(f"{FROM}\nSubject: x\n\ntexte\n"))
    assert record.on == date(2016, 8, 18)
    (record,) = records(
        read("Received: from x by y; 19 Aug 2016 10:00:00 +0200\nDate: hier\nFrom: z@x.example\n\n")
    )
    assert record.on == date(2016, 8, 19)
    (lost,) = read("From - Thu Aug 18 07:28:18 2016\nSubject: x\n\ntexte\n")
    assert isinstance(lost, Problem)


def test_a_message_that_is_there_twice_is_one_and_names_no_machine():
    one, two = records(read(message("Message-ID: <a.b@pc-de-zoe.example>") * 2))
    assert (one.key, one.fields) == (two.key, two.fields)
    assert "zoe" not in repr(one)


def test_without_a_message_id_the_headers_tell_messages_apart():
    one, two = records(read(message("Subject: un") + message("Subject: deux")))
    assert one.key != two.key


def test_the_text_is_not_kept():
    assert "secret" not in repr(read(message("Subject: x", body="secret")))


def test_headers_that_are_cut_are_told():
    items = read(message("Subject: un") + FROM + "\n" + DATE + "\nSubject: deu")
    assert [type(item) for item in items] == [Record, Problem]


def test_a_single_message_is_known_and_read():
    content = f"From: zoe@mail.example\n{DATE}\nSubject: un\n\ntexte\n".encode()
    ((importer, _),) = identify("un.eml", content)
    assert importer.format == "mail"
    assert len(records(read(content))) == 1


@pytest.mark.parametrize("content", [b"From: somewhere\nTo: elsewhere\n", b"Date: 2026\nx\n", b""])
def test_other_texts_are_no_mail(content):
    assert EMail().recognise("un.eml", content) is None


def test_a_message_of_any_size_is_passed_over():
    class Endless(io.RawIOBase):
        """A mailbox with a message of 4 MiB, made as it is read."""

        def __init__(self):
            text = [b"A" * 76 + b"\n"] * 60_000
            first, last = message("Subject: un").encode(), message("Subject: deux").encode()
            self.pieces = iter([first, *text, b"\n", last])
            self.longest = 0

        def read(self, size=-1):
            self.longest = max(self.longest, size)
            return next(self.pieces, b"")

    source = Endless()
    names = [dict(one.fields)["schema:name"] for one in EMail().parse(source, Options())]
    assert names == ["un", "deux"]
    assert source.longest <= 1 << 20
