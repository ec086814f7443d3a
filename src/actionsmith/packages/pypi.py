"""Packages of PyPI, installed by uv as wheels, so that no code of theirs runs."""

from __future__ import annotations

import re
import sys
from importlib.metadata import distributions
from pathlib import Path

from uv import find_uv_bin

from actionsmith.errors import UserError
from actionsmith.packages.spec import Installed, Progress, Wanted, plain_name
from actionsmith.packages.tool import NO_NETWORK, Finished, UnreachableError, not_of_registry, run_tool

_OPERATORS = "=<>~!"
_NOISE = re.compile(r"\s*$|Using CPython|Using Python")


def install_into(folder: Path, wanted: Wanted, progress: Progress) -> list[Installed]:
    """Fill `folder`, which then goes on sys.path; gives the resolved versions, in the order asked for.

    Raises UserError for an unknown package or version, a registry that cannot be reached, and a
    package that has no wheel for this Python.
    """

    def report(line: str) -> None:
        if not _NOISE.match(line):
            progress(line.strip())

    requirements = [_requirement(name, requested) for name, requested in wanted]
    command: list[str | Path] = [
        find_uv_bin(),
        "pip",
        "install",
        "--target",
        folder,
        "--python",
        sys.executable,
    ]
    # Copies, not links: an Action that writes into a package must not reach uv's own cache, where nothing
    # confines it. Compiled now, because a confined one cannot keep bytecode when it imports.
    command += ["--only-binary", ":all:", "--link-mode", "copy", "--compile-bytecode", "--no-progress"]
    finished = run_tool([*command, *requirements], folder, report, {"UV_HTTP_RETRIES": "1"})
    if finished.code != 0:
        raise _failure(finished, requirements)
    versions = {canonical(item.name): item.version for item in distributions(path=[str(folder)])}
    return [
        Installed(name=name, version=versions[canonical(plain_name(name))], requested=requested)
        for name, requested in wanted
    ]


def canonical(name: str) -> str:
    """The one spelling of a PyPI name: `Flask_Login` -> `flask-login`."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _requirement(name: str, requested: str) -> str:
    if requested in {"", "latest"}:
        return name
    return f"{name}{requested}" if requested[0] in _OPERATORS else f"{name}=={requested}"


def _python() -> str:
    return ".".join(map(str, sys.version_info[:2]))


def _failure(finished: Finished, requirements: list[str]) -> UserError:
    """What went wrong, in words, from uv's messages."""
    said = " ".join(line.strip() for line in finished.messages.splitlines() if not _NOISE.match(line))
    asked = ", ".join(requirements)
    if NO_NETWORK.search(said):
        return UnreachableError(
            f"{asked} cannot be installed: PyPI cannot be reached; check the network and the proxy"
        )
    if unknown := re.search(r"Because (\S+) was not found in the package registry", said):
        return UserError(f"PyPI knows no package {unknown[1]}; check the spelling")
    if "was included as a URL dependency" in said:
        return not_of_registry(asked, "an address")
    if re.search(r"no usable wheels|no wheels with|building from source is disabled", said):
        return UserError(
            f"{asked} needs a package that has no wheel for this machine and Python {_python()}; "
            "choose another version or another package"
        )
    if re.search(r"Because (there (is|are) no versions? of|only )", said):
        return UserError(
            f"PyPI has no version that fits {asked}; look up the versions, or name none for the newest"
        )
    if said.startswith("error: Failed to parse"):
        return UserError(
            f"'{asked}' is not a package with a version; expected something like httpx==0.28.1 or httpx>=0.27"
        )
    return UserError(f"uv could not install {asked}: {said.removeprefix('error: ') or 'it gave no reason'}")
