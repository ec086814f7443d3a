"""Requests that a stub lets fail in connecting: they fail where the client connects, with its own errors.

A stub is chosen by method, URL and body. Over a socket all of that has come only when the client has long
connected and waits for the answer, and an error there is another one to it: urllib wraps those of connecting,
httpx, requests and aiohttp have classes for them. So the clients ask ahead, and where the request is to fail
like that, they meet the error in their own code for it, or raise what that would have raised. A body that is
read only while it is sent cannot be asked with: such a request fails over the socket.
"""

from __future__ import annotations

import base64
import http.client
import socket
import sys
from collections.abc import Callable
from functools import partial, wraps
from types import ModuleType
from typing import Any

from .action import Action
from .http_answers import Ask, failure_of
from .http_clients import head_of
from .http_sockets import LocalSocket
from .import_watch import change_when_imported
from .record import Record

IN_CONNECTING = ("lookup", "connect")
IN_WAITING = ("timeout",)
BODY = "_body_ahead"
"""Where a connection keeps the body that its request will have."""

Ahead = Callable[..., Record | None]
"""Gives the error that a request meets, if it is one of `kinds`."""


def asking_ahead(ask: Ask, action: Action) -> Ahead:
    """A function that asks the parent before the client does anything. `body` None: it is not known yet."""

    def ahead(
        kinds: tuple[str, ...], method: str, url: str, headers: list[tuple[str, str]], body: bytes | None
    ) -> Record | None:
        if body is None:
            return None
        told = {"method": method, "url": url, "headers": headers, "line": action.current_line()}
        answer = ask({**told, "body": base64.b64encode(body).decode(), "kinds": kinds})
        return answer if answer.error else None

    return ahead


def refuse_ahead(ask: Ask, action: Action) -> None:
    """From now on clients ask ahead. http.client is here already, the others when they are imported."""
    ahead = asking_ahead(ask, action)
    refuse_in_http_client(ahead, http.client)
    change_when_imported(
        {
            "urllib3.connectionpool": keep_body_of_urllib3,
            "aiohttp.connector": partial(refuse_in_aiohttp, ahead),
            "aiohttp.client_reqrep": partial(time_out_in_aiohttp, ahead),
            "httpcore._sync.connection_pool": partial(refuse_in_httpcore, ahead),
            "httpcore._async.connection_pool": partial(refuse_in_async_httpcore, ahead),
        }
    )


def refuse_in_http_client(ahead: Ahead, module: ModuleType) -> None:
    """It connects when the head is complete: then it meets the error, or who is built on it does."""
    kind = module.HTTPConnection
    endheaders = kind.endheaders

    @wraps(endheaders)
    def refusing(self: Any, message_body: Any = None, **named: Any) -> None:
        method, url, headers = head_of(b"\r\n".join(self._buffer), self)
        body = _at_hand(vars(self).pop(BODY, message_body), headers)
        refusal = ahead(IN_CONNECTING, method, url, headers, body)
        if refusal is not None:
            if self.sock is not None:
                self.sock.close()
                self.sock = None
            LocalSocket.refused.failure = failure_of(refusal)
        try:
            endheaders(self, message_body, **named)
        finally:
            vars(LocalSocket.refused).clear()

    kind.endheaders = refusing


def keep_body_of_urllib3(module: ModuleType) -> None:
    """It gives http.client the head alone, and the body only after that."""
    kind = module.HTTPConnectionPool
    make_request = kind._make_request

    @wraps(make_request)
    def keeping(self: Any, conn: Any, *args: Any, **named: Any) -> Any:
        setattr(conn, BODY, named.get("body"))
        return make_request(self, conn, *args, **named)

    kind._make_request = keeping


def refuse_in_httpcore(ahead: Ahead, module: ModuleType) -> None:
    kind = module.ConnectionPool
    handle = kind.handle_request

    @wraps(handle)
    def refusing(self: Any, request: Any) -> Any:
        _refuse_by_httpcore(ahead, request)
        return handle(self, request)

    kind.handle_request = refusing


def refuse_in_async_httpcore(ahead: Ahead, module: ModuleType) -> None:
    kind = module.AsyncConnectionPool
    handle = kind.handle_async_request

    @wraps(handle)
    async def refusing(self: Any, request: Any) -> Any:
        _refuse_by_httpcore(ahead, request)
        return await handle(self, request)

    kind.handle_async_request = refusing


def _refuse_by_httpcore(ahead: Ahead, request: Any) -> None:
    headers = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in request.headers]
    is_at_hand = type(request.stream).__name__ == "ByteStream"  # of httpcore or of httpx
    body = b"".join(request.stream) if is_at_hand else None
    method, url = request.method.decode(), bytes(request.url).decode("latin-1")
    refusal = ahead(IN_CONNECTING + IN_WAITING, method, url, headers, body)
    if refusal is None:
        return
    failure, errors = failure_of(refusal), sys.modules["httpcore"]
    if not isinstance(failure, TimeoutError):
        raise errors.ConnectError(failure) from failure
    kind = errors.ReadTimeout if refusal.kind in IN_WAITING else errors.ConnectTimeout
    raise kind(failure) from failure


def refuse_in_aiohttp(ahead: Ahead, module: ModuleType) -> None:
    kind = module.BaseConnector
    connect = kind.connect

    @wraps(connect)
    async def refusing(self: Any, req: Any, *args: Any, **named: Any) -> Any:
        refusal = _refusal_of_aiohttp(ahead, IN_CONNECTING, req)
        if refusal is None:
            return await connect(self, req, *args, **named)
        failure, errors = failure_of(refusal), sys.modules["aiohttp.client_exceptions"]
        if isinstance(failure, TimeoutError) and failure.errno is None:
            raise failure  # the session makes an error of its own of it
        found = errors.ClientConnectorError
        if isinstance(failure, socket.gaierror):
            found = getattr(errors, "ClientConnectorDNSError", found)
        raise found(req.connection_key, failure) from failure

    kind.connect = refusing


def time_out_in_aiohttp(ahead: Ahead, module: ModuleType) -> None:
    """A session takes what a socket raises while it is read for a connection that broke."""
    kind = module.ClientRequest
    send = kind.send

    @wraps(send)
    async def timing_out(self: Any, conn: Any) -> Any:
        refusal = _refusal_of_aiohttp(ahead, IN_WAITING, self)
        if refusal is None:
            return await send(self, conn)
        failure, errors = failure_of(refusal), sys.modules["aiohttp.client_exceptions"]
        raise getattr(errors, "SocketTimeoutError", errors.ServerTimeoutError)(*failure.args) from failure

    kind.send = timing_out


def _refusal_of_aiohttp(ahead: Ahead, kinds: tuple[str, ...], request: Any) -> Record | None:
    headers = [(str(name), str(value)) for name, value in request.headers.items()]
    body = _at_hand(getattr(request.body, "_value", request.body), [])
    return ahead(kinds, request.method, str(request.url), headers, body)


def _at_hand(body: Any, headers: list[tuple[str, str]]) -> bytes | None:
    """A body as bytes; None for one that has to be read first, or that the headers announce for later."""
    if body is None:
        announced = {name.lower(): value for name, value in headers}
        return (
            b""
            if announced.get("content-length", "0") == "0" and "transfer-encoding" not in announced
            else None
        )
    if isinstance(body, str):
        return body.encode()
    return bytes(body) if isinstance(body, bytes | bytearray | memoryview) else None
