"""Chats of WhatsApp: dates of all countries, lines of several, marks that show nothing."""

import io

import pytest

from importers import identify
from importers.contract import Options, Problem, Record
from importers.naming import pseudonyms
from importers.phone import PARTY_OF, party_of
from importers.platforms.whatsapp import WhatsApp
from tests.importers.golden import naming

# "28/1/2018, 7:02" in the evening, as telephones in Arabic write it
ARABIC = "\u0662\u0668\u200f/\u0661\u200f/\u0662\u0660\u0661\u0668\u060c \u0667:\u0660\u0662 \u0645"
SECRET = pseudonyms(b"a secret")


def read(text, **said):
    return list(WhatsApp().parse(io.BytesIO(text.encode()), Options(values=said)))


def records(items):
    return [dict(item.fields) for item in items if isinstance(item, Record)]


def problems(items):
    return [item.message for item in items if isinstance(item, Problem) and item.row]


@pytest.mark.parametrize(
    ("line", "moment"),
    [
        ("[04.01.18, 11:53:57] A: x", "2018-01-04T11:53:57+01:00"),
        ("\u200e[2018-01-04, 11:53:57] A: x", "2018-01-04T11:53:57+01:00"),
        ("[13/01/2018 à 11:53:57] A: x", "2018-01-13T11:53:57+01:00"),
        ("1/14/18, 7:02\u202fPM - A: x", "2018-01-14T19:02:00+01:00"),
        ("14/1/18, 7:02 p. m. - A: x", "2018-01-14T19:02:00+01:00"),
        ("14/01/2018 à 19:02 - A: x", "2018-01-14T19:02:00+01:00"),
        ("14.01.18, 00:02 - A: x", "2018-01-14T00:02:00+01:00"),
        ("1/14/18, 12:02 AM - A: x", "2018-01-14T00:02:00+01:00"),
        ("[\u200e14/01/18, 19:02:11] A: x", "2018-01-14T19:02:11+01:00"),
        ("14/01/18, 19:02:11: A: x", "2018-01-14T19:02:11+01:00"),
        ("14-01-18 19:02 - A: x", "2018-01-14T19:02:00+01:00"),
        ("[14/1/18 7:02:11 p.\xa0m.] A: x", "2018-01-14T19:02:11+01:00"),
        ("18/1/14 12:02 - A: x", "2014-01-18T12:02:00+01:00"),
        ("14/1/18, 0:02 a. m. - A: x", "2018-01-14T00:02:00+01:00"),
        ("[2018/1/14 下午7:02:11] A: x", "2018-01-14T19:02:11+01:00"),
        ("2018/1/14 上午12:02 - A: x", "2018-01-14T00:02:00+01:00"),
        ("[2018. 1. 14. 오후 7:02:11] A: x", "2018-01-14T19:02:11+01:00"),
        ("14.1.2018 klo 19.02 - A: x", "2018-01-14T19:02:00+01:00"),
        ("14.01.2018 kl. 19.02 - A: x", "2018-01-14T19:02:00+01:00"),
        ("14.01.2018. 19:02 - A: x", "2018-01-14T19:02:00+01:00"),
        ("14/1/18, 7:02 μ.μ. - A: x", "2018-01-14T19:02:00+01:00"),
        ("19:02, 14/01/2018 - A: x", "2018-01-14T19:02:00+01:00"),
        (f"{ARABIC} - A: x", "2018-01-28T19:02:00+01:00"),
    ],
)
def test_each_way_to_write_a_time_is_read(line, moment):
    assert identify("_chat.txt", line.encode())[0][0].format == "whatsapp"
    (found,) = records(read(line + "\n"))
    assert (found["schema:dateSent"].isoformat(), found["schema:text"]) == (moment, "x")


def test_a_day_after_the_twelfth_tells_the_order_for_the_whole_file():
    found = records(read("3/4/23, 09:00 - A: x\n3/14/23, 09:00 - A: y\n"))
    assert [str(one["sd:date"]) for one in found] == ["2023-03-04", "2023-03-14"]


def test_the_order_of_messages_tells_it_where_no_day_does():
    found = records(read("3/4/23, 09:00 - A: x\n1/5/23, 09:00 - A: y\n"))
    assert [str(one["sd:date"]) for one in found] == ["2023-04-03", "2023-05-01"]


def test_what_is_not_to_be_seen_is_asked_for_and_not_guessed():
    text = "3/4/23, 09:00 - A: x\n3/5/23, 09:00 - A: y\n"
    assert records(read(text)) == []
    assert ["dates=day-first" in one for one in problems(read(text))] == [True, True]
    found = records(read(text, dates="month-first"))
    assert [str(one["sd:date"]) for one in found] == ["2023-03-04", "2023-03-05"]


def test_messages_of_one_minute_are_of_one_hour_in_october():
    text = "27.10.24, 02:30 - A: 1\n27.10.24, 02:30 - A: 2\n27.10.24, 02:10 - A: 3\n"
    hours = [one["schema:dateSent"].utcoffset().seconds // 3600 for one in records(read(text))]
    assert hours == [2, 2, 1]


def test_who_writes_is_a_pseudonym_and_a_number_the_one_of_its_calls():
    items = read("14.01.18, 00:02 - \u202a+33 6 39 98 56 78\u202c: x\n14.01.18, 00:03 - Zoé: y\n")
    number, name = (one["schema:sender"] for one in records(items))
    assert number == party_of("+33639985678")
    assert name.value.startswith(PARTY_OF)
    context = naming("community")
    assert "639985678" not in context.without_number(number.value)
    assert "zoé" not in context.without_number(name.value).casefold()


def test_the_person_says_which_of_the_names_is_hers():
    items = read("14.01.18, 00:02 - Zoé: x\n14.01.18, 00:03 - Ana: y\n", me="ana")
    assert [one["sd:direction"].name for one in records(items)] == ["in", "out"]


def test_a_message_may_have_lines_and_be_empty():
    items = read("14.01.18, 00:02 - Zoé: x: y\n\nz\n14.01.18, 00:03 - Zoé:\n")
    assert [one["schema:text"] for one in records(items)] == ["x: y\n\nz", ""]


def test_a_line_that_begins_like_a_message_is_told():
    items = read(
        "14.01.18, 00:02 - Zoé: x\n14/01/2018 14:30 dentiste\n12 oeufs\n"
        "[14.01.18, 00:03] Zoé: y\n14.01.1;, 00:04 - Zoé: z\nof it\n"
    )
    (message,) = records(items)
    assert message["schema:text"] == "x\n14/01/2018 14:30 dentiste\n12 oeufs"
    said = [(item.locator, item.row) for item in items if isinstance(item, Problem)]
    assert said == [("/", False), ("line=2", False), ("line=4", True), ("line=5", True)]


def test_dates_may_begin_with_two_digits_of_the_year():
    lines = ("23-05-04", "23-05-05", "23-06-19", "24-01-10")
    items = read("".join(f"{day}, 00:02 - Zoé: x\n" for day in lines))
    assert [one["sd:date"].isoformat() for one in records(items)] == [f"20{day}" for day in lines]
    (found,) = records(read("23-05-04, 00:02 - Zoé: x\n"))  # one may be spoilt
    assert found["sd:date"].isoformat() == "2004-05-23"


def test_a_last_message_without_the_end_of_its_line_is_kept_and_told():
    items = read("14.01.18, 00:02 - Zoé: x\n14.01.18, 00:03 - Zoé: y")
    assert [one["schema:text"] for one in records(items)] == ["x", "y"]
    said = [item for item in items if isinstance(item, Problem) and item.locator == "line=2"]
    assert ["without ending its line" in one.message for one in said] == [True]
    assert not said[0].row


@pytest.mark.parametrize("end", ["Zo", "Zoé:", "Zoé: "])
def test_a_file_that_ends_before_the_text_of_a_message_says_so(end):
    items = read(f"14.01.18, 00:02 - Zoé: x\n14.01.18, 00:03 - {end}")
    assert len(records(items)) == 1
    assert "ends within this message" in problems(items)[0]


def test_a_year_of_another_calendar_is_not_taken_for_one_of_ours():
    assert "another calendar" in problems(read("14/1/2561, 19:02 - A: x\n"))[0]


@pytest.mark.parametrize(
    "text",
    [
        "bonjour\n12/05 rdv\n",
        "2024-01-01 12:00 INFO start\n",
        "[2024-01-01 12:00:00] pod.ERROR: no such file\n",
        "2024-01-01 12:00:00 - WARNING - disk: full\n",
        "",
    ],
)
def test_other_texts_are_no_chats(text):
    assert identify("x.txt", text.encode()) == ()
