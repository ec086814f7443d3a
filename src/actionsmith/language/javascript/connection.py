"""JSON-RPC with a language server over the pipes of its process: numbered requests, late answers dropped.

Own code instead of pygls and lsprotocol, because this runs on the screen's thread: they take 300 ms to import
and 11 to 15 ms to read 2,000 proposals, msgspec with the few shapes needed takes 0.5 ms.
"""

from __future__ import annotations

import asyncio
import re
from asyncio.subprocess import Process
from contextlib import suppress
from typing import Any, Generic, TypeVar

import msgspec

from actionsmith.language.javascript.wire import ConfigurationRequest, Message

_LENGTH = re.compile(rb"content-length:\s*(\d+)", re.IGNORECASE)
_HEADER_END = b"\r\n\r\n"
READ_AHEAD = 1 << 20
"""Bytes of the server's answers that are kept until they are read."""

_T = TypeVar("_T")
_read_message = msgspec.json.Decoder(Message)


class Method(Generic[_T]):
    """A request of the protocol and the shape of its answer."""

    def __init__(self, name: str, shape: type[_T]) -> None:
        self.name = name
        self._decoder: msgspec.json.Decoder[_T | None] = msgspec.json.Decoder(shape | None)

    def read(self, answer: msgspec.Raw) -> _T | None:
        """The answer, or None for one that is null or has another shape than expected."""
        try:
            return self._decoder.decode(answer)
        except msgspec.DecodeError:
            return None


class TooLateError(Exception):
    """The server did not answer in time."""


class Connection:
    """The conversation with one process of a server; it ends with the process.

    All methods belong to one event loop. A request that will not be answered any more, because the process is
    gone or a newer one took its place, gives None.
    """

    def __init__(self, process: Process) -> None:
        self._process = process
        self._number = 0
        self._waiting: dict[int, asyncio.Future[msgspec.Raw | None]] = {}
        self._lanes: dict[object, int] = {}
        self._reading = asyncio.create_task(self._read())

    @property
    def is_open(self) -> bool:
        return not self._reading.done()

    def notify(self, method: str, params: Any) -> None:
        """Tell the server something. Does not wait for it to be read."""
        self._send({"jsonrpc": "2.0", "method": method, "params": params})

    async def ask(
        self, method: Method[_T], params: Any, *, patience_s: float, lane: object = None
    ) -> _T | None:
        """The answer to a request. One that is asked in the same `lane` later cancels it.

        Raises TooLateError after `patience_s` seconds.
        """
        if not self.is_open:
            return None
        self._number += 1
        number = self._number
        answer = asyncio.get_running_loop().create_future()
        self._waiting[number] = answer
        if lane is not None:
            self._cancel(self._lanes.get(lane, 0))
            self._lanes[lane] = number
        self._send({"jsonrpc": "2.0", "id": number, "method": method.name, "params": params})
        try:
            async with asyncio.timeout(patience_s):
                result = await answer
        except TimeoutError:
            raise TooLateError(method.name) from None
        finally:
            self._cancel(number)
            if self._lanes.get(lane) == number:
                del self._lanes[lane]
        return None if result is None else method.read(result)

    async def ended(self) -> None:
        """Wait until the server is gone."""
        await asyncio.wait([self._reading])

    async def close(self, patience_s: float = 2.0) -> None:
        """End the server: it goes when its input ends, and is killed when it does not."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        try:
            async with asyncio.timeout(patience_s):
                await self._process.wait()
        except TimeoutError:
            self.kill()
            await self._process.wait()
        await self.ended()

    def kill(self) -> None:
        """End the server at once."""
        if self._process.returncode is None:
            with suppress(ProcessLookupError):  # it went by itself meanwhile
                self._process.kill()

    def _cancel(self, number: int) -> None:
        """Give up a request that was not answered yet; its answer would come too late."""
        answer = self._waiting.pop(number, None)
        if answer is not None:
            if not answer.done():
                answer.set_result(None)
            self.notify("$/cancelRequest", {"id": number})

    def _send(self, message: dict[str, Any]) -> None:
        stdin = self._process.stdin
        if stdin is None or stdin.is_closing():
            return
        body = msgspec.json.encode(message)
        stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))

    async def _read(self) -> None:
        """Hand out what the server says until it is gone."""
        try:
            while (body := await self._next_body()) is not None:
                self._take(_read_message.decode(body))
        except asyncio.IncompleteReadError:
            pass  # it has ended
        except (asyncio.LimitOverrunError, OSError, msgspec.DecodeError):
            self.kill()  # no sense can be made of what follows
        finally:
            for answer in self._waiting.values():
                if not answer.done():
                    answer.set_result(None)
            self._waiting.clear()

    async def _next_body(self) -> bytes | None:
        assert self._process.stdout is not None
        header = await self._process.stdout.readuntil(_HEADER_END)
        found = _LENGTH.search(header)
        return await self._process.stdout.readexactly(int(found[1])) if found else None

    def _take(self, message: Message) -> None:
        if message.method is None:
            answer = self._waiting.pop(message.id, None) if isinstance(message.id, int) else None
            if answer is not None and not answer.done():
                answer.set_result(None if message.error else message.result)
        elif message.id is not None:
            self._send({"jsonrpc": "2.0", "id": message.id, "result": _reply(message)})


def _reply(message: Message) -> Any:
    """What the server's own requests are answered: no settings, and yes to everything else."""
    if message.method != "workspace/configuration":
        return None
    try:
        return [None] * len(msgspec.json.decode(message.params, type=ConfigurationRequest).items)
    except msgspec.DecodeError:
        return []
