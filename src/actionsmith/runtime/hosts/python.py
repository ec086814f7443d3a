"""The Python host. It knows no trigger: it loads code, builds `api` from the method list it is sent,
runs a handler, and carries calls and console lines over a pipe of its own (one JSON object a line).

It runs isolated (`-I -S`) and imports nothing of the program: only the standard library.
"""

from __future__ import annotations

import asyncio
import builtins
import datetime
import inspect
import io
import json
import linecache
import logging
import math
import os
import resource
import select
import signal
import sys
import threading
import time
import traceback
import types

TYPE_CHECKING = False
if TYPE_CHECKING:  # nothing is imported for the sake of types: a host starts quickly
    from collections.abc import Callable
    from typing import Any

READ, WRITE = int(sys.argv[1]), int(sys.argv[2])
HOST_FILE = __file__
CONSOLE_CHUNK = 65536
RealDatetime = datetime.datetime


class Undefined:
    """Stands in a call for a parameter that was left out before one that was given."""


class Record(dict[str, "Any"]):
    """An object of the event: members as attributes, absent ones are None.

    Members keep their JSON names; `country_code` finds `countryCode`, `from_` finds `from`.
    """

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if name in self:
            return self[name]
        if name.endswith("_") and name[:-1] in self:
            return self[name[:-1]]
        first, *rest = name.split("_")
        return self.get(first + "".join(part.capitalize() for part in rest))

    def __setattr__(self, name: str, value: Any) -> None:
        self[name] = value


# --- the pipe -----------------------------------------------------------------------------------


class Pipe:
    """Frames to and from the parent. Threads of the Action may write at the same time."""

    def __init__(self) -> None:
        self.incoming = open(READ, "rb", buffering=1 << 16, closefd=False)
        self.lock = threading.RLock()

    def receive(self) -> Record:
        line = self.incoming.readline()
        if not line:
            os._exit(0)  # the parent is gone
        frame: Record = json.loads(line, object_hook=Record)
        return frame

    def send(self, frame: dict[str, Any]) -> None:
        data = memoryview((json.dumps(frame) + "\n").encode())
        with self.lock:
            while data:
                data = data[os.write(WRITE, data) :]

    def ask(self, frame: dict[str, Any]) -> Record:
        with self.lock:
            self.send(frame)
            return self.receive()


# --- console ------------------------------------------------------------------------------------


class Desk:
    """What the Action says: print, sys.stderr and logging become console lines, up to a limit."""

    LEVELS = ((logging.ERROR, "error"), (logging.WARNING, "warn"), (logging.INFO, "info"), (0, "debug"))

    def __init__(self, pipe: Pipe) -> None:
        self.pipe = pipe
        self.left = 0
        self.dropped = 0
        self.started = time.perf_counter()

    def say(self, level: str, text: str, line: int | None) -> None:
        if len(text) >= self.left:
            self.dropped += 1
            text = text[: self.left]
            self.left = 0
            if not text:
                return
        else:
            self.left -= len(text) + 1  # an empty line costs its end
        at = (time.perf_counter() - self.started) * 1000
        for start in range(0, max(len(text), 1), CONSOLE_CHUNK):
            part = text[start : start + CONSOLE_CHUNK]
            self.pipe.send({"t": "console", "level": level, "text": part, "line": line, "at": at})


class ConsoleStream(io.TextIOBase):
    """sys.stdout or sys.stderr: one console line for each piece of text that ends a line."""

    encoding = "utf-8"

    def __init__(self, desk: Desk, level: str) -> None:
        self.desk, self.level, self.pending = desk, level, ""

    def writable(self) -> bool:
        return True

    @property
    def buffer(self) -> io.BufferedIOBase:
        """Bytes, as `sys.stdout.buffer.write(b"...")` wants them."""
        return ConsoleBytes(self)

    def reconfigure(self, **_options: Any) -> None:
        """Encoding and buffering are not the Action's to choose; asking for them is no error."""

    def write(self, text: str) -> int:
        if self.desk.left == 0:  # the limit is reached
            self.desk.dropped += text.count("\n")
            return len(text)
        self.pending += text
        if text.endswith("\n") or len(self.pending) > CONSOLE_CHUNK:
            self.flush_text()
        return len(text)

    def flush(self) -> None:
        self.flush_text()

    def flush_text(self) -> None:
        """Send what is pending, also after the Action has closed the stream."""
        if self.pending:
            text, self.pending = self.pending, ""
            self.desk.say(self.level, text.removesuffix("\n"), current_line())


class ConsoleBytes(io.BufferedIOBase):
    """The bytes beneath a console stream."""

    def __init__(self, stream: ConsoleStream) -> None:
        self.stream = stream

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        text = bytes(data).decode("utf-8", "replace")
        self.stream.write(text)
        return len(data)

    def flush(self) -> None:
        self.stream.flush()


class ConsoleHandler(logging.Handler):
    """Log records of the Action at every level, of packages from WARNING up."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk

    def emit(self, record: logging.LogRecord) -> None:
        own = record.pathname == Action.file
        if own or record.levelno >= logging.WARNING:
            level = next(name for floor, name in Desk.LEVELS if record.levelno >= floor)
            try:
                text = self.format(record)
            except Exception:
                self.handleError(record)
                return
            self.desk.say(level, text, record.lineno if own else None)


# --- where in the Action --------------------------------------------------------------------------


class Action:
    """The one Action of this process."""

    file = ""
    namespace: dict[str, Any] = {}


def current_line() -> int | None:
    frame: types.FrameType | None = sys._getframe(1)
    while frame is not None:
        if frame.f_code.co_filename == Action.file:
            return frame.f_lineno
        frame = frame.f_back
    return None


def message_of(error: BaseException) -> str:
    try:
        return str(error.msg if isinstance(error, SyntaxError) else error)
    except Exception:
        return "<the exception cannot be shown as text>"


def describe(error: BaseException) -> dict[str, Any]:
    line = column = None
    if isinstance(error, SyntaxError) and error.filename == Action.file:
        line, column = error.lineno, error.offset
    else:
        for frame, number in traceback.walk_tb(error.__traceback__):
            if frame.f_code.co_filename == Action.file:
                line, column = number, None
        for summary in traceback.extract_tb(error.__traceback__):
            if summary.filename == Action.file and summary.colno is not None:
                column = summary.colno + 1
    shown = traceback.TracebackException.from_exception(error)
    waiting: list[traceback.TracebackException | None] = [shown]
    while waiting:
        one = waiting.pop()
        if one is not None:
            one.stack = traceback.StackSummary.from_list(
                [frame for frame in one.stack if frame.filename != HOST_FILE]
            )
            waiting += [one.__cause__, one.__context__, *(getattr(one, "exceptions", None) or ())]
    return {
        "name": type(error).__name__,
        "message": message_of(error),
        "line": line,
        "column": column,
        "stack": "".join(shown.format()).rstrip("\n"),
    }


# --- api ------------------------------------------------------------------------------------------


def plain(value: Any) -> Any:
    """A value as JSON has it. NaN and the infinities become null, as they do in JavaScript."""
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {key if isinstance(key, str) else str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    raise TypeError(
        f"a value of type {type(value).__name__} cannot be given to api: "
        "use None, bool, int, float, str, list or dict"
    )


class Namespace:
    """A group of api methods."""

    def __init__(self, path: str) -> None:
        self.__dict__["_path"] = path

    def __getattr__(self, name: str) -> Any:
        import difflib

        known = [member for member in self.__dict__ if not member.startswith("_")]
        near = difflib.get_close_matches(name, known, 1)
        hint = f"; did you mean '{near[0]}'?" if near else ""
        raise AttributeError(f"{self._path} has no member '{name}'{hint}")


def arrange(spec: Record, args: tuple[Any, ...], named: dict[str, Any]) -> list[Any]:
    """Positional and keyword arguments as the method's list; option members go into the last one."""
    params, keywords = spec["python_params"], spec["keywords"]
    values = list(args)
    extra = {}
    for name, value in named.items():
        if name in params:
            at = params.index(name)
            if at < len(args):
                raise TypeError(f"api.{spec['python']}() got two values for '{name}'")
            values.extend([Undefined] * (at + 1 - len(values)))
            values[at] = value
        elif name in keywords:
            extra[keywords[name]] = value
        else:
            known = ", ".join([*params, *keywords])
            raise TypeError(f"api.{spec['python']}() has no parameter '{name}'; it takes {known or 'none'}")
    if extra:
        at = len(params) - 1
        values.extend([Undefined] * (at + 1 - len(values)))
        given = values[at]
        values[at] = {**({} if given is Undefined or given is None else given), **extra}
    return values


def build_api(pipe: Pipe, methods: list[Record], event: Record) -> Namespace:
    api = Namespace("api")

    def make(spec: Record) -> Callable[..., Any]:
        def call(*args: Any, **named: Any) -> Any:
            values = arrange(spec, args, named)
            undefined = [at for at, value in enumerate(values) if value is Undefined]
            frame = {
                "t": "call",
                "path": spec["path"],
                "args": [None if value is Undefined else plain(value) for value in values],
                "undefined": undefined,
                "line": current_line(),
                "wait": spec["ask"],
            }
            if not spec["ask"]:
                pipe.send(frame)
                return api if spec["chain"] else None
            answer = pipe.ask(frame)
            for dotted, value in answer.get("patches") or ():
                *names, last = dotted.split(".")
                owner = event
                for name in names:
                    owner = owner.setdefault(name, Record())
                owner[last] = value
            error = answer.get("error")
            if error:
                raise (TypeError if error["name"] == "TypeError" else ApiError)(error["message"])
            if answer["gives"] == "api":
                return api
            return answer.get("value") if answer["gives"] == "value" else None

        if not spec["async"]:
            return call

        async def call_async(*args: Any, **named: Any) -> Any:
            return call(*args, **named)

        return call_async

    for spec in methods:
        *names, last = spec["python"].split(".")
        owner = api
        for name in names:
            if name not in owner.__dict__:
                owner.__dict__[name] = Namespace(f"{owner._path}.{name}")
            owner = owner.__dict__[name]
        function = make(spec)
        function.__name__ = function.__qualname__ = last
        owner.__dict__[last] = function
    return api


class ApiError(Exception):
    """An api method refused its arguments."""


# --- loading and running --------------------------------------------------------------------------


class _AnyDatetime(type):
    """Values made before the clock was frozen are still datetimes."""

    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, RealDatetime)


class FrozenDatetime(RealDatetime, metaclass=_AnyDatetime):
    """datetime.datetime with a clock that stands still."""

    seconds = 0.0

    @classmethod
    def now(cls, tz: datetime.tzinfo | None = None) -> FrozenDatetime:
        return cls.fromtimestamp(cls.seconds, tz)

    @classmethod
    def utcnow(cls) -> FrozenDatetime:
        return cls.fromtimestamp(cls.seconds, datetime.UTC).replace(tzinfo=None)

    @classmethod
    def today(cls) -> FrozenDatetime:
        return cls.fromtimestamp(cls.seconds)


def freeze(frame: Record) -> None:
    """Stop the clock and seed the random numbers, where the frame asks for it."""
    now = frame["now"]
    if now is not None:
        vars(time).update(time=lambda: now / 1000, time_ns=lambda: int(now * 1_000_000))
        FrozenDatetime.seconds = now / 1000
        FrozenDatetime.__name__ = FrozenDatetime.__qualname__ = "datetime"
        vars(datetime).update(datetime=FrozenDatetime)
    if frame["seed"] is not None:
        import random

        random.seed(frame["seed"])


def load(frame: Record) -> dict[str, str]:
    Action.file = frame["filename"]
    freeze(frame)
    sys.path[:0] = [*frame["folders"]]
    for name, folder in frame["overrides"].items():
        install_override(name, folder)
    code = frame["code"]
    linecache.cache[Action.file] = (len(code), None, code.splitlines(keepends=True), Action.file)
    module = types.ModuleType("action")
    module.__file__ = Action.file
    sys.modules["action"] = module
    Action.namespace = module.__dict__
    exec(compile(code, Action.file, "exec", dont_inherit=True), module.__dict__)
    return {
        name: kind_of(value)
        for name, value in module.__dict__.items()
        if callable(value) and not isinstance(value, type) and not name.startswith("_")
    }


def kind_of(value: Any) -> str:
    """`other` is whatever can be called but was not defined here: imported, or made by a decorator."""
    if not (inspect.isfunction(value) and value.__module__ == "action"):
        return "other"
    return "async" if inspect.iscoroutinefunction(value) else "function"


def accepted(handler: Callable[..., Any]) -> int:
    """How many of `event, api` the handler declares: declaring fewer is fine."""
    kinds = [parameter.kind for parameter in inspect.signature(handler).parameters.values()]
    if inspect.Parameter.VAR_POSITIONAL in kinds:
        return 2
    positional = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    return sum(kind in positional for kind in kinds)


def install_override(name: str, folder: str) -> None:
    """Let `import name` find the local folder: the folder itself is the package, or holds it."""
    import importlib.util

    inside = os.path.join(folder, "__init__.py")
    if not os.path.exists(inside):
        sys.path.insert(0, folder)
        return

    class Finder:
        @staticmethod
        def find_spec(wanted: str, path: Any = None, target: Any = None) -> Any:
            if wanted == name:
                return importlib.util.spec_from_file_location(
                    name, inside, submodule_search_locations=[folder]
                )
            return None

    sys.meta_path.insert(0, Finder)


class Meter:
    """Time, processor time and memory of one load or call."""

    def __init__(self) -> None:
        self.wall, self.cpu = time.perf_counter(), time.process_time()

    def read(self, desk: Desk) -> dict[str, Any]:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return {
            "duration": (time.perf_counter() - self.wall) * 1000,
            "cpu": (time.process_time() - self.cpu) * 1000,
            "memory": peak * (1 if sys.platform == "darwin" else 1024),
            "dropped": desk.dropped,
        }


def end_with_parent() -> None:
    """Wait for the parent's end of the pipe to close, then end with everything that was started here.

    An Action that sleeps would outlive a parent that was killed.
    """
    poll = select.poll()
    poll.register(READ, 0)  # hanging up is always told, and nothing else here
    poll.poll()
    os.killpg(os.getpid(), signal.SIGKILL)


def main() -> None:
    threading.Thread(target=end_with_parent, name="parent", daemon=True).start()
    pipe = Pipe()
    desk = Desk(pipe)
    streams = ConsoleStream(desk, "log"), ConsoleStream(desk, "error")
    sys.stdout, sys.stderr = streams
    logging.getLogger().addHandler(ConsoleHandler(desk))
    logging.getLogger().setLevel(logging.DEBUG)
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    vars(builtins).update(exit=sys.exit, quit=sys.exit)  # `-S` leaves them out

    def flush() -> None:
        for stream in streams:  # the Action may have put others into their places, or closed them
            stream.flush_text()

    def guarded(stage: str, work: Callable[[], Any]) -> tuple[Any, dict[str, Any]] | None:
        """Run `work`; tell the parent how it ended when that was not well."""
        meter = Meter()
        desk.started = time.perf_counter()
        try:
            result = work()
            flush()
            return result, meter.read(desk)
        except SystemExit as error:
            flush()
            code = error.code if isinstance(error.code, int) else int(error.code is not None)
            line = describe(error)["line"]
            pipe.send({"t": "exit", "code": code, "line": line})
            os._exit(0)
        except BaseException as error:
            flush()
            pipe.send({"t": "failed", "stage": stage, "error": describe(error), **meter.read(desk)})
            if stage == "load":
                os._exit(0)
            return None

    frame = pipe.receive()
    desk.left = frame["console_limit"]
    loaded = guarded("load", lambda: load(frame))
    if loaded:
        pipe.send({"t": "loaded", "exports": loaded[0]})
    while True:
        frame = pipe.receive()

        def call(frame: Record = frame) -> None:
            handler = Action.namespace[frame["handler"]]
            event = frame["event"]
            arguments = (event, build_api(pipe, frame["methods"], event))
            if inspect.isgeneratorfunction(handler) or inspect.isasyncgenfunction(handler):
                raise TypeError(
                    f"{frame['handler']} holds a yield, so calling it runs nothing; remove the yield"
                )
            result = handler(*arguments[: accepted(handler)])
            if inspect.isawaitable(result):
                loop.run_until_complete(result)

        ended = guarded("call", call)
        if ended:
            pipe.send({"t": "done", **ended[1]})


main()
