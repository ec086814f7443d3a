"""Where things are on this machine, and where the files shipped with the program are."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import platformdirs

APP = "actionsmith"


def data_dir() -> Path:
    """Tenants live here, one directory each."""
    return Path(platformdirs.user_data_dir(APP, appauthor=False))


def config_dir() -> Path:
    """Settings, the keys of the vaults."""
    return Path(platformdirs.user_config_dir(APP, appauthor=False))


def cache_dir() -> Path:
    """Everything that can be made again: packages, the decoded contract."""
    return Path(platformdirs.user_cache_dir(APP, appauthor=False))


def state_dir() -> Path:
    """Journals of unsaved text, crash reports."""
    return Path(platformdirs.user_state_dir(APP, appauthor=False))


@cache
def shipped(folder: str) -> Path:
    """The folder `themes` or `samples`: inside the package in a wheel, at the top of a checkout.

    Raises FileNotFoundError when the installation lacks it.
    """
    package = Path(__file__).resolve().parent
    for candidate in (package / folder, package.parents[1] / folder):
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError(f"the installation lacks its folder '{folder}'")
