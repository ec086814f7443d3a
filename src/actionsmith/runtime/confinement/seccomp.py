"""Filters that the kernel asks at every system call of a host: what an Action may not do at all.

Two of them. The outer one is laid on from outside, before the host is started, so it has to let that
start pass. The inner one, which a Python host lays on itself first of all, closes that door, too: Node.js
cannot do that, but reaches the calls in question only through interfaces that its permissions close.
Packages that wrap libseccomp need its shared library, which few systems have installed.
"""

from __future__ import annotations

import errno
import struct
from functools import cache
from typing import NamedTuple

from actionsmith.runtime.confinement.syscalls import Machine, machine
from actionsmith.runtime.host_kind import Language

OWN_PID, OWN_GROUP = 0x7FFF_FF01, 0x7FFF_FF02
"""Stand for the process's own id, and for its negative, in the inner filter; no process has them."""

_LOAD, _AND, _EQUALS, _AT_LEAST, _RETURN = 0x20, 0x54, 0x15, 0x35, 0x06  # of classic BPF
_ALLOW, _REFUSE = 0x7FFF_0000, 0x0005_0000
_NUMBER_AT, _ARCH_AT, _ARGS_AT = 0, 4, 16
_UNKNOWN = 467
"""From this number on there are no system calls for a host. The first of them (open_tree_attr, file_setattr)
change attributes of mounts and files; later ones are not known here. The numbers of x86-64's other manner of
calling (x32) are all among them."""
_EVERY_BIT = 0xFFFF_FFFF

_NOTHING_HAPPENS = 0
"""An error number of 0: the caller hears that it went well, and nothing was done."""

_CLONE_THREAD = 0x0001_0000
_VFORK = 0x4111  # CLONE_VM | CLONE_VFORK | SIGCHLD: how a machine without the call vfork starts a host
_INET, _INET6, _NETLINK = 2, 10, 16
_STREAM, _DATAGRAM, _SEQPACKET, _SOCKET_TYPE = 1, 2, 5, 0xF
_RLIMIT_NOFILE = 7
_FCNTL_COMMANDS = (8, 10, 15, 1024, 1026)  # F_SETOWN, F_SETSIG, F_SETOWN_EX, F_SETLEASE, F_NOTIFY
_FIOSETOWN, _SIOCSPGRP, _TIOCSTI = 0x8901, 0x8902, 0x5412
_IOCTL_FAMILY, _FILE_SYSTEMS = 0xFF00, (0x5800, 0x6600, 0x7600, 0x9400)
_SHARED_BY_NOBODY = 0x21  # MAP_SHARED | MAP_ANONYMOUS
_NEGATIVE = 0x8000_0000
_ORDINARY_RANKS = (0, 3, 5)  # SCHED_OTHER, SCHED_BATCH, SCHED_IDLE


class _Test(NamedTuple):
    """An argument (its low half, or the high one) is this value, in these bits."""

    argument: int
    value: int
    bits: int = _EVERY_BIT
    high: bool = False


class _Rule(NamedTuple):
    """System calls that fail with `error`: always, unless all tests of a case hold, or only when they do."""

    names: str
    error: int = errno.EPERM
    unless: tuple[tuple[_Test, ...], ...] = ()
    when: tuple[tuple[_Test, ...], ...] = ()


_ALWAYS = (
    # Other processes: looking into them, signalling them other than by kill, changing their limits.
    _Rule("ptrace process_vm_readv process_vm_writev process_madvise kcmp migrate_pages move_pages"),
    _Rule("tkill rt_sigqueueinfo pidfd_open pidfd_getfd pidfd_send_signal ioprio_set"),
    # Its own rank may fall: who may have a higher one could leave no time for anybody else.
    _Rule("setpriority", unless=((_Test(0, 0), _Test(1, 0), _Test(2, 0, _NEGATIVE)),)),
    _Rule("sched_setscheduler", unless=tuple((_Test(0, 0), _Test(1, rank)) for rank in _ORDINARY_RANKS)),
    _Rule("sched_setattr"),
    _Rule("sched_setaffinity sched_setparam", unless=((_Test(0, 0),),)),
    # The kernel signals the owner of a descriptor, whom anybody may choose; leases let others wait.
    _Rule("fcntl", when=tuple((_Test(1, command),) for command in _FCNTL_COMMANDS)),
    # The same, and file systems: they change attributes of files that are open for reading only.
    _Rule(
        "ioctl",
        when=tuple((_Test(1, command),) for command in (_FIOSETOWN, _SIOCSPGRP, _TIOCSTI))
        + tuple((_Test(1, family, _IOCTL_FAMILY),) for family in _FILE_SYSTEMS),
    ),
    # Its own limits are kept, also for an Action of the superuser: reading them, and open files, are free.
    _Rule(
        "prlimit64",
        unless=(
            (_Test(0, 0), _Test(2, 0), _Test(2, 0, high=True)),
            (_Test(0, 0), _Test(1, _RLIMIT_NOFILE)),
        ),
    ),
    _Rule("setrlimit", unless=((_Test(0, _RLIMIT_NOFILE),),)),
    # The system as a whole; most of it is refused to all but the superuser anyway.
    _Rule("unshare setns mount umount2 pivot_root chroot move_mount open_tree fsopen fsconfig fsmount"),
    _Rule("fspick mount_setattr open_by_handle_at bpf perf_event_open userfaultfd keyctl add_key"),
    _Rule("request_key init_module finit_module delete_module kexec_load kexec_file_load reboot swapon"),
    _Rule("swapoff acct quotactl quotactl_fd settimeofday clock_settime clock_adjtime adjtimex sethostname"),
    _Rule("setdomainname syslog iopl ioperm modify_ldt personality vhangup statmount listmount"),
    _Rule("lsm_set_self_attr"),
    # A way around every filter; programs that use it fall back to plain calls when it is not there.
    _Rule("io_uring_setup io_uring_enter io_uring_register", errno.ENOSYS),
    # Landlock does not hold these. Copying a file sets its mode and times, so that may not fail.
    _Rule("chmod fchmod fchmodat fchmodat2 utime utimes futimesat utimensat", _NOTHING_HAPPENS),
    _Rule("chown lchown fchown fchownat inotify_add_watch fanotify_init"),
    _Rule("setxattr lsetxattr fsetxattr setxattrat", errno.ENOTSUP),
    _Rule("removexattr lremovexattr fremovexattr removexattrat", errno.ENOTSUP),
    # Memory that the limit of memory does not count.
    _Rule("memfd_create memfd_secret"),
    _Rule("mmap", when=((_Test(3, _SHARED_BY_NOBODY, _SHARED_BY_NOBODY),),)),
    # Memory and queues shared with other programs.
    _Rule("shmget shmat shmctl msgget msgsnd msgrcv msgctl semget semop semctl semtimedop mq_open mq_unlink"),
    # Sockets between processes lead to whatever listens there: key agents, containers, the desktop.
    # A pair of connected ones is how event loops wake themselves.
    _Rule("socketpair", unless=tuple((_Test(1, kind, _SOCKET_TYPE),) for kind in (_STREAM, _SEQPACKET))),
    # New processes; threads are free. clone3 hides its flags, and the C library then takes clone.
    _Rule("clone3", errno.ENOSYS),
    _Rule("fork"),
)

_ADDRESSES = (_Test(0, _NETLINK), _Test(2, 0))  # the C library asks which kinds of addresses there are
_SOCKETS = tuple(
    (_Test(0, family), _Test(1, kind, _SOCKET_TYPE))
    for family in (_INET, _INET6)
    for kind in (_STREAM, _DATAGRAM)
)
_ONLINE = _Rule("socket", errno.EACCES, unless=(*_SOCKETS, _ADDRESSES))
_OFFLINE = _Rule("socket", errno.ENETUNREACH, unless=(_ADDRESSES,))

_THREADS = _Rule("clone", unless=((_Test(0, _CLONE_THREAD, _CLONE_THREAD),),))
_THREADS_AND_START = _Rule("clone", unless=(*_THREADS.unless, (_Test(0, _VFORK),)))

_INNER = (
    _Rule("vfork execve execveat setsid setpgid"),
    _THREADS,
    _Rule("kill", unless=((_Test(0, OWN_PID),), (_Test(0, OWN_GROUP),), (_Test(0, 0),))),
    _Rule("tgkill rt_tgsigqueueinfo", unless=((_Test(0, OWN_PID),),)),
)


@cache
def outer(language: Language, *, offline: bool, landlock_abi: int) -> bytes | None:
    """The filter a host is started under, or None on a machine that is not known here.

    It also refuses what Landlock of this version leaves open: signals, and cutting off files.
    """
    here = machine()
    if here is None:
        return None
    rules = [*_ALWAYS, _OFFLINE if offline else _ONLINE]
    rules.append(_THREADS if "vfork" in here.numbers else _THREADS_AND_START)
    if landlock_abi < 6 and language == "javascript":  # the inner one knows better for Python
        rules.append(_Rule("kill", unless=((_Test(0, 0),),)))
    if landlock_abi < 3:
        rules.append(_Rule("truncate"))
    return _program(here, rules)


@cache
def inner() -> bytes | None:
    """What a Python host adds from inside, with OWN_PID and OWN_GROUP to be replaced by it."""
    here = machine()
    return None if here is None else _program(here, _INNER)


def _program(here: Machine, rules: tuple[_Rule, ...] | list[_Rule]) -> bytes:
    steps = [
        _step(_LOAD, _ARCH_AT),
        _step(_EQUALS, here.audit_arch, skip_if_true=1),
        _step(_RETURN, _REFUSE | errno.EPERM),  # calls in the manner of another machine
        _step(_LOAD, _NUMBER_AT),
    ]
    steps += [_step(_AT_LEAST, _UNKNOWN, skip_if_false=1), _step(_RETURN, _REFUSE | errno.ENOSYS)]
    for rule in rules:
        body = _body(rule)
        for name in rule.names.split():
            if name in here.numbers:
                steps += [_step(_EQUALS, here.numbers[name], skip_if_false=len(body)), *body]
    return b"".join([*steps, _step(_RETURN, _ALLOW)])


def _body(rule: _Rule) -> list[bytes]:
    """What is done about a call once its number is known: it always returns."""
    refusal = _step(_RETURN, _REFUSE | rule.error)
    allowed = _step(_RETURN, _ALLOW)
    in_case, otherwise = (refusal, allowed) if rule.when else (allowed, refusal)
    steps: list[bytes] = []
    for case in rule.when or rule.unless:
        checks = [in_case]
        for test in reversed(case):
            masked = [_step(_AND, test.bits)] if test.bits != _EVERY_BIT else []
            place = _ARGS_AT + 8 * test.argument + 4 * test.high
            equals = _step(_EQUALS, test.value, skip_if_false=len(checks))
            checks = [_step(_LOAD, place), *masked, equals, *checks]
        steps += checks
    return [*steps, otherwise]


def _step(code: int, value: int, *, skip_if_true: int = 0, skip_if_false: int = 0) -> bytes:
    return struct.pack("<HBBI", code, skip_if_true, skip_if_false, value)
