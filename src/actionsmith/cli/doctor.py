"""`actionsmith doctor`: what is installed, what is confined, where files are."""

from __future__ import annotations

import platform
import subprocess
import sys

import click

from actionsmith import __version__, nodejs, paths
from actionsmith.cli.options import json_option
from actionsmith.cli.output import print_json
from actionsmith.errors import UserError


@click.command("doctor")
@json_option
def command(as_json: bool) -> None:
    """Tell what is installed, what is confined and where files are."""
    facts = {
        "actionsmith": __version__,
        "python": f"{platform.python_version()} ({sys.executable})",
        "node": _node(),
        "confinement, JavaScript": "no programs, no files but its packages and its temporary directory",
        "confinement, Python": "time, memory and environment only; files and programs are not held back yet",
        "memory limit": "kept from outside" if sys.platform == "linux" else "JavaScript heap only",
        "tenants": str(paths.data_dir() / "tenants"),
        "keys and settings": str(paths.config_dir()),
        "cache": str(paths.cache_dir()),
        "journals": str(paths.state_dir()),
    }
    if as_json:
        print_json(facts)
        return
    width = max(len(name) for name in facts)
    for name, fact in facts.items():
        print(f"{name.ljust(width)}  {fact}")


def _node() -> str:
    try:
        path = nodejs.node_path()
        version = subprocess.run(
            [str(path), "--version"], capture_output=True, text=True, timeout=10, check=True
        ).stdout.strip()
    except (UserError, OSError, subprocess.SubprocessError) as error:
        return f"not usable: {error}"
    return f"{version} ({path})"
