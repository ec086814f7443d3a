"""Files that cannot be read are set aside and named in a sentence; none is deleted for being broken."""

from __future__ import annotations

import hashlib
from pathlib import Path

from actionsmith.errors import UserError

FOLDER = "quarantine"

# Without the index nothing of the tenant can be found, so it stays where it is until the user mends it.
KEPT_IN_PLACE = "tenant.json"


def broken(path: Path, root: Path, reason: str) -> UserError:
    """Set the unreadable file aside, and return the error that says so.

    The copy's name has a digest of what it holds, so a file that is met broken again is kept once.
    """
    try:
        kept = _keep(path, root)
    except OSError as error:
        return UserError(
            f"{path} is damaged ({reason}) and could not be set aside ({error.strerror}); "
            "put a good copy in its place"
        )
    if path.name == KEPT_IN_PLACE:
        advice = "put a good copy in its place; nothing else of the tenant has been touched"
    else:
        advice = "work goes on without it; to get it back, mend the copy and put it in its old place"
    return UserError(f"{path} is damaged ({reason}); it is kept as {kept}. To go on: {advice}")


def _keep(path: Path, root: Path) -> Path:
    data = path.read_bytes()
    mark = hashlib.blake2b(data, digest_size=6).hexdigest()
    name = "-".join(path.relative_to(root).with_suffix("").parts)
    kept = root / FOLDER / f"{name}-{mark}{path.suffix}"
    kept.parent.mkdir(mode=0o700, exist_ok=True)
    if path.name == KEPT_IN_PLACE:
        kept.write_bytes(data)
    else:
        path.replace(kept)
    return kept
