"""Conditional requests (RFC 9110 §13) on documents and containers."""

from datetime import timedelta
from email.utils import format_datetime, parsedate_to_datetime

import pytest
from answers import members

LONG_AGO = "Mon, 01 Jan 2001 00:00:00 GMT"
PATHS = pytest.mark.parametrize("path", ["x", "c/"], ids=["document", "container"])


def later(date: str) -> str:
    return format_datetime(parsedate_to_datetime(date) + timedelta(seconds=1), usegmt=True)


@pytest.mark.spec("Solid Protocol §5.3 #server-etag")
@PATHS
def test_every_answer_about_a_state_has_its_strong_tag(ana, place, path):
    created = ana.put(place + path)
    tags = [created, ana.get(place + path), ana.head(place + path)]
    assert all(answer.headers["ETag"].startswith('"') for answer in tags)
    assert len({answer.headers["ETag"].strip('"').partition("-")[0] for answer in tags}) == 1


@pytest.mark.spec("RFC 9110 §8.8.1")
def test_every_change_has_a_tag_of_its_own_however_fast_they_come(ana, place):
    tags = [ana.put(place + "x", b"same", "text/plain").headers["ETag"] for _ in range(10)]
    ana.delete(place + "x")
    tags.append(ana.put(place + "x", b"same", "text/plain").headers["ETag"])
    assert len(set(tags)) == 11


class TestIfNoneMatch:
    """RFC 9110 §13.1.2."""

    pytestmark = pytest.mark.spec("RFC 9110 §13.1.2")

    @PATHS
    def test_a_star_lets_nothing_be_overwritten(self, ana, place, path):
        first = ana.put(place + path, headers={"If-None-Match": "*"})
        again = ana.put(place + path, b"<> a <#B> .", headers={"If-None-Match": "*"})
        assert (first.status, again.status) == (201, 412)
        tag = first.headers["ETag"].strip('"')
        assert ana.get(place + path).headers["ETag"].strip('"').startswith(tag)

    def test_a_star_on_a_post_looks_at_the_container(self, ana, place):
        ana.put(place)
        assert ana.post(place, headers={"If-None-Match": "*"}).status == 412
        assert members(ana.get(place), place) == set()

    def test_a_star_keeps_from_deleting(self, ana, place):
        ana.put(place + "x")
        assert ana.delete(place + "x", {"If-None-Match": "*"}).status == 412
        assert ana.get(place + "x").status == 200

    def test_the_tag_of_the_current_state_keeps_from_writing(self, ana, place):
        tag = ana.put(place + "x").headers["ETag"]
        assert ana.put(place + "x", headers={"If-None-Match": tag}).status == 412
        assert ana.put(place + "x", headers={"If-None-Match": '"other"'}).status == 204

    @pytest.mark.spec("RFC 9110 §15.4.5")
    @pytest.mark.parametrize("method", ["GET", "HEAD"])
    @pytest.mark.parametrize(
        "kind", ["document", "picture", "container", "acl", "description", "storage description"]
    )
    def test_what_is_known_already_is_304_with_what_may_have_changed(
        self, kinds, ana, method, kind
    ):
        got = ana.get(kinds[kind])
        answer = ana.call(method, kinds[kind], {"If-None-Match": got.headers["ETag"]})
        assert (answer.status, answer.body) == (304, b"")
        for name in ("ETag", "Vary", "Last-Modified", "WAC-Allow", "Link", "Allow"):
            assert answer.all(name) == got.all(name)

    @pytest.mark.parametrize("form", ["W/{}", '"a,b", {}', '{} , "other"', "*"])
    def test_lists_weak_tags_and_the_star_are_understood(self, ana, place, form):
        ana.put(place + "x")
        tag = ana.get(place + "x").headers["ETag"]
        assert ana.get(place + "x", {"If-None-Match": form.format(tag)}).status == 304

    def test_another_format_is_not_what_is_known(self, ana, place):
        ana.put(place + "x", b"<> a <#A> .")
        turtle = ana.get(place + "x", {"Accept": "text/turtle"}).headers["ETag"]
        known = {"Accept": "application/ld+json", "If-None-Match": turtle}
        assert ana.get(place + "x", known).status == 200

    @pytest.mark.parametrize("tag", ['"other"', '"', "other", "W/", ""])
    def test_what_is_not_the_tag_is_not_known(self, ana, place, tag):
        ana.put(place + "x")
        assert ana.get(place + "x", {"If-None-Match": tag}).status == 200


class TestIfMatch:
    """RFC 9110 §13.1.1."""

    pytestmark = pytest.mark.spec("RFC 9110 §13.1.1")

    @PATHS
    def test_what_has_changed_is_not_overwritten(self, ana, place, path):
        ana.put(place + path)
        old = ana.get(place + path).headers["ETag"]
        ana.put(place + path, b"<> a <#B> .")
        now = ana.get(place + path).headers["ETag"]
        assert ana.put(place + path, headers={"If-Match": old}).status == 412
        assert ana.delete(place + path, {"If-Match": old}).status == 412
        assert ana.put(place + path, headers={"If-Match": now}).status == 204

    @PATHS
    def test_a_star_wants_something_to_be_there(self, ana, place, path):
        assert ana.put(place + path, headers={"If-Match": "*"}).status == 412
        assert ana.get(place + path).status == 404
        ana.put(place + path)
        assert ana.put(place + path, headers={"If-Match": "*"}).status == 204

    @pytest.mark.spec("Practice CND-04")
    @pytest.mark.parametrize("accept", ["text/turtle", "application/ld+json"])
    def test_the_tag_of_any_format_of_the_state_will_do(self, ana, place, accept):
        ana.put(place + "x", b"<> a <#A> .")
        tag = ana.get(place + "x", {"Accept": accept}).headers["ETag"]
        assert ana.put(place + "x", b"<> a <#B> .", headers={"If-Match": tag}).status == 204
        assert ana.put(place + "x", b"<> a <#C> .", headers={"If-Match": tag}).status == 412

    @pytest.mark.spec("Practice CND-05")
    def test_our_own_tag_that_a_proxy_has_weakened_will_do(self, ana, place):
        tag = ana.put(place + "x").headers["ETag"]
        assert ana.put(place + "x", headers={"If-Match": "W/" + tag}).status == 204

    def test_lists_are_read_with_commas_within_tags(self, ana, place):
        tag = ana.put(place + "x").headers["ETag"]
        assert ana.put(place + "x", headers={"If-Match": f'"a,b", {tag}'}).status == 204
        assert ana.put(place + "x", headers={"If-Match": f'"a,{tag[1:]}'}).status == 412

    def test_a_get_is_conditional_too(self, ana, place):
        ana.put(place + "x")
        assert ana.get(place + "x", {"If-Match": '"other"'}).status == 412


class TestDates:
    """RFC 9110 §13.1.3, §13.1.4, §13.2.2: dates count where no tag is sent, in whole seconds."""

    pytestmark = pytest.mark.spec("RFC 9110 §13.2.2")

    def test_if_modified_since(self, ana, place):
        ana.put(place + "x")
        date = ana.get(place + "x").headers["Last-Modified"]
        assert ana.get(place + "x", {"If-Modified-Since": date}).status == 304
        assert ana.get(place + "x", {"If-Modified-Since": LONG_AGO}).status == 200
        assert ana.put(place + "x", headers={"If-Modified-Since": later(date)}).status == 204

    def test_if_unmodified_since(self, ana, place):
        ana.put(place + "x")
        date = ana.get(place + "x").headers["Last-Modified"]
        assert ana.put(place + "x", headers={"If-Unmodified-Since": LONG_AGO}).status == 412
        assert ana.put(place + "x", headers={"If-Unmodified-Since": date}).status == 204

    @pytest.mark.parametrize(
        ("headers", "status"),
        [
            ({"If-None-Match": '"other"', "If-Modified-Since": "{later}"}, 200),
            ({"If-None-Match": "{tag}", "If-Modified-Since": LONG_AGO}, 304),
            ({"If-Match": "{tag}", "If-Unmodified-Since": LONG_AGO}, 200),
            ({"If-Match": '"other"', "If-Unmodified-Since": "{later}"}, 412),
            ({"If-Match": "{tag}", "If-None-Match": "{tag}"}, 304),
            ({"If-Match": '"other"', "If-None-Match": "{tag}"}, 412),
            ({"If-Unmodified-Since": LONG_AGO, "If-None-Match": "{tag}"}, 412),
            ({"If-Modified-Since": "yesterday"}, 200),
            ({"If-Unmodified-Since": "yesterday"}, 200),
        ],
    )
    def test_what_comes_first(self, ana, place, headers, status):
        ana.put(place + "x")
        got = ana.get(place + "x")
        known = {"tag": got.headers["ETag"], "later": later(got.headers["Last-Modified"])}
        sent = {
            name: value.format(**known) if "{" in value else value
            for name, value in headers.items()
        }
        assert ana.get(place + "x", sent).status == status


@pytest.mark.spec("RFC 9110 §13.2.1")
@pytest.mark.parametrize(
    ("method", "headers"),
    [
        ("GET", {"If-Match": '"other"'}),
        ("GET", {"If-None-Match": "*"}),
        ("PUT", {"If-None-Match": "*", "Content-Type": "text/turtle"}),
        ("DELETE", {"If-Match": '"other"'}),
        ("POST", {"If-None-Match": "*", "Content-Type": "text/turtle"}),
    ],
)
@pytest.mark.parametrize("path", ["x", "none"])
def test_access_is_decided_before_any_condition(ana, bob, nobody, place, method, headers, path):
    ana.put(place + "x")
    assert bob.call(method, place + path, headers).status == 403
    assert nobody.call(method, place + path, headers).status == 401


@pytest.mark.spec("RFC 9110 §13.2.1")
def test_options_has_no_conditions(nobody, place):
    assert nobody.options(place + "x", {"If-Match": '"other"'}).status == 204
