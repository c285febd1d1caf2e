"""Which addresses are of the public internet: a table, and laws over all of them."""

from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pod.http.networks import GLOBAL_UNICAST, SPECIAL, SPECIAL_6, may_connect

pytestmark = pytest.mark.spec("Practice X-30")


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        pytest.param("93.184.215.14", True, id="public"),
        pytest.param("2606:4700::1111", True, id="public, v6"),
        pytest.param("0.0.0.0", False, id="this host"),  # noqa: S104 -- refused, not bound
        pytest.param("10.1.2.3", False, id="private 10/8"),
        pytest.param("172.16.0.1", False, id="private 172.16/12"),
        pytest.param("192.168.1.1", False, id="private 192.168/16"),
        pytest.param("100.64.0.1", False, id="shared, carrier NAT"),
        pytest.param("169.254.169.254", False, id="link-local, cloud metadata"),
        pytest.param("192.0.2.1", False, id="documentation"),
        pytest.param("198.18.0.1", False, id="benchmarks"),
        pytest.param("224.0.0.1", False, id="multicast"),
        pytest.param("240.0.0.1", False, id="reserved"),
        pytest.param("255.255.255.255", False, id="broadcast"),
        pytest.param("::", False, id="unspecified, v6"),
        pytest.param("::ffff:93.184.215.14", False, id="mapped"),
        pytest.param("::ffff:127.0.0.1", False, id="mapped loopback"),
        pytest.param("::127.0.0.1", False, id="compatible"),
        pytest.param("64:ff9b::7f00:1", False, id="NAT64"),
        pytest.param("2002:7f00:1::", False, id="6to4"),
        pytest.param("2001:0:1::1", False, id="Teredo"),
        pytest.param("fc00::1", False, id="unique local"),
        pytest.param("fe80::1", False, id="link-local, v6"),
        pytest.param("fe80::1%eth0", False, id="link-local with its zone"),
        pytest.param("fec0::1", False, id="site-local"),
        pytest.param("ff02::1", False, id="multicast, v6"),
        pytest.param("2001:db8::1", False, id="documentation, v6"),
        pytest.param("127.1", False, id="no canonical address"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_only_public_addresses_are_connected_to(address, allowed):
    assert may_connect(address, loopback=False) == allowed
    assert may_connect(address, loopback=True) == allowed


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.8.8", "::1"])
def test_this_machine_is_connected_to_in_development_alone(address):
    assert may_connect(address, loopback=True)
    assert not may_connect(address, loopback=False)


V4 = st.integers(0, 2**32 - 1).map(IPv4Address)
V6 = st.integers(0, 2**128 - 1).map(IPv6Address)
# Any of an odd few is chosen as often as all of the rest.
IN_SPECIAL = st.sampled_from(SPECIAL).flatmap(
    lambda network: st.integers(0, network.num_addresses - 1).map(lambda n: network[n])
)
IN_SPECIAL_6 = st.sampled_from(SPECIAL_6).flatmap(
    lambda network: st.integers(0, network.num_addresses - 1).map(lambda n: network[n])
)


@given(IN_SPECIAL | IN_SPECIAL_6)
def test_no_special_address_is_connected_to(address):
    assert not may_connect(str(address), loopback=False)


@given(V4 | IN_SPECIAL | V6 | IN_SPECIAL_6)
def test_what_is_connected_to_is_global_and_for_one_host(address):
    if may_connect(str(address), loopback=False):
        assert address.is_global
        kinds = ("private", "multicast", "link_local", "loopback", "unspecified", "reserved")
        assert not any(getattr(address, f"is_{kind}") for kind in kinds)
        assert address.version == 4 or address in GLOBAL_UNICAST


CARRIERS = {
    "mapped": lambda v4: IPv6Address(0xFFFF << 32 | int(v4)),
    "compatible": lambda v4: IPv6Address(int(v4)),
    "translated": lambda v4: IPv6Address(0xFFFF << 48 | int(v4)),
    "NAT64": lambda v4: IPv6Address(0x64FF9B << 96 | int(v4)),
    "local NAT64": lambda v4: IPv6Address(0x64FF9B0001 << 80 | int(v4)),
    "6to4": lambda v4: IPv6Address(0x2002 << 112 | int(v4) << 80 | 1),
    "Teredo": lambda v4: IPv6Address(0x20010000 << 96 | int(v4) << 64 | ~int(v4) & 0xFFFFFFFF),
}


@pytest.mark.parametrize("carry", CARRIERS.values(), ids=CARRIERS)
@given(v4=V4 | IN_SPECIAL)
def test_no_address_that_carries_another_is_connected_to(carry, v4):
    carrier = carry(v4)
    assert not may_connect(str(carrier), loopback=False)
    assert carrier == IPv6Address("::1") or not may_connect(str(carrier), loopback=True)


@given(V4 | V6)
def test_development_opens_loopback_and_nothing_else(address):
    opened = may_connect(str(address), loopback=True)
    assert opened == (address.is_loopback or may_connect(str(address), loopback=False))
