"""The bytecode of the Python host, which a host that may not write cannot keep for the next one."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache
from pathlib import Path

from actionsmith.runtime.confinement.places import HOSTS

_FOLDER = HOSTS / "python"
_COMPILE = """
import compileall, sys
compileall.compile_dir(sys.argv[1], quiet=2)
sys.path.insert(0, sys.argv[1])
import actionsmith_host.program, actionsmith_host.seal  # and what they need of the standard library
"""


@cache
def prepare(program: Path) -> None:
    """Compile the host with the Python that runs it, where that was not done when it was installed."""
    folder = _FOLDER / "actionsmith_host"
    if all(map(_is_compiled, folder.glob("*.py"))) or not os.access(folder, os.W_OK):
        return
    subprocess.run(
        [program, "-I", "-S", "-X", "utf8", "-c", _COMPILE, _FOLDER],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,  # without it hosts start slower, that is all
    )


def _is_compiled(source: Path) -> bool:
    compiled = source.parent / "__pycache__" / f"{source.stem}.{sys.implementation.cache_tag}.pyc"
    try:
        return compiled.stat().st_mtime >= source.stat().st_mtime
    except OSError:
        return False
