"""URLs an Action gives, read by the WHATWG standard: that is how the platform and browsers read them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

if TYPE_CHECKING:
    from can_ada import URL


def url_problem(url: str) -> str | None:
    """Why `url` is not a valid absolute URL, as the end of a sentence; None when it is one.

    Source: the rules of redirect.sendUserTo and transaction.setResultUrl; any scheme is allowed.
    """
    if _parsed(url) is None:
        return f"must be a valid absolute URL such as https://example.com/page, not '{url[:100]}'"
    return None


def is_web_url(url: str) -> bool:
    """Whether `url` is a valid absolute URL of http or https."""
    parsed = _parsed(url)
    return parsed is not None and parsed.protocol in ("http:", "https:")


def scheme_without_host(url: str) -> str | None:
    """The scheme (`localhost:`) of a valid URL that names no host; None when it names one."""
    parsed = _parsed(url)
    return parsed.protocol if parsed is not None and not parsed.hostname else None


def with_query(url: str, query: dict[str, str]) -> str:
    """`url` as browsers write it, with `query` set on it; a parameter of the same name is replaced.

    One that is not valid stays as it is.
    """
    parsed = _parsed(url)
    if parsed is None:
        return url
    if query:
        pairs = parse_qsl(parsed.search[1:], keep_blank_values=True)
        for name, text in query.items():
            pairs = _with(pairs, _encodable(name), _encodable(text))
        parsed.search = urlencode(pairs, safe="*").replace("~", "%7E")  # as URLSearchParams writes them
    return parsed.href


def _with(pairs: list[tuple[str, str]], name: str, text: str) -> list[tuple[str, str]]:
    """The parameter takes the place of the first of its name, or comes last."""
    at = next((at for at, (other, _) in enumerate(pairs) if other == name), len(pairs))
    others = [pair for pair in pairs if pair[0] != name]
    return [*others[:at], (name, text), *others[at:]]


def _parsed(url: str) -> URL | None:
    from can_ada import parse  # only here: most Actions give no URL

    try:
        return parse(_encodable(url))
    except ValueError:
        return None


def _encodable(text: str) -> str:
    """Halves of surrogate pairs become U+FFFD, as in JavaScript's URL."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
