from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestgen.fetch.canonical import address_key, host_of, is_deep_link, without_tracking

PAGE = "https://gazette.example/2024/quay-reopens"


@pytest.mark.parametrize(
    "other",
    [
        pytest.param("http://gazette.example/2024/quay-reopens", id="scheme"),
        pytest.param("https://www.gazette.example/2024/quay-reopens", id="www"),
        pytest.param("https://Gazette.Example/2024/quay-reopens", id="capitals in the host"),
        pytest.param("https://gazette.example:443/2024/quay-reopens", id="the usual port"),
        pytest.param("https://gazette.example/2024/quay-reopens/", id="a slash at the end"),
        pytest.param("https://gazette.example/2024/quay%2Dreopens", id="percent codes"),
        pytest.param("https://gazette.example/2024/quay-reopens?utm_source=mail&utm_medium=x", id="utm"),
        pytest.param("https://gazette.example/2024/quay-reopens?fbclid=IwAR0", id="fbclid"),
        pytest.param("https://gazette.example/2024/quay-reopens?gclid=1&mc_cid=2&mc_eid=3", id="others that follow"),
        pytest.param("https://gazette.example/2024/quay-reopens#comments", id="a place in the page"),
        pytest.param("https://gazette.example/2024/quay-reopens?", id="an empty query"),
    ],
)
def test_addresses_of_one_page(other: str) -> None:
    assert address_key(other) == address_key(PAGE)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param("https://gazette.example/2024/quay", id="path"),
        pytest.param("https://gazette.example/2024/Quay-Reopens", id="capitals in the path"),
        pytest.param("https://gazette.example:8080/2024/quay-reopens", id="port"),
        pytest.param("https://news.gazette.example/2024/quay-reopens", id="host"),
        pytest.param("https://gazette.example/2024/quay-reopens?page=2", id="query"),
        pytest.param("https://gazette.example/2024/quay-reopens?1234", id="a bare number"),
        pytest.param("https://gazette.example/2024/quay-reopens#!/2", id="a fragment that names the page"),
    ],
)
def test_addresses_of_another_page(other: str) -> None:
    assert address_key(other) != address_key(PAGE)


@pytest.mark.parametrize(
    "url", ["", "ftp://gazette.example/a", "file:///a", "http://[::1", "http://", "quay", "http://a:b/"]
)
def test_no_address(url: str) -> None:
    assert address_key(url) is None


def test_the_order_of_a_query_does_not_matter() -> None:
    assert address_key("http://a.example/?b=2&a=1") == address_key("http://a.example/?a=1&b=2")


@pytest.mark.parametrize(
    ("url", "clean"),
    [
        ("https://a.example/x?id=3&utm_source=y&q=a%20b#part", "https://a.example/x?id=3&q=a%20b#part"),
        ("https://a.example/x?utm_source=y", "https://a.example/x"),
        ("https://a.example/x?123", "https://a.example/x?123"),
        ("https://a.example/x#utm_source=y", "https://a.example/x"),
        ("nothing", "nothing"),
    ],
)
def test_taking_off_what_follows_a_reader(url: str, clean: str) -> None:
    assert without_tracking(url) == clean


@given(st.text() | st.text(alphabet="htps:/.?=&#%[]@a1ü").map("https://".__add__))
def test_nothing_breaks_it(url: str) -> None:
    assert without_tracking(without_tracking(url)) == without_tracking(url)
    is_deep_link(url)
    address_key(url)


def test_front_pages_and_sites() -> None:
    assert [is_deep_link(url) for url in ("https://a.example/", "https://a.example/x", "https://a.example/?p=1")] == [
        False,
        True,
        True,
    ]
    assert host_of("https://www.a.example:8080/x") == "a.example"
