from __future__ import annotations

import pytest

from digestgen.fetch.public_ip import is_public


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2002:808:808::"],
)
def test_the_public_internet(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("127.0.0.1", id="loopback"),
        pytest.param("127.8.9.1", id="loopback that is not .1"),
        pytest.param("::1", id="loopback in IPv6"),
        pytest.param("10.1.2.3", id="private, 10"),
        pytest.param("172.16.0.1", id="private, 172"),
        pytest.param("192.168.1.1", id="private, 192"),
        pytest.param("fd00::1", id="private, IPv6"),
        pytest.param("100.64.0.1", id="carrier-grade NAT"),
        pytest.param("169.254.0.7", id="link-local"),
        pytest.param("fe80::1", id="link-local in IPv6"),
        pytest.param("fe80::1%eth0", id="link-local with a zone"),
        pytest.param("fec0::1", id="site-local"),
        pytest.param("169.254.169.254", id="metadata"),
        pytest.param("fd00:ec2::254", id="metadata in IPv6"),
        pytest.param("100.100.100.200", id="metadata of another cloud"),
        pytest.param("168.63.129.16", id="a cloud's own service behind a public number"),
        pytest.param("224.0.0.1", id="multicast"),
        pytest.param("ff02::1", id="multicast in IPv6"),
        pytest.param("255.255.255.255", id="broadcast"),
        pytest.param("0.0.0.0", id="unspecified"),  # noqa: S104 -- nothing is bound to it
        pytest.param("::", id="unspecified in IPv6"),
        pytest.param("240.0.0.1", id="reserved"),
        pytest.param("192.0.2.1", id="documentation"),
        pytest.param("198.18.0.1", id="benchmarks"),
        pytest.param("::ffff:10.0.0.1", id="mapped"),
        pytest.param("::10.0.0.1", id="compatible"),
        pytest.param("64:ff9b::10.0.0.1", id="translated"),
        pytest.param("64:ff9b:1::8.8.8.8", id="translated locally"),
        pytest.param("2002:a00:1::", id="6to4"),
        pytest.param("2001:0:a00:1::", id="Teredo"),
        pytest.param("example.org", id="a name"),
        pytest.param("", id="nothing"),
    ],
)
def test_everything_else(address: str) -> None:
    assert not is_public(address)
