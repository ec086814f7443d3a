"""Resume files: where a suspended flow waits until somebody answers for its user."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path

import msgspec

from actionsmith import atomic
from actionsmith.errors import UserError
from actionsmith.runtime.execution import Suspended
from actionsmith.tenant.tenant import Tenant

FOLDER = "suspended"
KEPT_DAYS = 7
"""After so many days a resume file in the tenant's folder goes, when another one is written."""


def save_resume_file(tenant: Tenant, suspended: Suspended, path: Path | None = None) -> Path:
    """Write a suspended flow to `path`, else to a new file in the tenant's folder; returns where it is.

    Only its owner can read it. Raises UserError when the disk refuses.
    """
    if path is None:
        folder = tenant.path / FOLDER
        with suppress(OSError):  # writing the file tells what is wrong
            folder.mkdir(mode=0o700, exist_ok=True)
        _drop_old(folder)
        moment = time.strftime("%Y%m%d-%H%M%S", time.gmtime())
        path = folder / f"{suspended.trigger}-{moment}-{os.urandom(2).hex()}.json"
    data = msgspec.json.format(msgspec.json.encode(suspended), indent=2) + b"\n"
    try:
        atomic.write_bytes(path, data, durable=False)
    except OSError as error:
        raise UserError(
            f"the suspended flow cannot be kept in '{path}' ({error.strerror}); "
            "name another place with --save-resume"
        ) from error
    return path


def _drop_old(folder: Path) -> None:
    oldest = time.time() - KEPT_DAYS * 24 * 3600
    with suppress(OSError):
        for file in folder.glob("*.json"):
            if file.stat().st_mtime < oldest:
                file.unlink(missing_ok=True)
