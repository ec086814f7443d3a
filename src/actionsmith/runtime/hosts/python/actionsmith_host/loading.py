"""Loading the Action: its packages are found, its code is run, its functions are told."""

from __future__ import annotations

import inspect
import linecache
import os
import sys
import types
from collections.abc import Callable
from typing import Any

from .action import Action
from .record import Record


def load(
    frame: Record, action: Action, watch: Callable[[types.CodeType, str], None] | None
) -> dict[str, str]:
    """Run the top-level code and return what can be called: name -> `async`, `function` or `other`.

    `watch` is given the compiled code and its text before it runs.
    """
    action.file = frame["filename"]
    sys.path[:0] = [*frame["folders"]]
    for name, folder in frame["overrides"].items():
        _install_override(name, folder)
    _hide_host()
    code = frame["code"]
    linecache.cache[action.file] = (len(code), None, code.splitlines(keepends=True), action.file)
    module = types.ModuleType("action")
    module.__file__ = action.file
    sys.modules["action"] = module
    action.namespace = module.__dict__
    compiled = compile(code, action.file, "exec", dont_inherit=True)
    if watch is not None:
        watch(compiled, code)
    exec(compiled, module.__dict__)
    return {
        name: _kind(value)
        for name, value in module.__dict__.items()
        if callable(value) and not isinstance(value, type) and not name.startswith("_")
    }


def _hide_host() -> None:
    """The Action finds no module of the host, and the host imports none of its own after this."""
    for name in [name for name in sys.modules if name.partition(".")[0] == __package__]:
        del sys.modules[name]


def _kind(value: Any) -> str:
    """`other` is whatever can be called but was not defined here: imported, or made by a decorator."""
    if not (inspect.isfunction(value) and value.__module__ == "action"):
        return "other"
    return "async" if inspect.iscoroutinefunction(value) else "function"


def _install_override(name: str, folder: str) -> None:
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
