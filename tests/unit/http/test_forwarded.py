"""What proxies say of a request, and how far it is believed (RFC 7239)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pod.http.forwarded import Hop, Proxies, origin, plain
from pod.problems import Malformed

PROXIES = Proxies.of(("10.0.0.0/8", "127.0.0.1", "fd00::/8", "unix"))
CLIENT = "203.0.113.9"


def said(field="", **older):
    """What is believed of these fields; `for_`, `host` and `proto` are those of X-Forwarded."""
    names = {"for_": "X-Forwarded-For", "host": "X-Forwarded-Host", "proto": "X-Forwarded-Proto"}
    fields = {names[name]: value for name, value in older.items()}
    return origin(fields | ({"Forwarded": field} if field else {}), PROXIES)


@pytest.mark.parametrize(
    ("field", "hop"),
    [
        pytest.param("", Hop(), id="nothing"),
        pytest.param(f"for={CLIENT}", Hop(peer=CLIENT), id="who"),
        pytest.param(
            f"for={CLIENT};proto=https;by=10.0.0.1;host=pod.example",
            Hop(peer=CLIENT, host="pod.example", scheme="https"),
            id="all four",
        ),
        pytest.param(
            f'FOR="{CLIENT}:4711" ; Proto=HTTP', Hop(peer=CLIENT, scheme="http"), id="case"
        ),
        pytest.param('for="[2001:DB8:cafe::17]:4711"', Hop(peer="2001:db8:cafe::17"), id="IPv6"),
        pytest.param("for=[2001:db8::1]", Hop(peer="2001:db8::1"), id="IPv6, unquoted"),
        pytest.param('for="[::ffff:203.0.113.9]"', Hop(peer=CLIENT), id="IPv4 as IPv6"),
        pytest.param('for="_gazonk"', Hop(peer="_gazonk"), id="a made-up name"),
        pytest.param("for=unknown", Hop(peer="unknown"), id="unknown"),
        pytest.param('host="pod.example:8443"', Hop(host="pod.example:8443"), id="host alone"),
        pytest.param(r'host="p\od.example"', Hop(host="pod.example"), id="a quoted pair"),
        pytest.param("proto=wss", Hop(scheme="https"), id="a WebSocket"),
        pytest.param(f"for={CLIENT};secret=abc", Hop(peer=CLIENT), id="an extension"),
        pytest.param(f", for={CLIENT};,", Hop(peer=CLIENT), id="empty elements"),
        pytest.param(f"for=1.2.3.4, for={CLIENT}", Hop(peer=CLIENT), id="the nearest counts"),
        pytest.param(
            f"for=6.6.6.6;host=evil, for={CLIENT};host=pod.example, for=10.0.0.2;host=inner",
            Hop(peer=CLIENT, host="pod.example"),
            id="behind two proxies, nothing that the client made up",
        ),
        pytest.param(
            "for=10.0.0.3;proto=https, for=10.0.0.2;proto=http",
            Hop(peer="10.0.0.3", scheme="https"),
            id="a request of a proxy's own",
        ),
        pytest.param("for=10.0.0.3;proto=https, proto=http", Hop(scheme="http"), id="unsaid"),
    ],
)
def test_the_outermost_trusted_proxy_is_believed(field, hop):
    assert said(field) == hop


@pytest.mark.parametrize(
    ("fields", "hop"),
    [
        pytest.param({"for_": CLIENT}, Hop(peer=CLIENT), id="who"),
        pytest.param({"for_": f"{CLIENT}:4711"}, Hop(peer=CLIENT), id="with a port"),
        pytest.param({"for_": "2001:db8::1"}, Hop(peer="2001:db8::1"), id="IPv6"),
        pytest.param({"for_": "[2001:db8::1]:80"}, Hop(peer="2001:db8::1"), id="IPv6 and port"),
        pytest.param({"proto": "https"}, Hop(scheme="https"), id="scheme alone"),
        pytest.param({"host": "pod.example"}, Hop(host="pod.example"), id="host alone"),
        pytest.param({"for_": " , "}, Hop(), id="empty"),
        pytest.param(
            {"for_": f"garbage, {CLIENT}, 10.0.0.2", "proto": "https", "host": "pod.example"},
            Hop(peer=CLIENT, host="pod.example", scheme="https"),
            id="one scheme for all",
        ),
        pytest.param(
            {"for_": f"{CLIENT}, 10.0.0.2", "proto": "https, http"},
            Hop(peer=CLIENT, scheme="https"),
            id="a scheme for each",
        ),
        pytest.param(
            {"for_": CLIENT, "proto": "https, http"}, Hop(peer=CLIENT, scheme="http"), id="more"
        ),
        pytest.param({"proto": "https, http"}, Hop(scheme="http"), id="schemes, no addresses"),
    ],
)
def test_the_older_fields_say_the_same(fields, hop):
    assert said(**fields) == hop


@pytest.mark.parametrize(
    "field",
    [
        "for",
        "for=",
        "=x",
        "for=a b",
        'for="a',
        'for="a"b',
        f"for={CLIENT};for={CLIENT}",
        f"for={CLIENT};FOR={CLIENT}",
        "for=somewhere",
        "for=1.2.3",
        "for=[::1",
        "for=::1]",
        'for="1.2.3.4:123456"',
        "for=1.2.3.4;proto=gopher",
        'host="a b"',
        'host="a/b"',
        'host="a\\"b"',
        f"for={CLIENT} for={CLIENT}",
        f"for={CLIENT}\x00",
    ],
)
def test_what_cannot_be_read_is_refused(field):
    with pytest.raises(Malformed, match="proxy in front"):
        said(field)


@pytest.mark.parametrize(
    "fields", [{"for_": "nowhere"}, {"proto": "gopher"}, {"host": "a b"}, {"for_": f"{CLIENT}, _"}]
)
def test_the_older_fields_are_refused_as_well(fields):
    with pytest.raises(Malformed, match="proxy in front"):
        said(**fields)


def test_two_kinds_of_fields_must_say_the_same():
    # One of them is the client's, which the proxy passed on as it was.
    assert said(f"for={CLIENT};proto=https", for_=CLIENT, proto="https").peer == CLIENT
    with pytest.raises(Malformed, match="remove those"):
        said("for=6.6.6.6", for_=CLIENT)


@given(st.text(max_size=60))
def test_whatever_is_sent_is_read_or_refused(field):
    try:
        hop = said(field)
    except Malformed:
        return
    assert hop.scheme in {"", "http", "https"}


@given(forged=st.lists(st.ip_addresses().map(str), max_size=5), hops=st.integers(0, 3))
def test_nothing_that_a_client_writes_changes_who_it_is(forged, hops):
    chain = [*forged, CLIENT, *(f"10.0.0.{n}" for n in range(hops))]
    assert said(for_=", ".join(chain)).peer == CLIENT
    quoted = (f'for="[{a}]"' if ":" in a else f"for={a}" for a in chain)
    assert said(",".join(quoted)).peer == CLIENT


@pytest.mark.parametrize(
    ("peer", "trusted"),
    [
        ("10.1.2.3", True),
        ("11.1.2.3", False),
        ("127.0.0.1", True),
        ("127.0.0.2", False),
        ("::ffff:127.0.0.1", True),
        ("fd00::1", True),
        ("fd00::1%eth0", True),
        ("::1", False),
        ("", True),
        ("unknown", False),
    ],
)
def test_a_proxy_is_known_by_its_address(peer, trusted):
    assert PROXIES.trusts(peer) == trusted


def test_without_a_setting_nobody_is_trusted():
    nobody = Proxies.of(())
    assert not nobody
    assert not nobody.trusts("127.0.0.1")
    assert not nobody.trusts("")


@pytest.mark.parametrize("texts", [("10.0.0.1/8",), ("proxy",), ("",), (3.5,), ([],)])
def test_a_proxy_is_an_address_or_a_network(texts):
    with pytest.raises((ValueError, TypeError)):
        Proxies.of(texts)


@pytest.mark.parametrize(
    ("address", "found"),
    [("::FFFF:1.2.3.4", "1.2.3.4"), ("2001:DB8::0", "2001:db8::"), ("fe80::1%lo", "fe80::1")],
)
def test_an_address_has_one_spelling(address, found):
    assert plain(address) == found
