"""What kind of host a run needs: its language, the packages it may load, its memory.

Imports next to nothing: a host shall be on its way before the rest of the program is loaded.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Literal, NamedTuple

Language = Literal["javascript", "python"]

SUFFIXES: dict[str, Language] = {".js": "javascript", ".cjs": "javascript", ".py": "python"}

DEFAULT_MEMORY_MB = 512


class Packages(NamedTuple):
    """Installed packages an Action may load: a folder that holds `node_modules`, or folders for sys.path.

    `overrides` puts a local folder in place of a package: name -> folder.
    """

    folders: tuple[Path, ...] = ()
    overrides: Mapping[str, Path] = MappingProxyType({})
