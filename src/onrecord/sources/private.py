"""Which network addresses a program that reads other people's links has no business with."""

from __future__ import annotations

import ipaddress
import socket

from onrecord.records import InputError, PrivateError

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_COMPATIBLE = ipaddress.ip_network("::/96")
PRIVATE = "is a private address"
"""Why it is refused; what allows it, whoever asked tells."""
_MOST = 4  # addresses of one host that are tried


def resolved(host: str, port: int, origin: str, *, allow_private: bool) -> list[str]:
    """The addresses of a host, in the order in which they are to be tried. Raises InputError.

    A host of which any address is private is refused unless `allow_private`: whoever follows must connect to one of the
    addresses given here and not ask again, since a name may answer otherwise the second time.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise InputError(origin, f"cannot be reached; is this machine online? ({error})") from error
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))[:_MOST]
    if not allow_private and (not addresses or not all(map(is_public, addresses))):
        raise PrivateError(origin, f"{host} {PRIVATE}")
    return addresses


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet, with whatever IPv4 address it may wrap."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    wrapped = _wrapped(parsed) if isinstance(parsed, ipaddress.IPv6Address) else []
    if wrapped:
        return all(is_public(str(inner)) for inner in wrapped)
    site_local = isinstance(parsed, ipaddress.IPv6Address) and parsed.is_site_local
    return parsed.is_global and not (parsed.is_multicast or parsed.is_reserved or site_local)


def _wrapped(address: ipaddress.IPv6Address) -> list[ipaddress.IPv4Address]:
    """IPv4 addresses that an IPv6 address stands for: mapped, by 6to4, by Teredo, by NAT64, or the old compatible form."""
    if address.ipv4_mapped is not None:
        return [address.ipv4_mapped]
    if address.sixtofour is not None:
        return [address.sixtofour]
    if address.teredo is not None:
        return list(address.teredo)
    if address in _NAT64 or address in _COMPATIBLE:
        return [ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)]
    return []
