"""Tells the parent of every HTTP request that goes out to the network, and what became of it.

http.client (so urllib, and requests by way of urllib3), httpcore (so httpx) and aiohttp are watched from the
moment they are imported; an Action that imports none of them pays nothing.
"""

from __future__ import annotations

import base64
import itertools
from functools import partial

from . import http_clients
from .action import Action
from .import_watch import change_when_imported
from .pipe import Pipe

MOST_BODY = 1 << 20
"""Bytes of one body that are kept."""
MOST_HEADERS, MOST_HEADER_TEXT = 200, 1 << 16
"""Headers of one request that are told, and characters of them."""


class Recorder:
    """Tells of requests, numbered in the order in which they began."""

    def __init__(self, pipe: Pipe, action: Action) -> None:
        self._pipe = pipe
        self._action = action
        self._numbers = itertools.count(1)

    def begun(self, method: str, url: str, headers: list[tuple[str, str]]) -> Exchange:
        number = next(self._numbers)
        first, line = _first(headers), self._action.current_line()
        told = {"t": "http", "id": number, "method": method, "url": url, "headers": first, "line": line}
        self._pipe.send(told)
        return Exchange(self._pipe, number)


class Exchange:
    """One request that was begun: its body as far as it was sent, and how it ended."""

    def __init__(self, pipe: Pipe, number: int) -> None:
        self._pipe = pipe
        self._number = number
        self._body = bytearray()

    def sent(self, data: bytes) -> None:
        if len(self._body) < MOST_BODY:
            self._body += bytes(data[: MOST_BODY - len(self._body)])

    def ended(self, status: int | None, error: BaseException | None = None) -> None:
        told = str(error) or type(error).__name__ if error is not None else None
        body = base64.b64encode(self._body).decode()
        self._pipe.send({"t": "answered", "id": self._number, "status": status, "error": told, "body": body})


def _first(headers: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """As many headers as are told."""
    told, left = headers[:MOST_HEADERS], MOST_HEADER_TEXT
    for at, (name, value) in enumerate(told):
        left -= len(name) + len(value)
        if left < 0:
            return told[:at]
    return told


def record_all(pipe: Pipe, action: Action) -> None:
    """From now on the parent is told of every request, and where in the Action it was begun."""
    recorder = Recorder(pipe, action)
    watching = {
        "http.client": http_clients.watch_http_client,
        "urllib3.connectionpool": http_clients.watch_urllib3,
        "aiohttp.client": http_clients.watch_aiohttp,
        "httpcore._sync.connection_pool": http_clients.watch_httpcore,
        "httpcore._async.connection_pool": http_clients.watch_async_httpcore,
    }
    change_when_imported({name: partial(watch, recorder) for name, watch in watching.items()})
