import pytest

from vocab.lexical import WELL_FORMED
from vocab.names import RDF, XSD

GOOD = [
    (XSD.string, ""),
    (RDF.langString, "é"),
    (RDF.JSON, "[1,null]"),
    (XSD.boolean, "true"),
    (XSD.boolean, "0"),
    (XSD.integer, "-012"),
    (XSD.decimal, "+69.00"),
    (XSD.decimal, ".5"),
    (XSD.decimal, "5."),
    (XSD.date, "2017-03-06"),
    (XSD.date, "2017-03-06+01:00"),
    (XSD.date, "2016-02-29"),
    (XSD.date, "2000-02-29"),
    (XSD.date, "12017-01-31Z"),
    (XSD.date, "-0044-03-15"),
    (XSD.dateTime, "2017-03-26T02:30:00+01:00"),
    (XSD.dateTime, "2017-03-26T02:30:00.125Z"),
    (XSD.dateTime, "2017-03-26T24:00:00"),
    (XSD.dateTime, "2017-03-26T00:00:00-14:00"),
    (XSD.duration, "P1Y2M3DT4H5M6.5S"),
    (XSD.duration, "-P1Y"),
    (XSD.dayTimeDuration, "PT30M"),
    (XSD.dayTimeDuration, "P1DT12H"),
]
BAD = [
    (XSD.boolean, "TRUE"),
    (XSD.integer, "1.0"),
    (XSD.integer, "\u0661"),
    (XSD.integer, "1\n"),
    (XSD.decimal, "1e3"),
    (XSD.decimal, "."),
    (XSD.decimal, "NaN"),
    (XSD.decimal, "1,5"),
    (XSD.date, "2017-3-6"),
    (XSD.date, "2017-02-29"),
    (XSD.date, "1900-02-29"),
    (XSD.date, "2017-04-31"),
    (XSD.date, "2017-13-01"),
    (XSD.date, "2017-03-06T00:00:00"),
    (XSD.date, "017-03-06"),
    (XSD.dateTime, "2017-03-06"),
    (XSD.dateTime, "2017-03-06 10:00:00"),
    (XSD.dateTime, "2017-03-06T25:00:00"),
    (XSD.dateTime, "2017-03-06T24:00:01"),
    (XSD.dateTime, "2017-03-06T10:00"),
    (XSD.dateTime, "2017-03-06T10:00:00+15:00"),
    (XSD.dateTime, "2017-02-30T10:00:00Z"),
    (XSD.duration, "P"),
    (XSD.duration, "P1YT"),
    (XSD.duration, "1Y"),
    (XSD.dayTimeDuration, "P1M"),
    (XSD.dayTimeDuration, "PT"),
]


def name(pair):
    return f"{pair[0].rpartition('#')[2]}-{pair[1]!r}"


@pytest.mark.spec("XSD 1.1 Part 2 §3.3 #built-in-primitive-datatypes")
@pytest.mark.parametrize("pair", GOOD, ids=name)
def test_well_formed(pair):
    assert WELL_FORMED[pair[0]](pair[1])


@pytest.mark.spec("XSD 1.1 Part 2 §3.3 #built-in-primitive-datatypes")
@pytest.mark.parametrize("pair", BAD, ids=name)
def test_malformed(pair):
    assert not WELL_FORMED[pair[0]](pair[1])
