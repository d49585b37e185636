"""Canonical form of addresses: when two of them lead to one page (sole importer of courlan)."""

from __future__ import annotations

from urllib.parse import SplitResult, unquote, urlsplit, urlunsplit

import courlan

from digestgen.language.text import clean_line

_USUAL_PORTS = {"http": 80, "https": 443}


def without_tracking(url: str) -> str:
    """Remove tracking parameters and keep everything else."""
    parts = _split(url)
    if parts is None:
        return url
    kept = "&".join(part for part in parts.query.split("&") if not _is_tracking(part))
    fragment = parts.fragment if parts.fragment and not _is_tracking(parts.fragment) else ""
    return urlunsplit((parts.scheme, parts.netloc, parts.path, kept, fragment))


def address_key(url: str) -> str | None:
    """A key shared by all addresses of one page; None for anything but a web address.

    Scheme, ``www.``, default port, trailing slash, tracking parameters and fragment do not count.
    """
    parts = _split(without_tracking(url))
    if parts is None or not parts.hostname:
        return None
    try:
        port = parts.port
    except ValueError:
        return None
    host = parts.hostname.removeprefix("www.")
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError:
            return None
    place = "" if port in {None, _USUAL_PORTS.get(parts.scheme)} else f":{port}"
    query = "&".join(sorted(filter(None, parts.query.split("&"))))
    # On single-page sites the fragment is the route.
    fragment = parts.fragment if parts.fragment.startswith(("!", "/")) else ""
    path = unquote(parts.path).rstrip("/")
    return f"{host}{place}{path}" + (f"?{unquote(query)}" if query else "") + (f"#{fragment}" if fragment else "")


def is_deep_link(url: str) -> bool:
    """Whether an address points beyond the front page of a site."""
    parts = _split(url)
    return parts is not None and bool(parts.path.strip("/") or parts.query or parts.fragment.strip("!/"))


def host_of(url: str) -> str:
    """The name of the site: ``example.org`` for ``https://www.example.org/a``."""
    parts = _split(url)
    return (parts.hostname or "").removeprefix("www.") if parts else ""


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(clean_line(url))
        _ = parts.hostname
    except ValueError:
        return None
    return parts if parts.scheme in {"http", "https"} else None


def _is_tracking(part: str) -> bool:
    """Whether a query parameter is for tracking."""
    name, equals, value = part.partition("=")
    if not name or not equals or not value:
        return False  # a bare word may be the number of the article
    return not urlsplit(courlan.normalize_url(f"https://example.org/a?{name}=1")).query
