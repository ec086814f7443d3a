"""A head start for `actionsmith run`: the host boots while the rest of the program is still loading."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from actionsmith.runtime.pool import HostPool

_pools: list[HostPool] = []


def begin(arguments: list[str]) -> None:
    """Start a host in the background when the arguments (without the program) run a file.

    A guess from two words: where it is wrong, the waiting host is ended unused.
    """
    if len(arguments) < 2 or arguments[0] != "run":
        return
    _import_msgspec_lightly()
    from actionsmith.runtime.execution import SUFFIXES

    language = SUFFIXES.get("." + arguments[1].rpartition(".")[2])
    if language is not None:
        from actionsmith.runtime.pool import HostPool

        pool = HostPool(keep_filled=False)
        pool.start(language)
        _pools.append(pool)


def _import_msgspec_lightly() -> None:
    """msgspec looks into typing_extensions first, which takes longer to import than msgspec itself;
    everything it looks for is in `typing` from Python 3.11 on."""
    if "typing_extensions" in sys.modules:
        return
    without: dict[str, ModuleType | None] = {"typing_extensions": None}
    vars(sys)["modules"].update(without)
    try:
        import msgspec  # noqa: F401 - for the modules that follow
    finally:
        del sys.modules["typing_extensions"]


def pool() -> HostPool | None:
    """The pool with the waiting host, if there was a head start."""
    return _pools[-1] if _pools else None


def end() -> None:
    """End what was started and not used."""
    while _pools:
        _pools.pop().close()
