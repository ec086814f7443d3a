"""The programs that language services need, installed into the cache when they are first used."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from actionsmith.errors import UserError
from actionsmith.language.javascript import JavaScriptService, ServerFiles

TYPESCRIPT = "7.0.2"
NODE_TYPES = "24.19.4"
"""Types of the Node.js that is bundled."""

_MEANWHILE = "JavaScript is completed from the contract alone until 'actionsmith doctor --install' works"

_PINNED = [("typescript", TYPESCRIPT), ("@types/node", NODE_TYPES)]


def javascript_service() -> JavaScriptService:
    """The service for JavaScript. It installs its server in the background when it is first asked."""
    return JavaScriptService(javascript_server)


def javascript_server(progress: Callable[[str], None] | None = None) -> ServerFiles:
    """TypeScript's server and the types of Node.js, installed if they are not there yet. Blocks.

    Two programs may do so at once. Raises UserError with what is missing and how to get it.
    """
    from actionsmith import packages

    try:
        folder = packages.ensure("javascript", _PINNED, progress)
    except packages.UnreachableError as problem:
        raise UserError(
            f"TypeScript cannot be installed, because npm's registry cannot be reached: {_MEANWHILE}."
        ) from problem
    except UserError as problem:
        raise UserError(f"TypeScript is missing: {_MEANWHILE}. {problem}") from problem
    try:
        return _files(folder)
    except UserError:  # npm does without a program that it cannot fetch; the next try gets it
        shutil.rmtree(folder, ignore_errors=True)
        raise


def installed_javascript_server() -> ServerFiles | None:
    """The same where it is installed; None where it is not. Installs nothing."""
    from actionsmith import packages

    folder = packages.kept("javascript", _PINNED)
    return _files(folder) if folder is not None else None


def _files(folder: Path) -> ServerFiles:
    """The native program is in the package for this machine, which npm has chosen."""
    modules = folder / "node_modules"
    found = sorted(modules.glob("@typescript/typescript-*/lib/tsc*"))
    programs = [path for path in found if path.name in ("tsc", "tsc.exe")]
    if not programs:
        raise UserError(f"TypeScript {TYPESCRIPT} has no program for this machine (nothing in {modules})")
    return ServerFiles(programs[0], modules / "@types")
