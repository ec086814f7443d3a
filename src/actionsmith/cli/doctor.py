"""`actionsmith doctor`: what is installed, what is confined, where files are."""

from __future__ import annotations

import platform
import subprocess
import sys

import click

from actionsmith import __version__, nodejs, paths
from actionsmith.cli.options import json_option
from actionsmith.cli.output import print_json, say
from actionsmith.errors import UserError
from actionsmith.runtime.execution import RunRequest, Source
from actionsmith.runtime.host_kind import Language

_TRIALS: dict[Language, str] = {
    "javascript": "exports.onExecutePostLogin = async () => {};",
    "python": "def on_execute_post_login(event): pass",
}
_NAMES: dict[Language, str] = {"javascript": "JavaScript", "python": "Python"}


@click.command("doctor")
@click.option("--install", is_flag=True, help="Install what the editor lacks, such as TypeScript.")
@json_option
def command(install: bool, as_json: bool) -> None:
    """Tell what is installed, what is confined and where files are.

    An Action of each language is run to see it: what is told of the confinement is what held it.
    """
    facts: dict[str, str | dict[str, str]] = {
        "actionsmith": __version__,
        "python": f"{platform.python_version()} ({sys.executable})",
        "node": _node(),
        "typescript": _typescript(install),
        **{f"confinement, {_NAMES[language]}": _trial(language) for language in _TRIALS},
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
        told = [f"{what}: {means}" for what, means in fact.items()] if isinstance(fact, dict) else [fact]
        print(f"{name.ljust(width)}  {told[0]}")
        for line in told[1:]:
            print(f"{' ' * width}  {line}")


def _node() -> str:
    try:
        path = nodejs.node_path()
        version = subprocess.run(
            [str(path), "--version"], capture_output=True, text=True, timeout=10, check=True
        ).stdout.strip()
    except (UserError, OSError, subprocess.SubprocessError) as error:
        return f"not usable: {error}"
    return f"{version} ({path})"


def _typescript(install: bool) -> str:
    """The server that completes and checks JavaScript in the editor, or how to get it."""
    from actionsmith.workshop import language_tools

    try:
        if install:
            language_tools.javascript_server(say)
        found = language_tools.installed_javascript_server()
    except UserError as error:
        return f"not installed: {error}"
    if found is None:
        return (
            f"{language_tools.TYPESCRIPT} is not installed yet: the workbench installs it when a JavaScript "
            "Action is first edited, 'actionsmith doctor --install' at once"
        )
    return f"{language_tools.TYPESCRIPT} ({found.program})"


def _trial(language: Language) -> dict[str, str]:
    """What held an Action that was run without network, by which means; or why none can be run."""
    from actionsmith.runtime import engine

    source = Source(code=_TRIALS[language], language=language, name="trial", filename="trial")
    try:
        execution = engine.run(RunRequest(source=source, event=None, stubs=()))
    except (UserError, OSError) as error:
        return {"Actions": f"cannot be run: {error}"}
    if execution.error is not None:
        return {"Actions": f"cannot be run: {execution.error.message}"}
    held = dict(execution.stats.confinement)
    return {**held, "network": f"{held['network']} (with --http; otherwise open to an Action)"}
