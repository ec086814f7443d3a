"""What the workbench remembers between two starts."""

from __future__ import annotations

from pathlib import Path

import msgspec

from actionsmith import atomic, paths


class Settings(msgspec.Struct):
    """`theme` is the name of a theme, or empty for the default.

    By tenant name: `last_action`, which is shown at the start, and `open_actions`, which have a tab.
    `test_below`: event and result are below the code, also where there is room beside it.
    `vim`: whether vim keys were switched on or off; None: never, the configuration says it.
    """

    theme: str = ""
    last_action: dict[str, str] = {}
    open_actions: dict[str, list[str]] = {}
    test_below: bool = False
    vim: bool | None = None


def _file() -> Path:
    return paths.config_dir() / "workbench.json"


def load() -> Settings:
    """The remembered settings; a missing or unreadable file counts as empty."""
    try:
        return msgspec.json.decode(_file().read_bytes(), type=Settings)
    except (OSError, msgspec.DecodeError):
        return Settings()


def save(settings: Settings) -> None:
    """Remember the settings. Raises OSError when the directory cannot be written."""
    atomic.write_bytes(_file(), msgspec.json.format(msgspec.json.encode(settings)), durable=False)
