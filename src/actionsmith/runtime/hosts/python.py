"""The Python host. It knows no trigger: it loads code, builds `api` from the method list it is sent,
runs a handler, and carries calls and console lines over a pipe of its own (one JSON object a line).

It runs isolated (`-I -S`) and imports nothing of the program: only the standard library.
"""

import asyncio
import builtins
import inspect
import io
import json
import linecache
import logging
import math
import os
import resource
import sys
import threading
import time
import traceback
import types

READ, WRITE = int(sys.argv[1]), int(sys.argv[2])
HOST_FILE = __file__
CONSOLE_CHUNK = 65536


class Undefined:
    """Stands in a call for a parameter that was left out before one that was given."""


class Record(dict):
    """An object of the event: members as attributes, absent ones are None.

    Members keep their JSON names; `country_code` finds `countryCode`, `from_` finds `from`.
    """

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        if name in self:
            return self[name]
        if name.endswith("_") and name[:-1] in self:
            return self[name[:-1]]
        first, *rest = name.split("_")
        return self.get(first + "".join(part.capitalize() for part in rest))

    def __setattr__(self, name, value):
        self[name] = value


# --- the pipe -----------------------------------------------------------------------------------


class Pipe:
    """Frames to and from the parent. Threads of the Action may write at the same time."""

    def __init__(self):
        self.incoming = open(READ, "rb", buffering=1 << 16, closefd=False)
        self.lock = threading.RLock()

    def receive(self):
        line = self.incoming.readline()
        if not line:
            os._exit(0)  # the parent is gone
        return json.loads(line, object_hook=Record)

    def send(self, frame):
        data = memoryview((json.dumps(frame) + "\n").encode())
        with self.lock:
            while data:
                data = data[os.write(WRITE, data) :]

    def ask(self, frame):
        with self.lock:
            self.send(frame)
            return self.receive()


# --- console ------------------------------------------------------------------------------------


class Desk:
    """What the Action says: print, sys.stderr and logging become console lines, up to a limit."""

    LEVELS = ((logging.ERROR, "error"), (logging.WARNING, "warn"), (logging.INFO, "info"), (0, "debug"))

    def __init__(self, pipe):
        self.pipe = pipe
        self.left = 0
        self.dropped = 0
        self.started = time.perf_counter()

    def say(self, level, text, line):
        if len(text) > self.left:
            self.dropped += 1
            text = text[: self.left]
            if not text:
                return
        self.left -= len(text)
        at = (time.perf_counter() - self.started) * 1000
        for start in range(0, max(len(text), 1), CONSOLE_CHUNK):
            part = text[start : start + CONSOLE_CHUNK]
            self.pipe.send({"t": "console", "level": level, "text": part, "line": line, "at": at})


class ConsoleStream(io.TextIOBase):
    """sys.stdout or sys.stderr: one console line for each piece of text that ends a line."""

    encoding = "utf-8"

    def __init__(self, desk, level):
        self.desk, self.level, self.pending = desk, level, ""

    def writable(self):
        return True

    def write(self, text):
        if self.desk.left == 0:  # the limit is reached
            self.desk.dropped += text.count("\n")
            return len(text)
        self.pending += text
        if text.endswith("\n") or len(self.pending) > CONSOLE_CHUNK:
            self.flush()
        return len(text)

    def flush(self):
        if self.pending:
            text, self.pending = self.pending, ""
            self.desk.say(self.level, text.removesuffix("\n"), current_line())


class ConsoleHandler(logging.Handler):
    """Log records of the Action at every level, of packages from WARNING up."""

    def __init__(self, desk):
        super().__init__()
        self.desk = desk

    def emit(self, record):
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
    namespace: dict = {}


def current_line():
    frame = sys._getframe(1)
    while frame is not None:
        if frame.f_code.co_filename == Action.file:
            return frame.f_lineno
        frame = frame.f_back
    return None


def describe(error):
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
    one = shown
    while one is not None:
        one.stack = traceback.StackSummary.from_list(
            [frame for frame in one.stack if frame.filename != HOST_FILE]
        )
        one = one.__cause__ or one.__context__
    message = error.msg if isinstance(error, SyntaxError) else str(error)
    return {
        "name": type(error).__name__,
        "message": message,
        "line": line,
        "column": column,
        "stack": "".join(shown.format()).rstrip("\n"),
    }


# --- api ------------------------------------------------------------------------------------------


def plain(value):
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

    def __init__(self, path):
        self.__dict__["_path"] = path

    def __getattr__(self, name):
        import difflib

        known = [member for member in self.__dict__ if not member.startswith("_")]
        near = difflib.get_close_matches(name, known, 1)
        hint = f"; did you mean '{near[0]}'?" if near else ""
        raise AttributeError(f"{self._path} has no member '{name}'{hint}")


def arrange(spec, args, named):
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


def build_api(pipe, methods, event):
    api = Namespace("api")

    def make(spec):
        def call(*args, **named):
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

        async def call_async(*args, **named):
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


def freeze(frame):
    if frame["now"] is not None:
        import datetime

        seconds = frame["now"] / 1000
        time.time = lambda: seconds
        time.time_ns = lambda: int(frame["now"] * 1_000_000)
        real = datetime.datetime

        class Frozen(type(real)):
            def __instancecheck__(cls, instance):
                return isinstance(instance, real)

        class FrozenDatetime(real, metaclass=Frozen):
            @classmethod
            def now(cls, tz=None):
                return real.fromtimestamp(seconds, tz)

            @classmethod
            def utcnow(cls):
                return real.fromtimestamp(seconds, datetime.UTC).replace(tzinfo=None)

            @classmethod
            def today(cls):
                return real.fromtimestamp(seconds)

        FrozenDatetime.__name__ = FrozenDatetime.__qualname__ = "datetime"
        datetime.datetime = FrozenDatetime
    if frame["seed"] is not None:
        import random

        random.seed(frame["seed"])


def load(frame):
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
        name: "async" if inspect.iscoroutinefunction(value) else "function"
        for name, value in module.__dict__.items()
        if inspect.isfunction(value) and value.__module__ == "action" and not name.startswith("_")
    }


def accepted(handler):
    """How many of `event, api` the handler declares: declaring fewer is fine."""
    kinds = [parameter.kind for parameter in inspect.signature(handler).parameters.values()]
    if inspect.Parameter.VAR_POSITIONAL in kinds:
        return 2
    positional = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    return sum(kind in positional for kind in kinds)


def install_override(name, folder):
    """Let `import name` find the local folder: the folder itself is the package, or holds it."""
    import importlib.util

    inside = os.path.join(folder, "__init__.py")
    if not os.path.exists(inside):
        sys.path.insert(0, folder)
        return

    class Finder:
        @staticmethod
        def find_spec(wanted, path=None, target=None):
            if wanted == name:
                return importlib.util.spec_from_file_location(
                    name, inside, submodule_search_locations=[folder]
                )
            return None

    sys.meta_path.insert(0, Finder)


class Meter:
    """Time, processor time and memory of one load or call."""

    def __init__(self):
        self.wall, self.cpu = time.perf_counter(), time.process_time()

    def read(self, desk):
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return {
            "duration": (time.perf_counter() - self.wall) * 1000,
            "cpu": (time.process_time() - self.cpu) * 1000,
            "memory": peak * (1 if sys.platform == "darwin" else 1024),
            "dropped": desk.dropped,
        }


def main():
    pipe = Pipe()
    desk = Desk(pipe)
    sys.stdout, sys.stderr = ConsoleStream(desk, "log"), ConsoleStream(desk, "error")
    logging.getLogger().addHandler(ConsoleHandler(desk))
    logging.getLogger().setLevel(logging.DEBUG)
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    builtins.exit = builtins.quit = sys.exit

    def flush():
        sys.stdout.flush()
        sys.stderr.flush()

    def guarded(stage, work):
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
    exports, _ = guarded("load", lambda: load(frame))
    pipe.send({"t": "loaded", "exports": exports})
    while True:
        frame = pipe.receive()

        def call(frame=frame):
            handler = Action.namespace[frame["handler"]]
            event = frame["event"]
            arguments = (event, build_api(pipe, frame["methods"], event))
            result = handler(*arguments[: accepted(handler)])
            if inspect.isawaitable(result):
                loop.run_until_complete(result)

        ended = guarded("call", call)
        if ended:
            pipe.send({"t": "done", **ended[1]})


main()
