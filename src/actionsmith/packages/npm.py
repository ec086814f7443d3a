"""Packages of npm, installed without running any code of theirs."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from actionsmith import nodejs
from actionsmith.errors import UserError
from actionsmith.packages.spec import Installed, Progress, Wanted
from actionsmith.packages.tool import NO_NETWORK, Finished, UnreachableError, not_of_registry, run_tool

_FLAGS = (
    *("--json", "--loglevel=http", "--color=false"),  # the answer as data, each download as a line
    *("--ignore-scripts", "--save-exact", "--omit=dev", "--global=false"),
    # Only what a registry has: in a repository npm starts another npm, which obeys the settings it finds
    # there, and those may name programs. A folder would be linked to where it lies.
    *("--allow-git=none", "--allow-remote=none", "--allow-file=none", "--allow-directory=none"),
    *("--no-audit", "--no-fund", "--no-update-notifier"),
    *("--fetch-retries=1", "--fetch-retry-mintimeout=500"),  # a missing network is told within seconds
)
_ELSEWHERE = {
    "EALLOWGIT": "a git repository",
    "EALLOWREMOTE": "a web address",
    "EALLOWFILE": "a file",
    "EALLOWDIRECTORY": "a folder",
}
_FETCHED = re.compile(r"npm http fetch GET 200 \S*?/((?:@[^/\s]+(?:/|%2[fF]))?[^/\s]+?)(?:/-/(\S+?\.tgz))? ")


def install_into(folder: Path, wanted: Wanted, progress: Progress) -> list[Installed]:
    """Fill `folder/node_modules`; gives the resolved versions, in the order asked for.

    Raises UserError for an unknown package or version, a registry that cannot be reached, and a
    package that would have to be compiled.
    """
    manifest = {"private": True, "dependencies": {name: requested or "latest" for name, requested in wanted}}
    (folder / "package.json").write_text(json.dumps(manifest), encoding="utf-8")

    def report(line: str) -> None:
        if fetched := _FETCHED.match(line):
            name, archive = fetched.groups()
            progress(f"fetched {unquote(archive)}" if archive else f"looked up {unquote(name)}")

    command: list[str | Path] = [nodejs.bundled_node(), nodejs.npm_cli(), "install", *_FLAGS]
    finished = run_tool(command, folder, report)
    if finished.code != 0:
        raise _failure(finished, wanted)
    _refuse_uncompiled(folder, progress)
    return [
        Installed(name=name, version=_version(folder / "node_modules" / name), requested=requested)
        for name, requested in wanted
    ]


def _version(package: Path) -> str:
    return str(_read_object(package / "package.json")["version"])


def _read_object(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(path.read_bytes())
    except (OSError, ValueError) as problem:
        raise UserError(
            f"npm left a package behind that cannot be read ({path.name}: {problem})"
        ) from problem
    return data if isinstance(data, dict) else {}


def _refuse_uncompiled(folder: Path, progress: Progress) -> None:
    """Install scripts were not run: say so, and refuse a package that needs a compiler to work."""
    lock = folder / "node_modules" / ".package-lock.json"
    entries = _read_object(lock)["packages"] if lock.exists() else {}
    for place, entry in entries.items():
        if not entry.get("hasInstallScript") or entry.get("optional"):
            continue
        package, name = folder / place, place.rpartition("node_modules/")[2]
        if (package / "binding.gyp").exists() and not any(package.rglob("*.node")):
            raise UserError(
                f"{name} {entry.get('version', '')} has to be compiled for this machine, which is not done "
                "for Actions; choose a package that is written in JavaScript or brings its binaries along"
            )
        progress(f"{name} has an install script, which was not run")


def _failure(finished: Finished, wanted: Wanted) -> UserError:
    """What went wrong, in words, from npm's JSON answer."""
    try:
        error = json.loads(finished.output).get("error") or {}
    except (ValueError, AttributeError):
        error = {}
    code, summary = str(error.get("code", "")), str(error.get("summary", ""))
    asked = ", ".join(f"{name}@{requested}" if requested else name for name, requested in wanted)
    named = _named(summary, wanted) or asked
    if code in {"ETARGET", "ENOVERSIONS"}:
        return UserError(
            f"npm has no version that fits {named}; look up the versions, or name none for the newest"
        )
    if code == "E404":
        return UserError(f"npm knows no package {named}; check the spelling")
    if code in _ELSEWHERE:
        return not_of_registry(asked, _ELSEWHERE[code])
    if code in {"EINVALIDTAGNAME", "EINVALIDPACKAGENAME", "EUNSUPPORTEDPROTOCOL"}:
        return UserError(f"npm does not accept {named} as a package and version; check the spelling")
    if code in {"E401", "E403", "ENEEDAUTH"}:
        return UserError(f"the npm registry refuses to hand out {named}; check the login in your .npmrc")
    if NO_NETWORK.search(code) or NO_NETWORK.search(finished.messages):
        return UnreachableError(
            f"{asked} cannot be installed: npm's registry cannot be reached; check the network and the proxy"
        )
    reason = summary.partition("\n")[0] or _last_line(finished.messages)
    return UserError(f"npm could not install {asked}: {reason}")


def _named(summary: str, wanted: Wanted) -> str | None:
    """The package that npm complains about: one of those asked for, or a dependency of theirs."""
    text = unquote(summary)
    for name, requested in wanted:
        if re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text):
            return f"{name}@{requested}" if requested else name
    deeper = re.search(r"(?:@[\w.-]+/)?[\w.-]+@[^\s'\"]+", text)
    return deeper[0].rstrip(".") if deeper else None


def _last_line(messages: str) -> str:
    lines = [line for line in messages.splitlines() if not line.startswith("npm http")]
    return lines[-1].removeprefix("npm error").strip() if lines else "it gave no reason"
