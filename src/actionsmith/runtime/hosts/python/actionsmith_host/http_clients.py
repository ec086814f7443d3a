"""The HTTP clients that are watched: what each of them begins, sends and gets is told to a recorder."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from functools import wraps
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .http_record import Exchange, Recorder

TUNNEL = b"CONNECT "
"""How a proxy is asked for a tunnel, which is no request of the Action."""


class Line:
    """What is known of one connection of http.client: the request on it, and how many there were."""

    def __init__(self) -> None:
        self.exchange: Exchange | None = None
        self.chunked = False
        self.count = 0

    @classmethod
    def of(cls, connection: Any) -> Line:
        line: Line | None = vars(connection).get("_watched")
        if line is None:
            line = connection._watched = cls()
        return line

    def sent(self, data: Any) -> None:
        """Body bytes, of which the client makes chunks itself; a file or iterator is read by http.client."""
        if self.exchange is not None and isinstance(data, bytes | bytearray):
            for part in _unchunked(bytes(data)) if self.chunked else (bytes(data),):
                self.exchange.sent(part)

    def ended(self, status: int | None, error: BaseException | None = None) -> None:
        if self.exchange is not None:
            self.exchange.ended(status, error)
            self.exchange = None


def watch_http_client(recorder: Recorder, module: ModuleType) -> None:
    """The head of a request is sent in one piece, its body after that; the answer is asked for last."""
    kind = module.HTTPConnection
    putrequest, send, getresponse = kind.putrequest, kind.send, kind.getresponse

    @wraps(putrequest)
    def watched_putrequest(self: Any, *args: Any, **named: Any) -> None:
        Line.of(self).exchange = None  # nobody asked for the answer to the one before
        putrequest(self, *args, **named)

    @wraps(send)
    def watched_send(self: Any, data: Any) -> None:
        line = Line.of(self)
        if line.exchange is not None:
            line.sent(data)
        elif isinstance(data, bytes) and not data.startswith(TUNNEL):
            line.exchange = recorder.begun(*head_of(data, self))
            line.chunked = b"\r\ntransfer-encoding: chunked" in data.lower()
            line.count += 1
        try:
            send(self, data)
        except Exception as error:
            line.ended(None, error)
            raise

    @wraps(getresponse)
    def watched_getresponse(self: Any, *args: Any, **named: Any) -> Any:
        try:
            response = getresponse(self, *args, **named)
        except Exception as error:
            Line.of(self).ended(None, error)
            raise
        Line.of(self).ended(response.status)
        return response

    kind.putrequest, kind.send, kind.getresponse = watched_putrequest, watched_send, watched_getresponse


def watch_urllib3(recorder: Recorder, module: ModuleType) -> None:
    """urllib3 connects before it sends: a request that fails there is never seen by http.client."""
    kind = module.HTTPConnectionPool
    make_request = kind._make_request

    @wraps(make_request)
    def watched(self: Any, conn: Any, method: str, url: str, *args: Any, **named: Any) -> Any:
        count = Line.of(conn).count
        try:
            return make_request(self, conn, method, url, *args, **named)
        except Exception as error:
            if Line.of(conn).count == count:
                port = "" if self.port in (None, conn.default_port) else f":{self.port}"
                headers = [(str(name), str(value)) for name, value in (named.get("headers") or {}).items()]
                whole = f"{self.scheme}://{self.host}{port}{url}"
                recorder.begun(method, whole, headers).ended(None, error)
            raise

    kind._make_request = watched


def watch_httpcore(recorder: Recorder, module: ModuleType) -> None:
    kind = module.ConnectionPool
    handle = kind.handle_request

    @wraps(handle)
    def watched(self: Any, request: Any) -> Any:
        exchange = _begun_by_httpcore(recorder, request)
        try:
            response = handle(self, request)
        except BaseException as error:
            exchange.ended(None, error)
            raise
        exchange.ended(response.status)
        return response

    kind.handle_request = watched


def watch_async_httpcore(recorder: Recorder, module: ModuleType) -> None:
    kind = module.AsyncConnectionPool
    handle = kind.handle_async_request

    @wraps(handle)
    async def watched(self: Any, request: Any) -> Any:
        exchange = _begun_by_httpcore(recorder, request)
        try:
            response = await handle(self, request)
        except BaseException as error:
            exchange.ended(None, error)
            raise
        exchange.ended(response.status)
        return response

    kind.handle_async_request = watched


def _begun_by_httpcore(recorder: Recorder, request: Any) -> Exchange:
    headers = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in request.headers]
    exchange = recorder.begun(request.method.decode(), bytes(request.url).decode("latin-1"), headers)
    request.stream = WatchedStream(request.stream, exchange)
    return exchange


class WatchedStream:
    """A body that is told while it is read."""

    def __init__(self, stream: Any, exchange: Exchange) -> None:
        self._stream = stream
        self._exchange = exchange

    def __iter__(self) -> Iterator[bytes]:
        for part in self._stream:
            self._exchange.sent(part)
            yield part

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for part in self._stream:
            self._exchange.sent(part)
            yield part

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def watch_aiohttp(recorder: Recorder, module: ModuleType) -> None:
    """aiohttp tells of its requests itself, with the headers that the Action gives, to who asks for it."""
    kind = module.ClientSession
    init = kind.__init__

    def begin(context: Any, method: str, url: Any, headers: Any) -> None:
        pairs = [(str(name), str(value)) for name, value in headers.items()]
        context.exchange = recorder.begun(method, str(url), pairs)

    async def started(_session: Any, context: Any, told: Any) -> None:
        begin(context, told.method, told.url, told.headers)

    async def sent(_session: Any, context: Any, told: Any) -> None:
        context.exchange.sent(told.chunk)

    async def redirected(_session: Any, context: Any, told: Any) -> None:
        context.exchange.ended(told.response.status)
        place = told.response.headers.get("Location", "")
        begin(context, told.method, told.response.url.join(type(told.response.url)(place)), told.headers)

    async def ended(_session: Any, context: Any, told: Any) -> None:
        context.exchange.ended(told.response.status)

    async def failed(_session: Any, context: Any, told: Any) -> None:
        context.exchange.ended(None, told.exception)

    @wraps(init)
    def watched(self: Any, *args: Any, trace_configs: Any = None, **named: Any) -> None:
        ours = module.TraceConfig()
        ours.on_request_start.append(started)
        ours.on_request_chunk_sent.append(sent)
        ours.on_request_redirect.append(redirected)
        ours.on_request_end.append(ended)
        ours.on_request_exception.append(failed)
        init(self, *args, trace_configs=[*(trace_configs or ()), ours], **named)

    kind.__init__ = watched


def head_of(data: bytes, connection: Any) -> tuple[str, str, list[tuple[str, str]]]:
    """Method, URL and headers of a request whose first bytes are `data`."""
    first, *lines = data.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    method, target = [*first.split(" "), "", ""][:2]
    headers = [(name, value.strip()) for name, _, value in (line.partition(":") for line in lines)]
    if "://" in target and not target.startswith("/"):  # as a proxy is asked
        return method, target, headers
    host = next((value for name, value in headers if name.lower() == "host"), connection.host)
    scheme = "https" if connection.default_port == 443 else "http"
    return method, f"{scheme}://{host}{target}", headers


def _unchunked(data: bytes) -> Iterator[bytes]:
    """The chunks in one piece of what http.client or urllib3 sends, as far as it goes."""
    while data:
        size, _, rest = data.partition(b"\r\n")
        try:
            length = int(size.partition(b";")[0], 16)
        except ValueError:
            return
        yield rest[:length]
        data = rest[length + 2 :]
