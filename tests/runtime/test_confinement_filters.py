"""The filters of system calls, as the kernel would run them, for every machine that is known."""

from __future__ import annotations

import errno
import struct
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionsmith.runtime.confinement import seccomp, syscalls

ALLOWED, NOTHING_HAPPENS = "allowed", 0
CLONE_THREAD, CLONE_VM, CLONE_VFORK, SIGCHLD = 0x10000, 0x100, 0x4000, 17
INET, INET6, UNIX, NETLINK, PACKET, VSOCK = 2, 10, 1, 16, 17, 40
STREAM, DATAGRAM, RAW, NONBLOCK = 1, 2, 3, 0o4000
FIRST_UNKNOWN = 467
ARGUMENTS = st.lists(st.integers(0, 2**64 - 1), min_size=6, max_size=6)


def verdict(program: bytes, audit_arch: int, number: int, arguments: list[int]) -> str | int:
    """What classic BPF does with a call: ALLOWED, or the error number it is answered with."""
    data = struct.pack("<IIQ6Q", number, audit_arch, 0, *arguments)
    steps = list(struct.iter_unpack("<HBBI", program))
    at = word = 0
    while True:
        code, if_true, if_false, value = steps[at]
        at += 1
        match code:
            case 0x20:
                (word,) = struct.unpack_from("<I", data, value)
            case 0x54:
                word &= value
            case 0x15:
                at += if_true if word == value else if_false
            case 0x35:
                at += if_true if word >= value else if_false
            case 0x06:
                return ALLOWED if value == 0x7FFF_0000 else value & 0xFFFF


class Filter:
    """A filter of one machine, asked by the names of calls."""

    def __init__(self, machine: syscalls.Machine, program: bytes | None) -> None:
        assert program is not None
        self.machine, self.program = machine, program

    def __call__(self, name: str, *arguments: int) -> str | int:
        words = [argument & (2**64 - 1) for argument in arguments]
        return self.by_number(self.machine.numbers[name], words + [0] * (6 - len(words)))

    def by_number(self, number: int, arguments: list[int]) -> str | int:
        return verdict(self.program, self.machine.audit_arch, number, arguments)


@pytest.fixture(params=["x86_64", "aarch64"])
def machine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> syscalls.Machine:
    monkeypatch.setattr("os.uname", lambda: SimpleNamespace(machine=request.param))
    for cached in (syscalls.machine, seccomp.outer, seccomp.inner):
        cached.cache_clear()
    request.addfinalizer(lambda: [c.cache_clear() for c in (syscalls.machine, seccomp.outer, seccomp.inner)])
    known = syscalls.machine()
    assert known is not None
    return known


@pytest.fixture
def outer(machine: syscalls.Machine) -> Filter:
    return Filter(machine, seccomp.outer("python", offline=False, landlock_abi=7))


@pytest.fixture
def offline(machine: syscalls.Machine) -> Filter:
    return Filter(machine, seccomp.outer("python", offline=True, landlock_abi=7))


@pytest.fixture
def inner(machine: syscalls.Machine) -> Filter:
    return Filter(machine, seccomp.inner())


def test_a_host_can_be_started_and_starts_nothing_itself(outer: Filter, inner: Filter) -> None:
    how = "vfork" if "vfork" in outer.machine.numbers else "clone"
    assert outer(how, CLONE_VM | CLONE_VFORK | SIGCHLD) == ALLOWED
    assert outer("execve") == ALLOWED
    assert inner(how, CLONE_VM | CLONE_VFORK | SIGCHLD) == errno.EPERM
    assert [inner("execve"), inner("execveat"), inner("setsid")] == [errno.EPERM] * 3


@given(flags=st.integers(0, 2**32 - 1))
def test_only_threads_are_made(flags: int) -> None:
    machine = syscalls.machine()
    if machine is None:
        pytest.skip("this machine is not known")
    answer = Filter(machine, seccomp.inner())("clone", flags)
    assert answer == (ALLOWED if flags & CLONE_THREAD else errno.EPERM)


def test_calls_that_hide_what_they_do_seem_not_to_exist(outer: Filter) -> None:
    assert outer("clone3") == outer("io_uring_setup") == outer("io_uring_enter") == errno.ENOSYS


@pytest.mark.parametrize(
    ("family", "kind", "protocol", "answer"),
    [
        (INET, STREAM, 6, ALLOWED),
        (INET6, DATAGRAM | NONBLOCK, 0, ALLOWED),
        (NETLINK, RAW, 0, ALLOWED),
        (NETLINK, RAW, 15, errno.EACCES),
        (INET, RAW, 1, errno.EACCES),
        (UNIX, STREAM, 0, errno.EACCES),
        (PACKET, RAW, 0, errno.EACCES),
        (VSOCK, STREAM, 0, errno.EACCES),
    ],
)
def test_sockets(
    outer: Filter, offline: Filter, family: int, kind: int, protocol: int, answer: str | int
) -> None:
    assert outer("socket", family, kind, protocol) == answer
    kernel_only = (family, protocol) == (NETLINK, 0)
    assert offline("socket", family, kind, protocol) == (ALLOWED if kernel_only else errno.ENETUNREACH)


def test_connected_pairs_only(outer: Filter) -> None:
    assert outer("socketpair", UNIX, STREAM | NONBLOCK) == ALLOWED
    assert outer("socketpair", UNIX, DATAGRAM) == errno.EPERM


def test_its_own_signals_and_limits(outer: Filter, inner: Filter) -> None:
    own, group = seccomp.OWN_PID, seccomp.OWN_GROUP
    assert [inner("kill", pid, 9) for pid in (own, group, 0)] == [ALLOWED] * 3
    assert [inner("kill", pid, 0) for pid in (1, -1, 4321)] == [errno.EPERM] * 3
    assert inner("tgkill", own, 5, 6) == ALLOWED
    assert inner("tgkill", 4321, 4321, 6) == errno.EPERM
    assert outer("prlimit64", 0, 2, 0) == ALLOWED
    assert outer("prlimit64", 4321, 2, 0) == errno.EPERM
    assert outer("prlimit64", 0, 2, 1 << 32) == errno.EPERM  # a new limit, wherever it lies in memory


def test_modes_and_times_of_files_stay(outer: Filter) -> None:
    assert outer("fchmod") == outer("fchmodat") == outer("utimensat") == NOTHING_HAPPENS


def test_descriptors_have_no_owners(outer: Filter) -> None:
    set_owner, set_flags = 8, 4
    assert outer("fcntl", 3, set_owner, 1) == errno.EPERM
    assert outer("fcntl", 3, set_flags, 0) == ALLOWED
    assert outer("ioctl", 0, 0x5412, 0) == errno.EPERM  # types on the terminal
    assert outer("ioctl", 0, 0x5413, 0) == ALLOWED  # asks for its size
    set_flags_of_ext, set_flags_of_all = 0x40086602, 0x401C5820
    assert [outer("ioctl", 3, set_flags_of_ext), outer("ioctl", 3, set_flags_of_all)] == [errno.EPERM] * 2


def test_its_own_rank_may_only_fall(outer: Filter) -> None:
    fifo, batch, deadline = 1, 3, 6
    assert [outer("setpriority", 0, 0, rank) for rank in (0, 19, -1)] == [ALLOWED, ALLOWED, errno.EPERM]
    assert outer("setpriority", 0, 4321, 19) == errno.EPERM
    assert outer("sched_setscheduler", 0, batch) == ALLOWED
    assert outer("sched_setscheduler", 4321, batch) == errno.EPERM
    assert [outer("sched_setscheduler", 0, rank) for rank in (fifo, deadline)] == [errno.EPERM] * 2
    assert outer("sched_setattr", 0) == errno.EPERM


def test_memory_that_no_limit_counts(outer: Filter) -> None:
    shared, private, anonymous = 1, 2, 0x20
    assert [outer("mmap", 0, 4096, 3, kind) for kind in (private | anonymous, private, shared)] == [
        ALLOWED
    ] * 3
    assert outer("mmap", 0, 4096, 3, shared | anonymous) == errno.EPERM
    assert outer("mmap", 0, 4096, 3, 3 | anonymous) == errno.EPERM  # MAP_SHARED_VALIDATE
    assert outer("memfd_create") == errno.EPERM


def test_old_kernels_get_what_their_landlock_lacks(machine: syscalls.Machine) -> None:
    old = Filter(machine, seccomp.outer("javascript", offline=False, landlock_abi=2))
    new = Filter(machine, seccomp.outer("javascript", offline=False, landlock_abi=7))
    assert [old("truncate"), old("kill", 4321, 9), old("kill", 0, 9)] == [errno.EPERM, errno.EPERM, ALLOWED]
    assert new("truncate") == new("kill", 4321, 9) == ALLOWED


def test_calls_in_the_manner_of_another_machine(outer: Filter) -> None:
    assert verdict(outer.program, 0x4000_0003, outer.machine.numbers["clone"], [0] * 6) == errno.EPERM
    assert outer.by_number(0x4000_0000 + 59, [0] * 6) == errno.ENOSYS


@given(number=st.integers(FIRST_UNKNOWN, 2**32 - 1), arguments=ARGUMENTS)
def test_calls_that_are_not_known_here_do_not_exist(number: int, arguments: list[int]) -> None:
    machine = syscalls.machine()
    if machine is None:
        pytest.skip("this machine is not known")
    program = seccomp.outer("python", offline=False, landlock_abi=7)
    assert Filter(machine, program).by_number(number, arguments) == errno.ENOSYS


@given(number=st.integers(0, FIRST_UNKNOWN - 1), arguments=ARGUMENTS)
def test_what_has_no_name_here_is_free(number: int, arguments: list[int]) -> None:
    machine = syscalls.machine()
    if machine is None:
        pytest.skip("this machine is not known")
    if number not in machine.numbers.values():
        for program in (seccomp.outer("python", offline=True, landlock_abi=7), seccomp.inner()):
            assert Filter(machine, program).by_number(number, arguments) == ALLOWED


def test_an_unknown_machine_has_no_filter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.uname", lambda: SimpleNamespace(machine="riscv64"))
    for cached in (syscalls.machine, seccomp.outer, seccomp.inner):
        cached.cache_clear()
    assert seccomp.outer("python", offline=False, landlock_abi=7) is None
    assert seccomp.inner() is None
    for cached in (syscalls.machine, seccomp.outer, seccomp.inner):
        cached.cache_clear()
