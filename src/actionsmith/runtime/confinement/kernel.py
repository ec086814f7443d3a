"""The calls of the Linux kernel that hold a thread, and every process it starts, for good.

Own code on purpose: of the packages for Landlock, one knows no scopes, and the others import for longer
than a host takes to start (one of them starts a program to find the C library).
"""

from __future__ import annotations

import contextlib
import errno
import os
import struct
import sys
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from actionsmith.runtime.confinement.places import Access, Place

if TYPE_CHECKING:
    import ctypes

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # the same number on every machine
_CLOSE_RANGE, _EVERY_DESCRIPTOR, _ONLY_ON_EXEC = 436, 0xFFFF_FFFF, 4
_ASK_VERSION, _PATH_BENEATH = 1, 1
_SET_NO_NEW_PRIVS, _SET_SECCOMP, _FILTER_MODE = 38, 22, 2
_DROP_BOUND, _AMBIENT, _CLEAR_ALL = 24, 47, 4
_CAPABILITIES_VERSION, _MOST_CAPABILITIES = 0x2008_0522, 64
_READ_PAST_MODES = 2  # CAP_DAC_READ_SEARCH

_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR, _REFER, _TRUNCATE, _IOCTL_DEV = (
    1 << bit for bit in (0, 1, 2, 3, 13, 14, 15)
)
_MAKE_DEVICES = 1 << 6 | 1 << 11
_FIRST_RIGHTS = (1 << 13) - 1
_RIGHTS_SINCE = {2: _REFER, 3: _TRUNCATE, 5: _IOCTL_DEV}
_RIGHTS_OF_FILES = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | _IOCTL_DEV
SCOPES_SINCE = 6
"""The version of Landlock that keeps signals and abstract sockets inside."""
_ABSTRACT_SOCKETS_AND_SIGNALS = 0b11


@cache
def landlock_abi() -> int:
    """The version of Landlock that the kernel offers; 0 when there is none."""
    if sys.platform != "linux":
        return 0
    with contextlib.suppress(OSError):
        return _call(_CREATE_RULESET, None, 0, _ASK_VERSION)
    return 0


def hold_files(places: Iterable[Place]) -> bool:
    """Take every access to files but these from the calling thread; signals and tracing, too.

    Returns whether the kernel does that. Places that do not exist are passed over.
    """
    abi = landlock_abi()
    if abi == 0:
        return False
    handled = _handled(abi)
    scoped = _ABSTRACT_SOCKETS_AND_SIGNALS if abi >= SCOPES_SINCE else 0
    # older kernels take the shorter structure they know
    attributes = struct.pack("=QQQ", handled, 0, scoped)[: 24 if abi >= 6 else 16 if abi >= 4 else 8]
    ruleset = _call(_CREATE_RULESET, attributes, len(attributes), 0)
    try:
        for place in places:
            _add(ruleset, place, handled)
        _no_new_privileges()
        _call(_RESTRICT_SELF, ruleset, 0)
    finally:
        os.close(ruleset)
    return True


def filter_calls(program: bytes) -> bool:
    """Lay a filter of system calls on the calling thread. Returns whether the kernel does that."""
    import ctypes

    _no_new_privileges()
    steps = ctypes.create_string_buffer(program, len(program))
    described = struct.pack("HP", len(program) // 8, ctypes.addressof(steps))
    return bool(_libc().prctl(_SET_SECCOMP, _FILTER_MODE, described, 0, 0) == 0)


def drop_capabilities() -> bool:
    """Take from the calling thread what the superuser may do beyond others: the network's settings, ranks of
    processes, attributes of files.

    Only the reading of files stays, whatever their modes are: the interpreter and packages may lie in
    somebody's home directory, and what may be read there is for `hold_files` to say. Returns whether the
    kernel does that.
    """
    libc = _libc()
    _no_new_privileges()  # or they would come back when the host is started
    for capability in range(_MOST_CAPABILITIES):
        if capability != _READ_PAST_MODES and libc.prctl(_DROP_BOUND, capability, 0, 0, 0) != 0:
            break  # that was the last one, or there are none to drop
    libc.prctl(_AMBIENT, _CLEAR_ALL, 0, 0, 0)
    kept = 1 << _READ_PAST_MODES & _permitted()
    data = struct.pack("=6I", kept, kept, 0, 0, 0, 0)
    return bool(libc.capset(_own_capabilities(), data) == 0)


def close_on_exec() -> bool:
    """Keep every descriptor but the standard ones from programs that are started. Whether that worked."""
    with contextlib.suppress(OSError):
        _call(_CLOSE_RANGE, 3, _EVERY_DESCRIPTOR, _ONLY_ON_EXEC)
        return True
    return False


def _permitted() -> int:
    """The first 32 capabilities that the calling thread may use."""
    import ctypes

    data = ctypes.create_string_buffer(24)
    if _libc().capget(_own_capabilities(), data) != 0:
        return 0
    return int(struct.unpack_from("=I", data, 4)[0])


def _own_capabilities() -> bytes:
    return struct.pack("=Ii", _CAPABILITIES_VERSION, 0)


def _handled(abi: int) -> int:
    handled = _FIRST_RIGHTS
    for version, right in _RIGHTS_SINCE.items():
        handled |= right if abi >= version else 0
    return handled


def _add(ruleset: int, place: Place, handled: int) -> None:
    try:
        descriptor = os.open(place.path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        if place.access is Access.OWN:
            rights = handled & ~(_EXECUTE | _MAKE_DEVICES | _IOCTL_DEV)
        else:
            rights = _READ_FILE | _READ_DIR
            rights |= _EXECUTE if place.access is Access.RUN else 0
            rights |= _WRITE_FILE if place.access is Access.WRITE else 0
        if not place.path.is_dir():
            rights &= _RIGHTS_OF_FILES
        _call(_ADD_RULE, ruleset, _PATH_BENEATH, struct.pack("=Qi", rights, descriptor), 0)
    finally:
        os.close(descriptor)


def _no_new_privileges() -> None:
    if _libc().prctl(_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        raise OSError(errno.EPERM, "the kernel does not bind this thread")


@cache
def _libc() -> ctypes.CDLL:
    import ctypes  # takes 2 ms; not everybody runs something

    libc = ctypes.CDLL(None, use_errno=True)
    libc.syscall.restype = ctypes.c_long
    return libc


def _call(number: int, *arguments: int | bytes | None) -> int:
    """A system call by its number. Raises OSError."""
    import ctypes

    words = [ctypes.c_long(word) if isinstance(word, int) else word for word in (number, *arguments)]
    answer: int = _libc().syscall(*words)
    if answer < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return answer
