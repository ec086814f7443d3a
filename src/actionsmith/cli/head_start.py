"""A head start for `actionsmith run`: the host boots while the rest of the program is still loading."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from actionsmith.runtime.host_kind import Language
    from actionsmith.runtime.pool import HostPool

_pools: list[HostPool] = []


def begin(arguments: list[str]) -> None:
    """Start a host first of all when the arguments (without the program) run a file.

    A guess from a few words: where it is wrong, the waiting host is ended unused.
    """
    if len(arguments) < 2 or arguments[0] != "run":
        return
    from actionsmith.runtime.host_kind import SUFFIXES

    language = SUFFIXES.get("." + arguments[1].rpartition(".")[2])
    if language is not None:
        offline = any(argument.partition("=")[0] == "--http" for argument in arguments)
        with _msgspec_made_light():
            _start(language, offline)
            import msgspec  # noqa: F401 - for the modules that follow


def _start(language: Language, offline: bool) -> None:
    from actionsmith.runtime.pool import HostPool

    pool = HostPool(keep_filled=False)
    _pools.append(pool)  # known before anything runs, so that `end` finds it
    pool.start_at_once(language, offline=offline)


@contextmanager
def _msgspec_made_light() -> Iterator[None]:
    """msgspec looks into typing_extensions first, which takes longer to import than msgspec itself;
    everything it looks for is in `typing` from Python 3.11 on."""
    if "typing_extensions" in sys.modules:
        yield
        return
    without: dict[str, ModuleType | None] = {"typing_extensions": None}
    vars(sys)["modules"].update(without)
    try:
        yield
    finally:
        del sys.modules["typing_extensions"]


def pool() -> HostPool | None:
    """The pool with the waiting host, if there was a head start."""
    return _pools[-1] if _pools else None


def end() -> None:
    """End what was started and not used."""
    while _pools:
        _pools.pop().close()
