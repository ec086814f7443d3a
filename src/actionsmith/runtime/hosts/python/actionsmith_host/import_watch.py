"""Changes modules of packages in the moment in which an Action imports them; it pays for no other ones."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any

Change = Callable[[ModuleType], None]


class Watcher:
    """Finds the modules that are to be changed, by name, and has that done once they are loaded."""

    def __init__(self, changes: Mapping[str, Change]) -> None:
        self._changes = changes

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        change = self._changes.get(name)
        spec = PathFinder.find_spec(name, path) if change is not None else None
        if change is None or spec is None or spec.loader is None:
            return None
        load = spec.loader.exec_module

        def exec_module(module: ModuleType) -> None:
            load(module)
            change(module)

        vars(spec.loader).update(exec_module=exec_module)
        return spec


def change_when_imported(changes: Mapping[str, Change]) -> None:
    """From now on each of these modules is handed to its function when it has been imported."""
    sys.meta_path.insert(0, Watcher(changes))
