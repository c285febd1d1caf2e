"""Which IP addresses are of the public internet: where a stranger may have this server ask."""

from ipaddress import IPv4Address, IPv4Network, IPv6Network, ip_address
from typing import Final

# IANA's registries of special-purpose addresses, and multicast (RFC 5771). What Python knows of
# them changes with its version.
SPECIAL: Final = tuple(
    map(
        IPv4Network,
        (
            "0.0.0.0/8",
            "10.0.0.0/8",  # private (RFC 1918)
            "100.64.0.0/10",  # shared by customers of a carrier (RFC 6598)
            "127.0.0.0/8",
            "169.254.0.0/16",  # link-local; clouds tell secrets there
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",  # relays of 6to4 (RFC 7526)
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",  # multicast
            "240.0.0.0/4",
        ),
    )
)
# RFC 4291 §2.4: all of IPv6 that is assigned for global unicast. Unique-local, link-local and
# multicast addresses are not in it, nor IPv4 ones in another spelling: mapped, or by NAT64.
GLOBAL_UNICAST: Final = IPv6Network("2000::/3")
SPECIAL_6: Final = tuple(
    map(
        IPv6Network,
        (
            "2001::/23",  # protocols (RFC 2928); Teredo among them has an IPv4 address within
            "2001:db8::/32",
            "2002::/16",  # 6to4 (RFC 3056), which has an IPv4 address within
            "3fff::/20",
        ),
    )
)


def may_connect(address: str, *, loopback: bool) -> bool:
    """Whether an IP address is one of the public internet, or this machine where `loopback` says.

    Private, link-local, shared, multicast and reserved addresses are not; nor are those that carry
    an IPv4 address within them. Text that is no address is none.
    """
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if ip.is_loopback:
        return loopback
    if isinstance(ip, IPv4Address):
        return ip.is_global and not any(ip in network for network in SPECIAL)
    return ip.is_global and ip in GLOBAL_UNICAST and not any(ip in network for network in SPECIAL_6)
