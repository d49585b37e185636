"""Which hosts may be contacted: those on the public internet, others only with the curator's consent.

A feed, a redirect or a name server may point anywhere, including a router, a printer, or a cloud's metadata service
with its credentials. So the check is on the IP address being connected to, after the name was resolved.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

_TRANSLATED = IPv6Network("64:ff9b::/96")
"""IPv6 addresses with an embedded IPv4 address (NAT64, RFC 6052)."""
_SERVICES = frozenset({IPv4Address("168.63.129.16")})
"""Public by number, but a service inside a cloud."""


def is_public(address: str) -> bool:
    """Whether an IP address is on the public internet; False for anything else."""
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return all(_is_public(inner) for inner in (ip, *_embedded(ip)))


def _embedded(ip: IPv4Address | IPv6Address) -> tuple[IPv4Address, ...]:
    """The IPv4 addresses embedded in an IPv6 address."""
    if isinstance(ip, IPv4Address):
        return ()
    translated = IPv4Address(int(ip) & 0xFFFFFFFF) if ip in _TRANSLATED else None
    found = (ip.ipv4_mapped, ip.sixtofour, translated, *(ip.teredo or ()))
    return tuple(inner for inner in found if inner is not None)


def _is_public(ip: IPv4Address | IPv6Address) -> bool:
    if isinstance(ip, IPv6Address):
        if ip.ipv4_mapped or ip.sixtofour or ip in _TRANSLATED:
            return True  # as public as the address that it carries
        if ip.is_site_local:
            return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified or ip in _SERVICES)
