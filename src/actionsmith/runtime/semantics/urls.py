"""URLs an Action gives: are they absolute, and what do they look like with parameters set on them?"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^/?#\s]+")


def url_problem(url: str) -> str | None:
    """Why `url` is not a valid absolute URL, as the end of a sentence; None when it is one."""
    if not _ABSOLUTE.match(url):
        return f"must be an absolute URL such as https://example.com/page, not '{url[:100]}'"
    try:
        urlsplit(url)
    except ValueError as error:
        return f"is not a valid URL ({error}): '{url[:100]}'"
    return None


def with_query(url: str, query: dict[str, str]) -> str:
    """`url` with `query` set on it; a parameter of the same name is replaced."""
    if not query:
        return url
    parts = urlsplit(url)
    kept = [
        (name, text) for name, text in parse_qsl(parts.query, keep_blank_values=True) if name not in query
    ]
    path = parts.path or "/"  # as browsers write it
    return urlunsplit(parts._replace(path=path, query=urlencode([*kept, *query.items()])))
