"""Electrocardiograms of Apple Health, in whatever language the telephone was."""

import io

import pytest

from importers import by_format, identify
from importers.contract import Options, Problem, Record, Sample

ENGLISH = """Name,Camille Exemple
Date of Birth,"Mar 12, 1974"
Recorded Date,2024-03-31 09:14:40 -0400
Classification,Sinus Rhythm
Symptoms,
Software Version,1.51
Device,"Watch5,4"
Sample Rate,512 hertz


Lead,Lead I
Unit,µV

-48.673
-59.681
"""
GERMAN = """Name,Camille Exemple
Geburtsdatum,12.03.1974
Aufzeichnungsdatum,2024-03-31 09:14:40 -0400
Klassifizierung,Sinusrhythmus
Symptome,
Softwareversion,1.51
Gerät,"Watch5,4"
Messrate,512 Hertz


Ableitung,Ableitung I
Einheit,µV

-48,673
-59,681
"""


def read(text):
    return list(by_format("apple-ecg").parse(io.BytesIO(text.encode()), Options()))


@pytest.mark.parametrize(("text", "seen"), [(ENGLISH, "Sinus Rhythm"), (GERMAN, "Sinusrhythmus")])
def test_a_recording_is_read_in_any_language(text, seen):
    assert [one.format for one, _ in identify("x", text.encode())] == ["apple-ecg"]
    record, *samples = read(text)
    assert dict(record.fields)["sosa:hasSimpleResult"] == seen
    assert [str(s.values[0][1]) for s in samples] == ["-48.673", "-59.681"]
    assert [s.start.isoformat() for s in samples] == [
        "2024-03-31T09:14:40-04:00",
        "2024-03-31T09:14:40.001953-04:00",
    ]


def test_two_recordings_of_a_day_are_two_measures():
    one, other = (read(text)[0] for text in (ENGLISH, ENGLISH.replace("09:14", "10:14")))
    assert one.key != other.key


def test_neither_the_name_nor_the_birth_date_is_kept():
    said = str([item for item in read(ENGLISH) if isinstance(item, Record)])
    assert "Camille" not in said
    assert "1974" not in said


def test_a_voltage_that_cannot_be_read_leaves_the_others_at_their_moments():
    found = read(ENGLISH.replace("-48.673", "x"))
    told = [(item.row, item.message[-6:]) for item in found if isinstance(item, Problem)]
    assert told == [(True, "oltage"), (False, "1 of 2")]
    (sample,) = [item for item in found if isinstance(item, Sample)]
    assert sample.start.microsecond == 1953


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (ENGLISH.replace("09:14:40", "09.14.40"), "2 voltages are not kept"),
        (ENGLISH.replace("512 hertz", "fast"), "2 voltages are not kept"),
        (ENGLISH.replace("µV", "mV"), "in which unit"),
        (ENGLISH.partition("-48")[0], "no voltages"),
        (ENGLISH[:-2], "ends within this line"),
        (ENGLISH.replace("2024-03-31", "2024-02-31"), "does not exist"),
    ],
)
def test_what_is_missing_is_told(broken, reason):
    assert any(reason in i.message and i.row for i in read(broken) if isinstance(i, Problem))
