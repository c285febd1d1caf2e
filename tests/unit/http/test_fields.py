from datetime import UTC, datetime, timedelta, timezone
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pod.http.fields import (
    LONGEST_NAME,
    entity_tags,
    http_date,
    link_targets,
    media_type,
    read_http_date,
    slug,
)
from vocab.iri import ResourceIri


@pytest.mark.spec("RFC 9110 §8.3.1")
@pytest.mark.parametrize(
    ("value", "essence", "parameters"),
    [
        ("text/turtle", "text/turtle", {}),
        ("Text/Turtle ;charset=UTF-8", "text/turtle", {"charset": "UTF-8"}),
        ('a/b; Profile="x;y, \\"z\\""; c=d', "a/b", {"profile": 'x;y, "z"', "c": "d"}),
        ("a/b;c=1;c=2", "a/b", {"c": "1"}),
        ("a/b;flag;;", "a/b", {"flag": ""}),
        ('a/b;c="open', "a/b", {"c": ""}),
        ("", "", {}),
    ],
)
def test_a_media_type_is_an_essence_and_parameters(value, essence, parameters):
    assert media_type(value) == (essence, parameters)


BASIC = "http://www.w3.org/ns/ldp#BasicContainer"


@pytest.mark.spec("RFC 8288 §3")
@pytest.mark.parametrize(
    ("values", "rel", "targets"),
    [
        pytest.param(f'<{BASIC}>; rel="type"', "type", [BASIC], id="one"),
        pytest.param(f"<{BASIC}>;rel=type", "type", [BASIC], id="no quotes"),
        pytest.param(f"<{BASIC}>; REL=Type", "type", [BASIC], id="case"),
        pytest.param('<a>; rel="type", <b>; rel="type"', "type", ["a", "b"], id="one line"),
        pytest.param(['<a>; rel="type"', "<b>;rel=type"], "type", ["a", "b"], id="two lines"),
        pytest.param('<a>; rel="next type"', "type", ["a"], id="several relations"),
        pytest.param('<a>; rel="types"', "type", [], id="another relation"),
        pytest.param('<a>; rel=acl; rel="type"', "type", [], id="the first rel counts"),
        pytest.param('<a,b;c>; title="x, <y>; rel=no"; rel="type"', "type", ["a,b;c"], id="commas"),
        pytest.param('<a>; rel="type"; anchor="#x"', "type", [], id="of something else"),
        pytest.param("<a>; rel=http://x.example/#y", "http://x.example/#Y", ["a"], id="an IRI"),
        pytest.param('<a>; title="open, <b>; rel=type', "type", ["b"], id="an open quote"),
        pytest.param("a; rel=type", "type", [], id="no brackets"),
        pytest.param("<a>", "type", [], id="no relation"),
        pytest.param("< a >; rel=type", "type", ["a"], id="space"),
        pytest.param("", "type", [], id="empty"),
    ],
)
def test_the_targets_of_links(values, rel, targets):
    assert link_targets(values, rel) == tuple(targets)


@given(st.text('<>;,"=\\ arel', max_size=60))
def test_no_link_field_breaks_the_reader(value):
    assert all("<" not in target for target in link_targets(value, "a"))


@pytest.mark.spec("RFC 9110 §8.8.3")
@pytest.mark.parametrize(
    ("value", "tags"),
    [
        ('"a"', ['"a"']),
        ('"a", W/"b"', ['"a"', 'W/"b"']),
        ('"a,b" ,"c;/d"', ['"a,b"', '"c;/d"']),
        ('""', ['""']),
        ("a, *", []),
        ('"open', []),
    ],
)
def test_entity_tags_are_split_outside_quotes(value, tags):
    assert entity_tags(value) == tuple(tags)


THEN = datetime(1994, 11, 6, 8, 49, 37, tzinfo=UTC)


@pytest.mark.spec("RFC 9110 §5.6.7")
@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("Sun, 06 Nov 1994 08:49:37 GMT", THEN),
        ("Sunday, 06-Nov-94 08:49:37 GMT", THEN),
        ("Sun Nov  6 08:49:37 1994", THEN),
        (" Sun, 06 Nov 1994 08:49:37 GMT ", THEN),
        ("Sun, 06 Nov 1994 08:49:37 +0000", None),
        ("Sun, 06 Nov 1994 08:49:37", None),
        ("Sun, 06 Xyz 1994 08:49:37 GMT", None),
        ("Sun, 31 Nov 1994 08:49:37 GMT", None),
        ("Sun, 06 Nov 1994 08:49:77 GMT", None),
        ("1994-11-06T08:49:37Z", None),
        ("0", None),
        ("", None),
    ],
)
def test_reading_dates(value, moment):
    assert read_http_date(value) == moment


def test_writing_a_date():
    local = THEN.astimezone(timezone(timedelta(hours=2))).replace(microsecond=999_999)
    assert http_date(local) == "Sun, 06 Nov 1994 08:49:37 GMT"


@given(st.datetimes(datetime(1970, 1, 1), datetime(2069, 1, 1)))  # noqa: DTZ001 - made aware below
def test_a_written_date_is_read_back(moment):
    aware = moment.replace(tzinfo=UTC)
    assert read_http_date(http_date(aware)) == aware.replace(microsecond=0)


@pytest.mark.parametrize(
    ("value", "segment"),
    [
        pytest.param("foobar", "foobar", id="plain"),
        pytest.param("  my note.ttl ", "my%20note.ttl", id="spaces"),
        pytest.param("caf%C3%A9", "caf%C3%A9", id="percent-encoded"),
        pytest.param("café", "caf%C3%A9", id="plain Unicode"),
        pytest.param("%66oo", "foo", id="needless escape"),
        pytest.param("50%", "50%25", id="a percent sign that is none"),
        pytest.param("a?b#c", "a%3Fb%23c", id="no query, no fragment"),
        pytest.param("box/", "box", id="a container"),
        pytest.param("x.acl", "x.acl", id="reserved names are seen by the caller"),
        pytest.param("a/b", None, id="two segments"),
        pytest.param("a%2Fb", None, id="two segments, escaped"),
        pytest.param("a//", None, id="an empty segment"),
        pytest.param("..", None, id="dots"),
        pytest.param("%2e", None, id="an escaped dot"),
        pytest.param("../", None, id="dots of a container"),
        pytest.param("", None, id="empty"),
        pytest.param("/", None, id="only a slash"),
        pytest.param("a%00b", None, id="NUL"),
        pytest.param("a%0Ab", None, id="a line break"),
        pytest.param("a\u2028b", None, id="a line separator"),
        pytest.param("%FF", None, id="no UTF-8"),
        pytest.param("a\udcff", None, id="no UTF-8, unescaped"),
        pytest.param("é" * LONGEST_NAME, "%C3%A9" * LONGEST_NAME, id="as long as may be"),
        pytest.param("a" * (LONGEST_NAME + 1), None, id="too long"),
    ],
)
def test_the_name_that_a_slug_proposes(value, segment):
    assert slug(value) == segment


@given(st.text(max_size=20))
def test_a_slug_is_one_canonical_segment_or_nothing(value):
    segment = slug(quote(value, errors="surrogatepass"))
    if segment is not None:
        assert ResourceIri.parse("https://pod.example/", segment).path == segment
        assert "/" not in segment
