"""The world of a run as the command line gives it: clock, chance, cache, network, time limit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click
import msgspec

from actionsmith.cli.options import epoch_ms, read_text
from actionsmith.errors import UserError
from actionsmith.runtime.execution import Stub
from actionsmith.runtime.world import World

_Function = TypeVar("_Function", bound=Callable[..., Any])

_CACHE_EXAMPLE = '{"key": {"value": "text", "expires_at": 1767225600000}}'

LONGEST_S = 24 * 3600
"""More than this is no time limit, and more than the system can count."""


def world_options(function: _Function) -> _Function:
    """The options that `read_world` takes: for `run` and for `flow run`."""
    for decorate in (
        click.option(
            "--http", "stub_file", metavar="FILE", help="Answers for HTTP requests, as JSON; no network."
        ),
        click.option(
            "--cache", "cache_file", metavar="FILE", help="What api.cache holds at the start, as JSON."
        ),
        click.option("--seed", type=int, metavar="N", help="Make random numbers repeatable."),
        click.option("--now", metavar="ISO", help="Freeze the Action's clock."),
        click.option(
            "--timeout",
            "timeout_s",
            type=float,
            metavar="SECONDS",
            help="Time limit (default: the platform's).",
        ),
    ):
        function = decorate(function)
    return function


def read_world(options: dict[str, Any]) -> World:
    """From the options of `world_options`. Raises UserError that names the option or file at fault."""
    timeout_s, now, cache_file, stub_file = (
        options[name] for name in ("timeout_s", "now", "cache_file", "stub_file")
    )
    if timeout_s is not None and not 0 < timeout_s <= LONGEST_S:
        raise UserError(f"--timeout {timeout_s:g} is not a number of seconds above 0 and up to {LONGEST_S}")
    stubs_name = "standard input" if stub_file == "-" else stub_file
    return World(
        now_ms=epoch_ms(now) if now is not None else None,
        seed=options["seed"],
        cache=_cache(cache_file) if cache_file is not None else None,
        stubs=_stubs(stub_file, stubs_name) if stub_file is not None else None,
        stubs_name=stubs_name or "the stubs",
        timeout_s=timeout_s,
    )


def _stubs(path: str, name: str) -> tuple[Stub, ...]:
    from actionsmith.runtime.http.stubs import read_stubs

    return read_stubs(read_text(path, "the answers to HTTP requests"), name)


class _CacheRecord(msgspec.Struct):
    value: str
    expires_at: float


def _cache(path: str) -> dict[str, dict[str, Any]]:
    text = read_text(path, "the cache")
    place, records = "$", {}
    try:
        for key, entry in msgspec.json.decode(text, type=dict[str, msgspec.Raw]).items():
            place = f"$[{msgspec.json.encode(key).decode()}]"
            records[key] = msgspec.to_builtins(msgspec.json.decode(entry, type=_CacheRecord))
    except (msgspec.DecodeError, RecursionError) as error:
        from actionsmith.json_fault import json_fault  # seldom needed

        fault = json_fault(error, place) if isinstance(error, msgspec.ValidationError) else str(error)
        if isinstance(error, RecursionError):
            fault = "it is nested too deeply to be read"
        name = "standard input" if path == "-" else path
        raise UserError(f"{name} is no cache: {fault}; expected something like {_CACHE_EXAMPLE}") from error
    return records
