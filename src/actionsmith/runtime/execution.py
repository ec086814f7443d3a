"""What is run and what comes back: the typed request and result of one execution."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import msgspec

Language = Literal["javascript", "python"]
Status = Literal["completed", "denied", "suspended", "failed", "timed_out", "crashed"]
Level = Literal["log", "info", "warn", "error", "debug", "trace"]

DEFAULT_MEMORY_MB = 512

SUFFIXES: dict[str, Language] = {".js": "javascript", ".cjs": "javascript", ".py": "python"}


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """The code of one Action. `filename` is what errors and stack traces call it."""

    code: str
    language: Language
    name: str
    filename: str
    version: int | None = None


class Command(msgspec.Struct, kw_only=True, omit_defaults=True):
    """One recorded api call. `path` has no `api.` and uses the JavaScript names in both languages."""

    path: str
    args: list[Any]
    line: int | None = None
    effect: bool = True


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
    """

    method: str
    url: str
    headers: dict[str, str]
    body: Any
    status: int | None
    error: str | None = None


class Stub(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An answer for outgoing HTTP requests that match (design: outside surface, `--http`).

    `url` matches as a prefix, or as a glob where it has a `*`; without `method` every method matches.
    With `error` the request fails with that message instead of being answered.
    """

    url: str
    method: str | None = None
    body_has: str | None = None
    status: int = 200
    headers: dict[str, str] = {}
    body: Any = None
    error: str | None = None


class Stats(msgspec.Struct, kw_only=True):
    """Figures of one execution: the handler's time, the host's own time, processor time, peak memory.

    `confinement` tells what held the Action and by which means (`files`: `landlock`), or `not enforced`.
    """

    duration_ms: float = 0.0
    host_ms: float = 0.0
    cpu_ms: float = 0.0
    memory_bytes: int = 0
    confinement: dict[str, str] = {}


class Execution(msgspec.Struct, kw_only=True):
    """One run of one Action: the object `actionsmith run --json` prints (see design: outside surface)."""

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


class FlowExecution(msgspec.Struct, kw_only=True):
    """One run of a flow: every Action that ran, in order, and what they add up to."""

    trigger: str
    status: Status
    stopped_by: str | None
    actions: list[Execution]
    outcome: dict[str, Any]
    stats: Stats


class Packages(msgspec.Struct, frozen=True, kw_only=True):
    """Installed packages an Action may load: a folder that holds `node_modules`, or folders for sys.path.

    `overrides` puts a local folder in place of a package: name -> folder.
    """

    folders: tuple[Path, ...] = ()
    overrides: dict[str, Path] = {}


class RunRequest(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a run needs; the runtime looks nothing up by itself.

    `trigger` and `handler` may be None: then they are found from what the code exports.
    `event` is the event without secrets. `timeout_s` is wall time for loading and running. `plain` names
    the secrets that are plain settings, which are shown as they are. With `stubs` nothing reaches the
    network: they answer, and a request without one fails.
    """

    source: Source
    event: dict[str, Any] | None
    trigger: str | None = None
    handler: str | None = None
    secrets: dict[str, str] = {}
    plain: frozenset[str] = frozenset()
    packages: Packages = Packages()
    timeout_s: float = 20.0
    memory_mb: int = DEFAULT_MEMORY_MB
    now_ms: float | None = None
    seed: int | None = None
    cache: dict[str, dict[str, Any]] = {}
    stubs: tuple[Stub, ...] | None = None


Progress = Callable[[Command | ConsoleLine], None]
"""Called from the runner's thread for every command and console line as it happens."""
