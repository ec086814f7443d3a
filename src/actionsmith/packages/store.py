"""The kept installations: one folder per exact set of packages, made once and then only read."""

from __future__ import annotations

import hashlib
import platform
import shutil
import sys
import time
from pathlib import Path

import msgspec
from filelock import FileLock

from actionsmith import atomic, paths
from actionsmith.packages import npm, pypi
from actionsmith.packages.spec import REGISTRIES, Installed, Language, Progress, Wanted
from actionsmith.packages.tool import UnreachableError

ANSWER_LASTS_S = 24 * 3600
"""How long the answer to "which version is the newest" is believed without asking again."""

_INSTALLERS = {"javascript": npm.install_into, "python": pypi.install_into}


def install(
    language: Language, wanted: Wanted, progress: Progress | None = None
) -> tuple[Path, list[Installed]]:
    """Resolve `wanted` and install it; gives the folder and the resolved versions in the same order.

    The folder holds `node_modules` (JavaScript) or goes on sys.path (Python). What was resolved
    within the last day and is still there costs no network; without a network an older answer
    serves, too. Raises UserError naming the package and the reason.
    """
    say = progress or _silent
    answer = _answer_file(language, wanted)
    remembered = _recall(language, answer)
    if remembered and time.time() - answer.stat().st_mtime < ANSWER_LASTS_S:
        return _folder(language, remembered), remembered
    try:
        folder, installed = _make(language, wanted, say)
    except UnreachableError:
        if remembered is None:
            raise
        say(f"{REGISTRIES[language]} cannot be reached: using what was resolved before")
        return _folder(language, remembered), remembered
    atomic.write_bytes(answer, msgspec.json.encode(installed), durable=False)
    return folder, installed


def ensure(language: Language, pinned: Wanted, progress: Progress | None = None) -> Path:
    """The folder of an exactly pinned set of (name, version), installed when it is missing.

    Raises UserError as `install` does.
    """
    folder = kept(language, pinned)
    if folder is None:
        folder, _ = _make(language, pinned, progress or _silent)
    return folder


def kept(language: Language, pinned: Wanted) -> Path | None:
    """The folder of an exactly pinned set of (name, version) where it is installed, else None."""
    exact = [Installed(name=name, version=version, requested=version) for name, version in pinned]
    folder = _folder(language, exact)
    return folder if folder.is_dir() else None


def _make(language: Language, wanted: Wanted, say: Progress) -> tuple[Path, list[Installed]]:
    """Install beside the kept folders, then move into place in one step; one process at a time."""
    home, key = _home(language), _digest(wanted)
    making = home / "making" / key
    making.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(making.with_suffix(".lock")):
        shutil.rmtree(making, ignore_errors=True)  # of a process that was killed
        making.mkdir()
        try:
            asked = ", ".join(f"{name} {requested}".strip() for name, requested in wanted)
            say(f"asking {REGISTRIES[language]} for {asked}")
            installed = _INSTALLERS[language](making, wanted, say) if wanted else []
            folder = _folder(language, installed)
            if not folder.is_dir():
                making.rename(folder)
        finally:
            shutil.rmtree(making, ignore_errors=True)
    say("installed " + ", ".join(f"{item.name} {item.version}" for item in installed))
    return folder, installed


def _home(language: Language) -> Path:
    return paths.cache_dir() / "packages" / language


def _folder(language: Language, installed: list[Installed]) -> Path:
    """Where this exact set is kept. Binaries differ by machine and by Python, so both are in the key."""
    exact = sorted((item.name, item.version) for item in installed)
    builds = sys.implementation.cache_tag if language == "python" else "node"
    return _home(language) / _digest([*exact, (builds or "", f"{sys.platform}-{platform.machine()}")])


def _answer_file(language: Language, wanted: Wanted) -> Path:
    return _home(language) / "resolved" / f"{_digest(wanted)}.json"


def _recall(language: Language, answer: Path) -> list[Installed] | None:
    """What these wishes were resolved to before, if it is still installed."""
    try:
        installed = msgspec.json.decode(answer.read_bytes(), type=list[Installed])
    except (OSError, msgspec.DecodeError):
        return None
    return installed if _folder(language, installed).is_dir() else None


def _digest(parts: Wanted) -> str:
    return hashlib.blake2b(repr(parts).encode(), digest_size=12).hexdigest()


def _silent(_line: str) -> None:
    """Progress that nobody watches."""
