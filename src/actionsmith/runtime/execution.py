"""What is run and what comes back: the typed request and result of one execution."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import msgspec

from actionsmith.runtime.host_kind import DEFAULT_MEMORY_MB, Language, Packages
from actionsmith.runtime.time_limit import time_limit_s

Status = Literal["completed", "denied", "suspended", "failed", "timed_out", "crashed"]
Level = Literal["log", "info", "warn", "error", "debug", "trace"]

CANCELLED = "Cancelled"
"""Names the error of a run that was stopped on purpose, for which there is no status: it is `crashed`."""


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """The code of one Action. `filename` is what errors and stack traces call it.

    `id` is what its tenant knows it by whatever its name is; empty for code that is of no tenant.
    """

    code: str
    language: Language
    name: str
    filename: str
    id: str = ""
    version: int | None = None


class Command(msgspec.Struct, kw_only=True, omit_defaults=True):
    """One recorded api call. `path` has no `api.` and uses the JavaScript names in both languages.

    `error` says why it was refused: it has thrown that and has done nothing.
    """

    path: str
    args: list[Any]
    line: int | None = None
    effect: bool = True
    error: str | None = None

    @property
    def refusal(self) -> str:
        """Why it was refused, without the method's name; empty when it was not."""
        told = self.error or ""
        return told.partition(": ")[2] or told


class ConsoleLine(msgspec.Struct, kw_only=True):
    """One console call. `at_ms` counts from the moment the handler's code was handed to the host."""

    level: Level
    text: str
    line: int | None
    at_ms: float


class ActionError(msgspec.Struct, kw_only=True):
    """Why an Action ended badly; line and column (from 1) are in the user's own file."""

    name: str
    message: str
    line: int | None = None
    column: int | None = None
    stack: str = ""


class HttpRequest(msgspec.Struct, kw_only=True, omit_defaults=True):
    """One outgoing HTTP request. `status` is None when there was no answer; `error` then says why.

    `body` is what was sent: JSON as data when it is JSON, else text, None when there was none.
    `duration_ms` is the time until the head of the network's answer came, or the request failed. `line` is
    where the Action made it.
    """

    method: str
    url: str
    headers: dict[str, str]
    body: Any
    status: int | None
    error: str | None = None
    duration_ms: float | None = None
    line: int | None = None


class Stub(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An answer for outgoing HTTP requests that match (design: outside surface, `--http`).

    `url` matches as a prefix, or as a glob where it has a `*`; without `method` every method matches.
    A header with several values is there as often. With `error` the request fails with that message instead
    of being answered.
    """

    url: str
    method: str | None = None
    body_has: str | None = None
    status: int = 200
    headers: dict[str, str | list[str]] = {}
    body: Any = None
    error: str | None = None


class Stats(msgspec.Struct, kw_only=True):
    """Figures of one execution: the handler's time, the host's own time, processor time, peak memory.

    `boot_ms` is the part of `host_ms` before the handler: taking a process and loading the code.
    `external_ms` is the part of `duration_ms` in which the Action had requests under way in the network.
    `confinement` tells what held the Action and by which means (`files`: `landlock`), or `not enforced`.
    """

    duration_ms: float = 0.0
    host_ms: float = 0.0
    boot_ms: float = 0.0
    external_ms: float = 0.0
    cpu_ms: float = 0.0
    memory_bytes: int = 0
    confinement: dict[str, str] = {}


class Coverage(msgspec.Struct, kw_only=True):
    """Which lines of the Action ran and which did not, from 1 and ascending.

    A line that ran in part is among `ran`, one without code in neither.
    """

    ran: list[int]
    missed: list[int]


class Execution(msgspec.Struct, kw_only=True):
    """One run of one Action: the object `actionsmith run --json` prints (see design: outside surface).

    `coverage` is there, and in JSON, only when the request asked for it and the host could tell.
    """

    action: str
    version: int | None
    trigger: str
    language: Language
    handler: str
    status: Status
    commands: list[Command] = []
    outcome: dict[str, Any] = {}
    console: list[ConsoleLine] = []
    http: list[HttpRequest] = []
    warnings: list[str] = []
    error: ActionError | None = None
    stats: Stats = msgspec.field(default_factory=Stats)
    coverage: Coverage | msgspec.UnsetType = msgspec.UNSET

    @property
    def was_stopped(self) -> bool:
        """Whether it was stopped on purpose. What an Action throws, under any name, makes it `failed`."""
        return self.status == "crashed" and self.error is not None and self.error.name == CANCELLED


WaitKind = Literal["redirect", "form", "mfa"]


class WaitsFor(msgspec.Struct, frozen=True, kw_only=True):
    """What a suspended flow waits for, and which Action asked for it (`position` from 0 in the flow).

    `details` by kind. redirect: `url` (with the query and `state`), `state`. form: `id`, `fields`, `vars`,
    `state`. mfa: `command` (`challenge` or `enroll`), `default` (a factor or None), `options` (factors:
    objects with `type`).
    """

    kind: WaitKind
    action: str
    position: int
    details: dict[str, Any]


class Answer(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the person, or the site they were sent to, gives back to a suspended flow.

    A redirect comes back with `query` and `body` (`event.request`), a form with `fields`
    (`event.prompt.fields`) and the same two. Of MFA there is the type of the factor that was used, and
    whether it was passed.
    """

    query: dict[str, Any] = {}
    body: dict[str, Any] = {}
    fields: dict[str, Any] = {}
    factor: str | None = None
    passed: bool = True


class Suspended(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A flow that waits: everything its resumption needs. As JSON this is the resume file.

    `answer` is a template to be filled in. `order` (names), `ids` and `versions` are the flow as it began,
    first to last; `actions` those that have run, with the values of secrets masked. `event` is the one it
    began with, `carried` what `Transaction.carry` gave. `cache` is None where the tenant keeps the cache.
    Clock, chance and `stubs` are those of the world it began in, None where nothing was asked for.
    `created_at` is UTC in ISO 8601, or the frozen time of the run. `seal` is a digest of everything but
    `answer`, which alone is meant to change in the file.
    """

    format: int
    trigger: str
    waits_for: WaitsFor
    answer: Answer
    order: list[str]
    ids: list[str]
    versions: list[int | None]
    actions: list[Execution]
    event: dict[str, Any]
    carried: dict[str, Any]
    cache: dict[str, Any] | None
    now_ms: float | None
    seed: int | None
    created_at: str
    stubs: tuple[Stub, ...] | None = None
    stubs_name: str = "the stubs"
    seal: str = ""


class FlowExecution(msgspec.Struct, kw_only=True):
    """One run of a flow: every Action that ran, in order, and what they add up to.

    After a resumption `actions` has those from before the suspension, too. `preview` is what the platform
    would make of it (runtime/preview). `suspended` is there exactly when `status` is `suspended`.
    """

    trigger: str
    status: Status
    stopped_by: str | None
    actions: list[Execution]
    outcome: dict[str, Any]
    stats: Stats
    waits_for: WaitsFor | None = None
    suspended: Suspended | None = None
    preview: dict[str, Any] = {}
    warnings: list[str] = []

    @property
    def was_stopped(self) -> bool:
        """Whether it was stopped on purpose, in the Action that ran then."""
        return bool(self.actions) and self.actions[-1].was_stopped


class RunRequest(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a run needs; the runtime looks nothing up by itself.

    `trigger` and `handler` may be None: then they are found from what the code exports.
    `event` is the event without secrets. `timeout_s` is wall time for loading and running. `plain` names
    the secrets that are plain settings, which are shown as they are. With `stubs` nothing reaches the
    network: they answer, and a request without one fails; `stubs_name` is what messages call them.
    With `coverage` the result tells which lines ran, which takes a few milliseconds, and more in a long loop.
    """

    source: Source
    event: dict[str, Any] | None
    trigger: str | None = None
    handler: str | None = None
    secrets: dict[str, str] = {}
    plain: frozenset[str] = frozenset()
    packages: Packages = Packages()
    timeout_s: float = msgspec.field(default_factory=lambda: time_limit_s(None))
    memory_mb: int = DEFAULT_MEMORY_MB
    now_ms: float | None = None
    seed: int | None = None
    cache: dict[str, dict[str, Any]] = {}
    stubs: tuple[Stub, ...] | None = None
    stubs_name: str = "the stubs"
    coverage: bool = False


Progress = Callable[[Command | ConsoleLine], None]
"""Called from the runner's thread for every command and console line as it happens."""
