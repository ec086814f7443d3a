"""Tells the parent of every HTTP request that goes out to the network, and what became of it.

http.client (so urllib, and requests by way of urllib3), httpcore (so httpx) and aiohttp are watched from the
moment they are imported; an Action that imports none of them pays nothing.
"""

from __future__ import annotations

import base64
import itertools
import sys
from collections.abc import Callable
from functools import partial
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any

from . import http_clients
from .action import Action
from .pipe import Pipe

MOST_BODY = 1 << 20
"""Bytes of one body that are kept."""


class Recorder:
    """Tells of requests, numbered in the order in which they began."""

    def __init__(self, pipe: Pipe, action: Action) -> None:
        self._pipe = pipe
        self._action = action
        self._numbers = itertools.count(1)

    def begun(self, method: str, url: str, headers: list[tuple[str, str]]) -> Exchange:
        number = next(self._numbers)
        line = self._action.current_line()
        told = {"t": "http", "id": number, "method": method, "url": url, "headers": headers, "line": line}
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


class Watcher:
    """Finds the modules that are to be watched, and has them changed once they are loaded."""

    def __init__(self, recorder: Recorder) -> None:
        self._changes: dict[str, Callable[[ModuleType], None]] = {
            "http.client": partial(http_clients.watch_http_client, recorder),
            "urllib3.connectionpool": partial(http_clients.watch_urllib3, recorder),
            "aiohttp.client": partial(http_clients.watch_aiohttp, recorder),
            "httpcore._sync.connection_pool": partial(http_clients.watch_httpcore, recorder),
            "httpcore._async.connection_pool": partial(http_clients.watch_async_httpcore, recorder),
        }

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        change = self._changes.get(name)
        spec = PathFinder.find_spec(name, path) if change is not None else None
        if change is None or spec is None or spec.loader is None:
            return None
        load = spec.loader.exec_module

        def exec_module(module: ModuleType) -> None:
            load(module)
            change(module)

        vars(spec.loader).update(exec_module=exec_module)
        return spec


def record_all(pipe: Pipe, action: Action) -> None:
    """From now on the parent is told of every request, and where in the Action it was begun."""
    sys.meta_path.insert(0, Watcher(Recorder(pipe, action)))
