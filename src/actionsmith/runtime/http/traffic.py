"""The outgoing requests of one run: answered from stubs where there are any, listed with secrets masked."""

from __future__ import annotations

from codecs import utf_8_decode
from typing import Any

import msgspec

from actionsmith.runtime.execution import HttpRequest, Stub
from actionsmith.runtime.hosts.frames import Answered, Requested
from actionsmith.runtime.http.stopwatch import Stopwatch
from actionsmith.runtime.http.stubs import answer_of, find_stub, normal_url
from actionsmith.runtime.masking import Masker

MOST_LISTED = 1000
"""Requests of one run that are listed; a loop that asks without end shall not fill the memory."""
MOST_WARNED = 20
"""Different requests without a stub that a run warns of."""
SHOWN = 64 << 10
"""Characters that are shown of a body, an address, and all headers; no spelling of a secret has more."""
SHOWN_HEADERS = 200
"""Headers of a request that are shown."""

_NO_ANSWER = "there was no answer before the run ended"


class Traffic:
    """The requests of one run, in the order in which they were begun.

    `stubs` None means that they go to the network and are only told; else they are answered here.
    `name` is what messages call the place where the stubs are from.
    """

    def __init__(self, stubs: tuple[Stub, ...] | None, masker: Masker, name: str = "the stubs") -> None:
        self._stubs = stubs
        self._masker = masker
        self._name = name
        self._made: list[HttpRequest] = []
        self._listed: dict[int, HttpRequest] = {}
        self._times: Stopwatch | None = None  # once something went out
        self._left_out = 0
        self._unanswered: dict[str, None] = {}

    @property
    def made(self) -> list[HttpRequest]:
        """What was asked for; a request without a word about its end has that as its error."""
        return [
            msgspec.structs.replace(request, error=_NO_ANSWER)
            if request.status is None and request.error is None
            else request
            for request in self._made
        ]

    @property
    def external_ms(self) -> float:
        """Milliseconds in which the network owed the Action at least one answer."""
        return self._times.busy_ms if self._times is not None else 0.0

    @property
    def warnings(self) -> list[str]:
        """Requests that failed for want of a stub: an Action may catch the error and say nothing."""
        told = list(self._unanswered)
        if self._left_out:
            told.append(f"{self._left_out:,} more HTTP requests were made than are listed")
        return told

    def requested(self, frame: Requested) -> dict[str, Any]:
        """List a request of the host, and give the answer that it waits for where there are stubs.

        To a client that asks ahead only a failure of a kind it asks for is told, and listed.
        """
        url = normal_url(frame.url)
        stub = self._stub(frame, url)
        answer = answer_of(stub) if stub is not None else None
        if frame.kinds and (answer is None or answer.get("kind") not in frame.kinds):
            return {}
        request = HttpRequest(
            method=self._text(frame.method),
            url=self._text(url),
            headers={},
            body=None,
            status=None,
            line=frame.line,
        )
        if len(self._made) < MOST_LISTED:
            request.headers, request.body = self._headers(frame.headers), self._body(frame.body)
            self._made.append(request)
            self._listed[frame.id] = request
        else:
            self._left_out += 1
        if not frame.wait:
            if self._times is None:
                self._times = Stopwatch()
            self._times.begin(frame.id)
            return {}
        if answer is None:
            request.error = f"no answer in {self._name}"
            return {"error": self._missed(request), "code": None}
        request.status = answer.get("status")
        if answer.get("error") is not None:
            request.error = self._text(answer["error"])
        return answer

    def answered(self, frame: Answered) -> None:
        """Complete a request that went to the network: its body, its status, or why there is none."""
        is_end = frame.status is not None or frame.error is not None
        took_ms = self._times.end(frame.id) if is_end and self._times is not None else None
        request = self._listed.get(frame.id)
        if request is None:  # of an earlier run in the same host, or one too many for the list
            return
        if took_ms is not None:
            request.duration_ms = took_ms
        if frame.body is not None:
            request.body = self._body(frame.body)
        if frame.status is not None:
            request.status = frame.status
        if frame.error is not None and request.status is None:
            request.error = self._text(frame.error)

    def _stub(self, frame: Requested, url: str) -> Stub | None:
        """What answers a request that waits for it."""
        if not frame.wait:
            return None
        return find_stub(self._stubs or (), frame.method, url, frame.body.decode("utf-8", "replace"))

    def _missed(self, request: HttpRequest) -> str:
        """What to tell of a request without a stub, to the Action and as a warning."""
        message = (
            f"{request.method} {request.url} has no answer in {self._name}; "
            "add one, because a run with stubs never reaches the network"
        )
        if len(self._unanswered) < MOST_WARNED:
            self._unanswered[message] = None
        return message

    def _headers(self, pairs: list[tuple[str, str]]) -> dict[str, str]:
        """Headers by name as it was written, the values of one that was given twice joined."""
        kept, left = list[str](), SHOWN
        for pair in pairs[:SHOWN_HEADERS]:
            left -= len(pair[0]) + len(pair[1])
            if left < 0:
                break
            kept += pair
        headers: dict[str, list[str]] = {}
        masked = iter(self._masker.texts(kept))
        for name, value in zip(masked, masked, strict=True):
            headers.setdefault(name, []).append(value)
        return {name: ", ".join(values) for name, values in headers.items()}

    def _text(self, text: str) -> str:
        """A text for the list: masked, and as much of it as is shown."""
        if len(text) <= SHOWN:
            return self._masker.text(text)
        return f"{self._masker.start(text[: 2 * SHOWN], SHOWN)}... ({len(text):,} characters)"

    def _body(self, body: bytes) -> Any:
        """A body for the list: data where it is JSON, else text, None where there was none."""
        if not body:
            return None
        try:
            text = utf_8_decode(body)[0]  # the host may have cut it off within a character
        except UnicodeDecodeError:
            text = ""
        if not text:
            return f"({len(body):,} bytes that are no text)"
        if len(text) <= SHOWN and text.lstrip()[:1] in ("{", "["):
            try:
                return self._masker.data(msgspec.json.decode(text))
            except (msgspec.DecodeError, RecursionError):
                pass
        return self._text(text)
