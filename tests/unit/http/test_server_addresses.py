"""From names to addresses and back, both ways of addressing pods."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pod.http.addresses import Addresses, host_and_port, is_this_machine, spelled
from pod.problems import Conflict, Malformed

BY_PATH = Addresses.at("https://pod.example/")
BY_HOST = Addresses.at("https://pod.example/", by_host=True)
LOCAL = Addresses.at("http://localhost:3000/")
LOCAL_BY_HOST = Addresses.at("http://localhost:3000/", by_host=True)
ODD_PORT = Addresses.at("https://pod.example:8443/", by_host=True)
EACH = pytest.mark.parametrize(
    "addresses",
    [BY_PATH, BY_HOST, LOCAL, LOCAL_BY_HOST, ODD_PORT],
    ids=["path", "host", "local path", "local host", "odd port"],
)
NAMES = st.lists(st.text("az0", min_size=1, max_size=3), min_size=1, max_size=3).map("-".join)
PATHS = st.text("abc/.?#%é", max_size=12)


def taken_apart(url):
    """The host and the path of a URL, as a request on it has them."""
    host, slash, path = url.partition("://")[2].partition("/")
    return host, slash + path


@EACH
@given(name=NAMES, rest=PATHS)
def test_what_is_in_a_pod_is_found_there_and_nowhere_else(addresses, name, rest):
    url = addresses.storage_of(name) + rest
    assert addresses.locate(*taken_apart(url)) == (name, rest)
    assert addresses.find(url) == (name, rest)


@EACH
@given(one=NAMES, other=NAMES)
def test_no_storage_lies_in_another(addresses, one, other):
    assume(one != other)
    assert not addresses.storage_of(one).startswith(addresses.storage_of(other))
    assert addresses.storage_of(one) != addresses.base


@EACH
@given(name=NAMES)
def test_a_storage_tells_how_it_is_addressed(addresses, name):
    assert Addresses.of_storage(name, addresses.storage_of(name)) == addresses


@pytest.mark.parametrize(
    ("name", "storage"),
    [("ana", "https://pod.example/bob/"), ("ana", "https://bob.pod.example/"), ("ana", "")],
)
def test_a_storage_of_another_name_tells_nothing(name, storage):
    assert Addresses.of_storage(name, storage) is None


@pytest.mark.parametrize(
    ("addresses", "host", "path", "found"),
    [
        pytest.param(BY_PATH, "pod.example", "/", (None, "/"), id="the server itself"),
        pytest.param(BY_PATH, "pod.example", "/ana", (None, "/ana"), id="no slash, no pod"),
        pytest.param(BY_PATH, "pod.example", "/ana/", ("ana", ""), id="a root"),
        pytest.param(BY_PATH, "POD.Example:443", "/ana/x", ("ana", "x"), id="another spelling"),
        pytest.param(BY_PATH, "pod.example:", "/ana/x", ("ana", "x"), id="an empty port"),
        pytest.param(BY_HOST, "pod.example", "/ana/", (None, "/ana/"), id="the server by host"),
        pytest.param(BY_HOST, "ana.pod.example", "/", ("ana", ""), id="a root by host"),
        pytest.param(BY_HOST, "ANA.pod.example:443", "/x?y", ("ana", "x?y"), id="as spelled"),
        pytest.param(ODD_PORT, "ana.pod.example:8443", "/x", ("ana", "x"), id="with a port"),
        pytest.param(LOCAL, "127.0.0.1:3000", "/ana/x", ("ana", "x"), id="in numbers"),
        pytest.param(LOCAL, "[::1]:3000", "/ana/x", ("ana", "x"), id="in numbers, IPv6"),
        pytest.param(LOCAL_BY_HOST, "ana.localhost:3000", "/x", ("ana", "x"), id="on this machine"),
        pytest.param(LOCAL_BY_HOST, "127.0.0.1:3000", "/x", (None, "/x"), id="no name in numbers"),
    ],
)
def test_a_request_is_on_a_pod_or_on_the_server(addresses, host, path, found):
    assert addresses.locate(host, path) == found


@pytest.mark.parametrize(
    ("addresses", "host"),
    [
        pytest.param(BY_PATH, "", id="none"),
        pytest.param(BY_PATH, "other.example", id="another"),
        pytest.param(BY_PATH, "ana.pod.example", id="one below"),
        pytest.param(BY_PATH, "pod.example:8443", id="another port"),
        pytest.param(BY_PATH, "pod.example:99999", id="no port"),
        pytest.param(BY_PATH, "pod.example.", id="a final dot"),
        pytest.param(BY_PATH, "pod.example, pod.example", id="two"),
        pytest.param(BY_PATH, "evil.example/pod.example", id="a path"),
        pytest.param(BY_PATH, "me@pod.example", id="somebody at"),
        pytest.param(BY_PATH, "127.0.0.1", id="this machine, elsewhere"),
        pytest.param(BY_HOST, "notpod.example", id="a longer name"),
        pytest.param(BY_HOST, "ana.bob.pod.example", id="two below"),
        pytest.param(BY_HOST, ".pod.example", id="an empty label"),
        pytest.param(BY_HOST, "ana.pod.example:80", id="the port of http"),
        pytest.param(LOCAL, "ana.localhost:3000", id="below, by path"),
        pytest.param(LOCAL, "localhost", id="without its port"),
        pytest.param(LOCAL, "evil.example:3000", id="a name that leads here"),
        pytest.param(LOCAL, "192.168.1.5:3000", id="this network"),
    ],
)
def test_the_host_of_another_server_is_refused(addresses, host):
    with pytest.raises(Malformed, match="another host name"):
        addresses.locate(host, "/ana/x")


@pytest.mark.parametrize(
    ("addresses", "host", "path", "twin"),
    [
        (BY_PATH, "pod.example", "/", "https://pod.example/"),
        (BY_PATH, "POD.example:80", "/ns/x?y=z", "https://pod.example/ns/x?y=z"),
        (BY_PATH, "pod.example:8080", "/ana/x%20y", "https://pod.example/ana/x%20y"),
        (BY_PATH, "pod.example", "/ana", "https://pod.example/ana"),
        (BY_PATH, "pod.example", "//evil.example/", "https://pod.example//evil.example/"),
        (BY_HOST, "ana.pod.example", "/x", "https://ana.pod.example/x"),
        (ODD_PORT, "ana.pod.example:8080", "/x", "https://ana.pod.example:8443/x"),
        (ODD_PORT, "pod.example", "/x", "https://pod.example:8443/x"),
    ],
)
def test_what_is_asked_by_http_has_an_address_by_https(addresses, host, path, twin):
    assert addresses.twin(host, path) == twin


@pytest.mark.parametrize("host", ["evil.example", "", "a b", "ana.pod.example"])
def test_but_none_at_another_server(host):
    with pytest.raises(Malformed, match="another host name"):
        BY_PATH.twin(host, "/")


@pytest.mark.parametrize(
    ("addresses", "iri"),
    [
        (BY_PATH, "https://pod.example/ana"),
        (BY_PATH, "https://pod.example"),
        (BY_PATH, "http://pod.example/ana/x"),
        (BY_PATH, "https://pod.example.evil/ana/x"),
        (BY_PATH, "https://POD.example/ana/x"),
        (BY_PATH, "https://pod.example:443/ana/x"),
        (BY_HOST, "https://pod.example/ana/x"),
        (BY_HOST, "https://ana.pod.example"),
        (BY_HOST, "https://a.b.pod.example/"),
        (BY_HOST, "https://ana.pod.example.evil/"),
        (BY_HOST, "https://ana.pod.example@evil.example/"),
        (BY_HOST, "http://ana.pod.example/x"),
        (BY_PATH, "urn:x"),
        (BY_HOST, ""),
    ],
)
def test_what_is_spelled_otherwise_is_in_no_pod(addresses, iri):
    assert addresses.find(iri) is None


@pytest.mark.parametrize(
    ("addresses", "host", "port", "own"),
    [
        (BY_PATH, "pod.example", 443, True),
        (BY_PATH, "ana.pod.example", 443, False),
        (BY_PATH, "pod.example", 80, False),
        (BY_HOST, "ana.pod.example", 443, True),
        (BY_HOST, "POD.example", 443, True),
        (LOCAL, "localhost", 3000, True),
        (LOCAL, "::1", 3000, True),
        (LOCAL, "127.0.0.2", 3000, True),
        (LOCAL, "localhost", 3001, False),
        (LOCAL_BY_HOST, "bob.localhost", 3000, True),
        (BY_PATH, "::1", 443, False),
    ],
)
def test_the_server_knows_itself(addresses, host, port, own):
    assert addresses.is_own(host, port) == own


class TestNewNames:
    @pytest.mark.parametrize("name", ["a", "ana", "ana-2", "0", "a" * 63, "a-b-c", "ab-c"])
    @EACH
    def test_a_label_is_good_everywhere(self, addresses, name):
        assert addresses.check_new(name) is None

    @pytest.mark.parametrize(
        "name",
        ["", "-a", "a-", "a.b", "A", "ana_", "é", "a" * 64, "xn--ana", "ab--c", "a\n", " a", "a/b"],
    )
    def test_a_host_name_has_labels_only(self, name):
        with pytest.raises(Malformed, match="host name"):
            BY_HOST.check_new(name)

    def test_a_host_name_is_no_longer_than_it_may_be(self):
        above = ".".join(["a" * 49] * 4) + ":8443"
        long = Addresses.at(f"https://{above}/", by_host=True)
        assert long.check_new("b" * 53) is None
        with pytest.raises(Malformed, match="too long"):
            long.check_new("b" * 54)

    @pytest.mark.parametrize(
        ("addresses", "name"),
        [(BY_PATH, "ns"), (BY_HOST, "ns"), (BY_HOST, "www"), (BY_HOST, "wpad"), (BY_HOST, "mail")],
    )
    def test_names_of_the_server_are_its_own(self, addresses, name):
        with pytest.raises(Conflict, match="server's own"):
            addresses.check_new(name)

    def test_www_is_a_name_like_another_in_a_path(self):
        assert BY_PATH.check_new("www") is None


@pytest.mark.parametrize(
    ("authority", "scheme", "found"),
    [
        ("Pod.Example", "https", ("pod.example", 443)),
        ("pod.example", "http", ("pod.example", 80)),
        ("pod.example:8443", "https", ("pod.example", 8443)),
        ("[::1]:3000", "http", ("[::1]", 3000)),
        ("pod.example", "ftp", None),
        ("pod.example:70000", "https", None),
        ("", "https", None),
        ("a b", "https", None),
    ],
)
def test_an_authority_is_a_host_and_a_port(authority, scheme, found):
    assert host_and_port(authority, scheme) == found


@given(port=st.integers(0, 65535), scheme=st.sampled_from(["http", "https"]))
def test_an_authority_is_spelled_as_it_is_read(port, scheme):
    assert host_and_port(spelled("pod.example", port, scheme), scheme) == ("pod.example", port)


@pytest.mark.parametrize(
    ("host", "here"),
    [
        ("localhost", True),
        ("ana.localhost", True),
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("[::1]", True),
        ("::1", True),
        ("localhost.example", False),
        ("notlocalhost", False),
        ("10.0.0.1", False),
        ("127.1", False),
        ("", False),
    ],
)
def test_this_machine_has_few_names(host, here):
    assert is_this_machine(host) == here
