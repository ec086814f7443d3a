"""HTTP without a network: every connection of this process ends here, and the parent gives each answer."""

from __future__ import annotations

import base64
import errno
import http.client
import itertools
import socket
import threading
from collections.abc import Callable
from typing import Any, BinaryIO

from .codec import encode
from .http_tls import TLS_LINE
from .pipe import Pipe
from .record import Record

NOT_HTTP = "only HTTP/1.1 is answered in a run with stubs, and nothing reaches the network"
PATIENCE_S = 1.0
"""Who has sent nothing for so long waits for the other side to begin, as no HTTP client does."""
MOST_BODY = 16 << 20
"""Bytes of one body that the parent is told."""
LONGEST_LINE = 1 << 16

Ask = Callable[[dict[str, Any]], Record]


class Connection:
    """The far end of one client's connection. `failure` is what its next read is to raise, `line` the line of
    the Action that has sent what is not answered yet, where that is known."""

    def __init__(self, end: socket.socket, ask: Ask) -> None:
        self.failure: OSError | None = None
        self.line: int | None = None
        self._end = end
        self._ask = ask
        self._encrypted = False
        threading.Thread(target=self._serve, name="http", daemon=True).start()

    def _serve(self) -> None:
        with self._end, self._end.makefile("rb") as incoming:
            try:
                self._talk(incoming)
            except (ValueError, http.client.HTTPException, TimeoutError):
                self.failure = ConnectionError(NOT_HTTP)  # known before the end is closed
            except OSError:
                pass  # the client is gone

    def _talk(self, incoming: BinaryIO) -> None:
        self._end.settimeout(PATIENCE_S)
        line = incoming.readline(LONGEST_LINE)
        self._end.settimeout(None)
        while line:
            if line == TLS_LINE:
                self._encrypted = True
            elif not self._answer(line, incoming):
                return
            line = incoming.readline(LONGEST_LINE)

    def _answer(self, line: bytes, incoming: BinaryIO) -> bool:
        """Read the request that begins with `line` and answer it. False when the client is to fail."""
        method, target, version = line.decode("latin-1").split()
        if not version.startswith("HTTP/1.") or method == "CONNECT":
            raise ValueError(version)
        headers = http.client.parse_headers(incoming)
        if headers.get("expect", "").lower() == "100-continue":
            self._end.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        body = _body(headers, incoming)
        sent_at, self.line = self.line, None  # the next request on this connection may come from elsewhere
        whole = "://" in target and not target.startswith("/")  # as a proxy is asked
        answer = self._ask(
            {
                "method": method,
                "url": target if whole else self._url(headers.get("host", "localhost"), target),
                "headers": headers.items(),
                "line": sent_at,
                "body": base64.b64encode(body[:MOST_BODY]).decode(),
            }
        )
        if answer.error:
            self.failure = failure_of(answer)
            return False
        self._end.sendall(_spelled(answer, with_body=method != "HEAD"))
        return True

    def _url(self, host: str, path: str) -> str:
        return f"{'https' if self._encrypted else 'http'}://{host}{path}"


def asking(pipe: Pipe) -> Ask:
    """A function that asks the parent for the answer to a request."""
    numbers = itertools.count(1)

    def ask(request: dict[str, Any]) -> Record:
        return pipe.ask(encode({"t": "http", "id": next(numbers), "wait": True, **request}))

    return ask


def _body(headers: http.client.HTTPMessage, incoming: BinaryIO) -> bytes:
    if headers.get("transfer-encoding", "").lower() != "chunked":
        length = int(headers.get("content-length", 0))
        if length < 0:
            raise ValueError(length)
        return incoming.read(length)
    chunks = []
    while size := int(incoming.readline(LONGEST_LINE).partition(b";")[0], 16):
        chunks.append(incoming.read(size))
        incoming.readline(LONGEST_LINE)
    while incoming.readline(LONGEST_LINE).strip():
        pass  # trailers
    return b"".join(chunks)


def _spelled(answer: Record, *, with_body: bool) -> bytes:
    reason = http.client.responses.get(answer.status, "")
    lines = [f"HTTP/1.1 {answer.status} {reason}", *(f"{name}: {value}" for name, value in answer.headers)]
    head = "".join(f"{line}\r\n" for line in [*lines, ""]).encode("latin-1")
    return head + (base64.b64decode(answer.body) if with_body else b"")


def failure_of(answer: Record) -> OSError:
    """The error a client meets: of the kind that its `code` (`ECONNREFUSED`) or else its text stands for."""
    message, code = answer.error, answer.code or ""
    if answer.kind == "lookup":
        return socket.gaierror(getattr(socket, code, socket.EAI_NONAME), message)
    number = getattr(errno, code, None)
    if number is not None:
        return OSError(number, message)
    return TimeoutError(message) if answer.timed_out else ConnectionError(message)
