"""`api`, built from the method list: each method sends its call over the pipe."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from .action import Action
from .pipe import Pipe
from .record import Record


class ApiError(Exception):
    """An api method refused its arguments."""

    __module__ = "builtins"  # a stack shows it without the name of this package


class Undefined:
    """Stands in a call for a parameter that was left out before one that was given."""


class Namespace:
    """A group of api methods."""

    def __init__(self, path: str) -> None:
        self.__dict__["_path"] = path

    def __getattr__(self, name: str) -> Any:
        import difflib  # only a mistake needs it

        known = [member for member in self.__dict__ if not member.startswith("_")]
        near = difflib.get_close_matches(name, known, 1)
        hint = f"; did you mean '{near[0]}'?" if near else ""
        raise AttributeError(f"{self._path} has no member '{name}'{hint}")


def build_api(pipe: Pipe, action: Action, methods: list[Record], event: Record) -> Namespace:
    """The `api` of one call of a handler. Answers may replace members of `event`."""
    api = Namespace("api")
    for spec in methods:
        *names, last = spec["python"].split(".")
        owner = api
        for name in names:
            if name not in owner.__dict__:
                owner.__dict__[name] = Namespace(f"{owner._path}.{name}")
            owner = owner.__dict__[name]
        function = _method(pipe, action, api, spec, event)
        function.__name__ = function.__qualname__ = last
        owner.__dict__[last] = function
    return api


def _method(pipe: Pipe, action: Action, api: Namespace, spec: Record, event: Record) -> Callable[..., Any]:
    def call(*args: Any, **named: Any) -> Any:
        values = _arrange(spec, args, named)
        frame = {
            "t": "call",
            "path": spec["path"],
            "args": [None if value is Undefined else _plain(value) for value in values],
            "undefined": [at for at, value in enumerate(values) if value is Undefined],
            "line": action.current_line(),
            "wait": spec["ask"],
        }
        if not spec["ask"]:
            pipe.send(frame)
            return api if spec["chain"] else None
        answer = pipe.ask(frame)
        for dotted, value in answer.get("patches") or ():
            _replace(event, dotted, value)
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


def _arrange(spec: Record, args: tuple[Any, ...], named: dict[str, Any]) -> list[Any]:
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


def _plain(value: Any) -> Any:
    """A value as JSON has it. NaN and the infinities become null, as they do in JavaScript."""
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {key if isinstance(key, str) else str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    raise TypeError(
        f"a value of type {type(value).__name__} cannot be given to api: "
        "use None, bool, int, float, str, list or dict"
    )


def _replace(event: Record, dotted: str, value: Any) -> None:
    *names, last = dotted.split(".")
    owner = event
    for name in names:
        owner = owner.setdefault(name, Record())
    owner[last] = value
