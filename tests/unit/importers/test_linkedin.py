"""Tables of LinkedIn: notes above the columns, dates in English, times without a zone."""

import io
from datetime import date

import pytest

from importers import identify
from importers.contract import Options, Problem, Record, Typed
from importers.platforms.linkedin import LinkedIn
from importers.platforms.linkedin_times import civil_day, month

CONNECTIONS = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"


def read(text, **said):
    return list(LinkedIn().parse(io.BytesIO(text.encode()), Options(values=said)))


@pytest.mark.parametrize(
    "notes", ["", 'Notes:\n"Some, addresses are missing."\n\n', "Notes:\n\n\n"]
)
def test_the_columns_are_found_below_notes(notes):
    content = notes + CONNECTIONS + "Léa,Petit,https://www.linkedin.com/in/lea,,,,05 Mar 2021\n"
    assert identify("Connections.csv", content.encode())[0][0].format == "linkedin"
    (found,) = read(content)
    assert (found.kind, dict(found.fields)["sd:date"]) == ("Contact", date(2021, 3, 5))


@pytest.mark.parametrize(
    ("header", "row", "nature"),
    [
        ("Date,Type,Link", "2021-03-05 12:34:56 UTC,LIKE,https://a.example/", "like"),
        ("Date,Link,Message", '2021-03-05 12:34:56 UTC,https://a.example/,"a\nb"', "comment"),
        ("Date,ShareLink,ShareCommentary,Visibility", "2021-03-05 12:34 UTC,,oui,ALL", "publish"),
        ("Time,Search Query", "2021/03/05 12:34:56 UTC,vélo", "search"),
        (
            "Login Date,IP Address,User Agent,Login Type",
            "Fri Mar 05 12:34:56 UTC 2021,192.0.2.7,x,WEB",
            "login",
        ),
    ],
)
def test_each_table_is_known_by_its_columns(header, row, nature):
    content = f"{header}\n{row}\n"
    assert identify("x.csv", content.encode())[0][0].format == "linkedin"
    (found,) = read(content)
    assert dict(found.fields)["sd:nature"].name == nature
    assert found.on == date(2021, 3, 5)
    assert "192.0.2.7" not in str(found)


@pytest.mark.parametrize("written", ["05 Mar 2021", "05-Mar-21", "5-Mar-2021", "3/5/21, 6:14 PM"])
def test_a_day_is_read_as_it_came_and_as_a_program_saved_it_anew(written):
    assert civil_day(written) == date(2021, 3, 5)


def test_what_is_no_e_mail_address_is_left_out_and_told():
    remark, found = read(CONNECTIONS + "Léa,Petit,,urn:li:member:6,,,05 Mar 2021\n")
    assert "e-mail address" in remark.message
    assert not remark.row
    assert "vcard:hasEmail" not in dict(found.fields)


def test_messages_of_2018_say_their_direction():
    table = "From,To,Date,Subject,Content,Direction,Folder\n"
    row = 'Léa Petit,Camille,"10/16/18, 12:36 AM",Bonjour,"Ça va ?",INCOMING,INBOX\n'
    assert identify("Messages.csv", (table + row).encode())[0][0].format == "linkedin"
    (asked,) = read(table + row)
    assert "--option zone=UTC" in asked.message
    (found,) = read(table + row, zone="UTC")
    said = dict(found.fields)
    assert said["schema:dateSent"].isoformat() == "2018-10-16T00:36:00+00:00"
    assert said["sd:direction"].name == "in"


def test_a_time_without_its_zone_is_asked_for_and_not_guessed():
    content = "Date,Type,Link\n2021-03-05 12:34:56,LIKE,https://a.example/\n"
    (found,) = read(content)
    assert isinstance(found, Problem)
    assert "--option zone=UTC" in found.message
    assert isinstance(read(content, zone="UTC")[0], Record)


def test_dates_are_as_exact_as_they_are_said():
    assert civil_day("5 Mar 2021") == date(2021, 3, 5)
    assert month("Mar 2019") == Typed("2019-03", "xsd:gYearMonth")
    assert month("2019") == Typed("2019", "xsd:gYear")
    for wrong in ("Foo 2019", "hier", ""):
        with pytest.raises(ValueError, match="date"):
            month(wrong)
    for wrong in ("31 Feb 2021", "05/03/2021", "05 Foo 2021"):
        with pytest.raises(ValueError, match="date|day"):
            civil_day(wrong)


def test_one_person_has_one_pseudonym_however_her_address_is_written():
    content = CONNECTIONS + "Léa,Petit,https://www.linkedin.com/in/L%C3%A9a/,,,,05 Mar 2021\n"
    other = content.replace("L%C3%A9a/", "léa")
    assert read(content)[0].key == read(other)[0].key


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("Léa,Petit", "fewer cells"),
        ('Léa,"Pe\ntit",,,,,05 Mar 2021\n', "quote"),
        ("Léa,Petit,,,,,05 Mar 202", "ends within"),
    ],
)
def test_a_row_that_cannot_be_read_says_why(row, words):
    (found,) = read(CONNECTIONS + row)
    assert isinstance(found, Problem)
    assert words in found.message


def test_without_the_names_of_its_columns_nothing_is_read():
    assert [one.message for one in read("a,b\n1,2\n")] == [
        "the row with the names of the columns is missing"
    ]
