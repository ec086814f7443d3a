"""What a refusal means, for the person whose Action met it: the kernel says no more than a number."""

from __future__ import annotations

_FILES = (
    "[Errno 13] Permission denied: '/",
    "EACCES: permission denied, ",
    "an Action may not read ",
    "an Action may not write ",
    "an Action may not change ",
)
_FILES_EXPLAINED = (
    "an Action reads only its packages and its own temporary directory, and writes only there "
    "(os.tmpdir() in JavaScript, tempfile in Python); hand it other data as a secret or in the event"
)


def explanation(message: str) -> str | None:
    """A sentence about the message of an error, when it is a refusal of files."""
    return _FILES_EXPLAINED if message.startswith(_FILES) else None
