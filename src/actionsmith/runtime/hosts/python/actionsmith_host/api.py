"""`api`, built from the method list: each method sends its call over the pipe."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from re import compile as compiled  # an Action may replace it
from typing import Any, TypeAlias

from .action import Action
from .codec import encode, plain
from .pipe import Pipe
from .record import Record

TOO_LARGE = "a value given to api is too large: {} may take at most {} MB as JSON"
ESCAPE, ESCAPED = "\\u", 5
"""How one unit of UTF-16 begins that is no ASCII, and how many characters it takes beyond one."""


class Error(Exception):
    """An api method refused what it was asked; named as in JavaScript."""

    __module__ = "builtins"  # a stack shows it without the name of this package


class Undefined:
    """Stands in a call for a parameter that was left out before one that was given."""


class Namespace:
    """A group of api methods. A function is made when it is first asked for: most calls use one or two."""

    def __init__(self, path: str, members: Members, make: Callable[[Method], Any]) -> None:
        self.__dict__.update(_path=path, _members=members, _make=make)

    def __getattr__(self, name: str) -> Any:
        member = self._members.get(name)
        if member is None:
            raise AttributeError(f"{self._path} has no member '{name}'{self._hint(name)}")
        inside = isinstance(member, dict)
        found = Namespace(f"{self._path}.{name}", member, self._make) if inside else self._make(member)
        self.__dict__[name] = found
        return found

    def __dir__(self) -> list[str]:
        return list(self._members)

    def __repr__(self) -> str:
        return f"<{self._path}>"

    def _hint(self, name: str) -> str:
        import difflib  # only a mistake needs it

        near = difflib.get_close_matches(name, self._members, 1)
        return f"; did you mean '{near[0]}'?" if near else ""


class Method:
    """One method of the list, made ready for use."""

    def __init__(self, spec: Record) -> None:
        self.python: str = spec["python"]
        self.names: list[str] = self.python.split(".")
        self.params: list[str] = spec["python_params"]
        self.keywords: dict[str, str] = spec["keywords"]
        self.chain: bool = spec["chain"]
        self.is_async: bool = spec["async"]
        self.opening = f'{{"t":"call","path":{encode(spec["path"])},"args":'
        self._plain: list[str | None] | None = spec["plain"]

    @cached_property
    def _matches(self) -> list[Callable[[str], Any] | None]:
        return [None if pattern is None else compiled(pattern).fullmatch for pattern in self._plain or ()]

    def is_plain(self, values: list[Any]) -> bool:
        """Whether a call with these arguments cannot fail, so that it need not be waited for."""
        return (
            self._plain is not None
            and len(values) == len(self._plain)
            and all(
                match is None or (isinstance(value, str) and match(value) is not None)
                for match, value in zip(self._matches, values, strict=True)
            )
        )


Members: TypeAlias = "dict[str, Method | Members]"


class Turn:
    """One call of a handler, and its event until it has ended: the `api` that is left must not keep it.

    `left` are the characters of JSON that its calls of api may still be given.
    """

    __slots__ = ("event", "left")

    def __init__(self, event: Record | None, left: int) -> None:
        self.event, self.left = event, left


class Api:
    """What the handlers of one Action are given as `api`: a new one for each call."""

    def __init__(self, pipe: Pipe, action: Action) -> None:
        self.pipe, self.action = pipe, action
        self.members: Members = {}
        self.limits: dict[str, int] = {}
        self.turn = Turn(None, 0)

    def learn(self, specs: list[Record]) -> None:
        """Take the method list of the trigger."""
        self.members = {}
        for spec in specs:
            method = Method(spec)
            *names, last = method.names
            owner: Any = self.members
            for name in names:
                owner = owner.setdefault(name, {})
            owner[last] = method

    def build(self, event: Record) -> Namespace:
        """The `api` of one call of a handler. Answers may replace members of `event`.

        When the call has ended, its methods do nothing: what it left running cannot speak for the next one.
        """
        self.turn = turn = Turn(event, self.limits["calls"])
        api = Namespace("api", self.members, lambda method: self._function(api, method, turn))
        return api

    def close(self) -> None:
        """The handler has ended."""
        self.turn.event = None

    def _count(self, given: str, turn: Turn) -> None:
        """Take the size of what a call is given from what is left. Raises TypeError when it is too large."""
        size = len(given) - ESCAPED * given.count(ESCAPE)  # as JavaScript writes it
        if size > self.limits["call"]:
            raise TypeError(TOO_LARGE.format("one call", self.limits["call"] >> 20))
        if size > turn.left:
            raise TypeError(TOO_LARGE.format("all calls of a run together", self.limits["calls"] >> 20))
        turn.left -= size

    def _function(self, api: Namespace, method: Method, turn: Turn) -> Callable[..., Any]:
        def call(*args: Any, **named: Any) -> Any:
            returned = api if method.chain else None
            event = turn.event
            if event is None:
                return returned
            values, keywords = _arrange(method, args, named)
            depth = self.limits["depth"]
            given = encode([None if value is Undefined else plain(value, depth) for value in values])
            self._count(given, turn)
            undefined = [at for at, value in enumerate(values) if value is Undefined]
            waits = bool(undefined) or not method.is_plain(values)
            text = (
                f'{method.opening}{given},"undefined":{encode(undefined)},'
                f'"line":{encode(self.action.current_line())},"wait":{encode(waits)},'
                f'"keywords":{encode(keywords)}}}'
            )
            if not waits:
                self.pipe.send_soon(text)
                return returned
            answer = self.pipe.ask(text)
            for dotted, value in answer["patches"]:
                _replace(event, dotted, value)
            error = answer["error"]
            if error is not None:
                raise (TypeError if error["name"] == "TypeError" else Error)(error["message"])
            if answer["gives"] == "api":
                return api
            return answer["value"] if answer["gives"] == "value" else None

        async def call_async(*args: Any, **named: Any) -> Any:
            return call(*args, **named)

        function = call_async if method.is_async else call
        function.__name__ = function.__qualname__ = method.names[-1]
        return function


def _arrange(method: Method, args: tuple[Any, ...], named: dict[str, Any]) -> tuple[list[Any], bool]:
    """The arguments in order, option members in the last one, and whether any of those was a keyword."""
    values = list(args)
    if not named:
        return values, False
    params, keywords = method.params, method.keywords
    extra = {}
    for name, value in named.items():
        if name in params:
            at = params.index(name)
            if at < len(args):
                raise TypeError(f"api.{method.python}() got two values for '{name}'")
            values.extend([Undefined] * (at + 1 - len(values)))
            values[at] = value
        elif name in keywords:
            extra[keywords[name]] = value
        else:
            known = ", ".join([*params, *keywords])
            raise TypeError(f"api.{method.python}() has no parameter '{name}'; it takes {known or 'none'}")
    if extra:
        at = len(params) - 1
        values.extend([Undefined] * (at + 1 - len(values)))
        given = values[at]
        if given is Undefined or given is None:
            values[at] = extra
        elif isinstance(given, dict):
            values[at] = {**given, **extra}
        # whatever else stands in their place is refused for what it is
    return values, bool(extra)


def _replace(event: Record, dotted: str, value: Any) -> None:
    *names, last = dotted.split(".")
    owner = event
    for name in names:
        if not isinstance(owner.get(name), dict):  # an odd event may have anything there
            owner[name] = Record()
        owner = owner[name]
    owner[last] = value
