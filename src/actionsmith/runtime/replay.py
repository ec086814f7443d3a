"""Many events through one warm host: loaded once, called once for each, in order.

The next calls are already under way while one is being settled, so that neither side waits for the other.
Every event has a transaction, a starting cache and a time limit of its own; what the Action keeps in
module-level variables survives, as it may on the platform (semantics.md, "Handlers and loading").
"""

from __future__ import annotations

import gc
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import Self

import msgspec

from actionsmith.runtime import engine
from actionsmith.runtime.execution import Execution, RunRequest
from actionsmith.runtime.hosts.process import Host
from actionsmith.runtime.pool import HostPool
from actionsmith.runtime.semantics import UnreadEvent
from actionsmith.runtime.session import Session
from actionsmith.runtime.step import Step, unloaded
from actionsmith.runtime.transcript import Transcript

_AHEAD = 128  # calls under way
_REFILL = 32  # sent together
_BYTES_AHEAD = 1 << 20

_COLLECT_EVERY = 50_000
"""New objects between two collections of garbage meanwhile: an event makes many that live briefly and are in
no cycle, and looking through them costs a tenth of it."""


class Replay:
    """One Action and one host, for as many events as are given. Use as a context; not safe between threads.

    Entering loads the code. Raises UserError when it has no handler to run. `trigger` is then the trigger's
    id, or None when the code could not be loaded: every event gets the same error.
    """

    def __init__(
        self, request: RunRequest, *, pool: HostPool | None = None, cancel: threading.Event | None = None
    ) -> None:
        self._request, self._pool, self._cancel = request, pool, cancel
        self._host: Host | None = None
        self._failed: Execution | None = None
        self._loading: Transcript | None = None  # what is said while loading belongs to the first event
        self.trigger: str | None = None
        self._handler = ""

    def __enter__(self) -> Self:
        try:
            self._load()
        except BaseException:
            self._end_host()
            raise
        self._collected_every = gc.get_threshold()
        gc.set_threshold(_COLLECT_EVERY, *self._collected_every[1:])
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        gc.set_threshold(*self._collected_every)
        self._end_host()

    def run(self, events: Iterable[bytes]) -> Iterator[Execution]:
        """Yield one execution for each event, a JSON object as text, in order.

        An Action that crashes or runs out of time is loaded anew for the events after that one. Before the
        execution of an event is yielded, later ones have been taken.
        """
        source = iter(events)
        under_way: deque[tuple[bytes, Step]] = deque()
        while True:
            if len(under_way) <= _AHEAD - _REFILL:
                self._send_ahead(source, under_way)
            if self._failed is not None:
                yield from (msgspec.structs.replace(self._failed) for _ in (*under_way, *source))
                return
            if not under_way:
                return
            _, step = under_way.popleft()
            step.session.renew_time()
            step.began = time.monotonic()
            execution = step.finish()
            yield execution
            if execution.status in ("timed_out", "crashed"):
                self._start_anew(under_way)

    def _send_ahead(self, source: Iterator[bytes], under_way: deque[tuple[bytes, Step]]) -> None:
        channel = self._session.host.channel
        while self._failed is None and len(under_way) < _AHEAD and channel.pending_bytes < _BYTES_AHEAD:
            event = next(source, None)
            if event is None:
                break
            under_way.append((event, self._begin(event)))
        channel.flush()

    def _begin(self, event: bytes) -> Step:
        assert self.trigger is not None
        transaction = engine.open_transaction(self.trigger, UnreadEvent(event), self._request)
        transcript = self._loading or self._session.open_transcript(None)
        self._loading = None
        step = Step(self._session, self._handler, transaction, transcript, time.monotonic())
        step.begin(event)
        return step

    def _start_anew(self, under_way: deque[tuple[bytes, Step]]) -> None:
        self._end_host()
        self._load()
        events = [event for event, _ in under_way]
        under_way.clear()
        if self._failed is None:
            under_way.extend((event, self._begin(event)) for event in events)

    def _load(self) -> None:
        began = time.monotonic()
        self._host = engine.take_host(self._request, self._pool)
        self._host.channel.widen()
        self._session = Session(self._host, self._request, self._cancel)
        self._loading = transcript = self._session.open_transcript(None)
        loaded = self._session.load(transcript, processor_time=False)
        if loaded.status != "completed":
            self._failed = unloaded(self._request, loaded, transcript, began)
            return
        self.trigger, self._handler = self._session.handlers.find()

    def _end_host(self) -> None:
        host, self._host = self._host, None
        if host is not None:
            host.close()
