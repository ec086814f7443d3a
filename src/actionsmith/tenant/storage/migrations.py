"""The format of a tenant's files, and the steps from older formats to the present one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from actionsmith.errors import UserError

SCHEMA = 1

# STEPS[n] brings the files of a directory from format n to n + 1. It runs under the tenant's lock, may be run
# again after a crash, and writes the new number last.
STEPS: dict[int, Callable[[Path], None]] = {}


def needs_migration(path: Path, found: int) -> bool:
    """Whether the tenant is older than this program. Raises UserError when it is newer."""
    if found > SCHEMA:
        raise UserError(
            f"the tenant in {path} was written by a newer Actionsmith (format {found}, this one knows up to "
            f"{SCHEMA}); upgrade Actionsmith to open it"
        )
    return found < SCHEMA


def migrate(path: Path, found: int) -> None:
    """Run the steps that are missing, oldest first."""
    for number in range(found, SCHEMA):
        STEPS[number](path)
