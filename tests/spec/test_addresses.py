"""Which address names which resource, and that nothing else is reached by any spelling of it."""

import pytest


@pytest.mark.spec("Practice HTTP-23")
def test_a_query_string_selects_no_other_resource(ana, place):
    assert ana.put(place + "x?a=1", b"a", "text/plain").headers["Location"] == place + "x"
    assert ana.get(place + "x?b=2").body == b"a"
    assert ana.get(place + "x?").body == b"a"


class TestAddresses:
    """Solid Protocol §13.1: one spelling of each address, and no way around its rules."""

    pytestmark = pytest.mark.spec("Solid Protocol §13.1 #apply-normalization-canonicalization")

    @pytest.mark.parametrize(
        ("written", "canonical"),
        [("%61b", "ab"), ("%7Ea", "~a"), ("%c3%a9", "%C3%A9"), ("a%3Db", "a=b")],
    )
    def test_two_spellings_are_one_resource(self, ana, place, written, canonical):
        assert ana.put(place + written, b"a", "text/plain").status == 201
        assert ana.put(place + canonical, b"b", "text/plain").status == 204
        assert ana.get(place + written).body == b"b"

    @pytest.mark.parametrize(
        "path", ["a%2Fb", "a%2fb", "%2e%2e/b", "a//b", "//", "a/./b", "a/../b", "%00", "a%zz", "%"]
    )
    def test_what_could_be_taken_for_another_is_400(self, ana, place, path):
        assert ana.call("PUT", place + path, {"Content-Type": "text/plain"}).status == 400

    @pytest.mark.parametrize("path", ["//kinds", "/./ana/", "/%61na/", "/ana%2F", "/../ana/", "/"])
    def test_no_spelling_leads_past_the_rules(self, world, ana, nobody, path):
        assert ana.get(ana.storage).status == 200
        answer = nobody.get(world.base.rstrip("/") + path)
        assert answer.status in {200, 400, 401, 404}
        assert (answer.status == 200) == (path == "/")


class TestPublicAddress:
    """The public address is configuration; nothing that a request claims changes it."""

    pytestmark = pytest.mark.spec("Practice HTTP-25")

    def test_another_host_is_refused(self, ana):
        answer = ana.get(ana.storage, {"Host": "pod.example"})
        assert answer.status == 400

    @pytest.mark.parametrize(
        "claimed",
        [
            {"Forwarded": "host=evil.example;proto=https"},
            {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"},
            {"X-Original-URL": "/bob/", "X-Rewrite-URL": "/bob/"},
        ],
        ids=["Forwarded", "X-Forwarded", "X-Original-URL"],
    )
    def test_forwarding_fields_are_not_believed(self, ana, claimed):
        answer = ana.get(ana.storage, claimed)
        assert answer.status == 200
        assert "evil.example" not in str(answer.repeated) + answer.text
        assert ana.storage in answer.text
