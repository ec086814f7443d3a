"""Numbers of the system calls that Actions are refused, for the machines whose numbers are known here.

They never change: https://github.com/torvalds/linux, arch/x86/entry/syscalls/syscall_64.tbl and
include/uapi/asm-generic/unistd.h. A dash is a call that the machine does not have.
"""

from __future__ import annotations

import os
from functools import cache
from typing import NamedTuple

_TABLE = """
clone 56 220, clone3 435 435, fork 57 -, vfork 58 -, execve 59 221, execveat 322 281, ptrace 101 117,
process_vm_readv 310 270, process_vm_writev 311 271, process_madvise 440 440, kcmp 312 272, kill 62 129,
tkill 200 130, tgkill 234 131, rt_sigqueueinfo 129 138, rt_tgsigqueueinfo 297 240, pidfd_open 434 434,
pidfd_getfd 438 438, pidfd_send_signal 424 424, setsid 112 157, setpgid 109 154, unshare 272 97,
setns 308 268, mount 165 40, umount2 166 39, pivot_root 155 41, chroot 161 51, move_mount 429 429,
open_tree 428 428, fsopen 430 430, fsconfig 431 431, fsmount 432 432, fspick 433 433, mount_setattr 442 442,
open_by_handle_at 304 265, bpf 321 280, perf_event_open 298 241, userfaultfd 323 282, keyctl 250 219,
add_key 248 217, request_key 249 218, io_uring_setup 425 425, io_uring_enter 426 426,
io_uring_register 427 427, init_module 175 105, finit_module 313 273, delete_module 176 106,
kexec_load 246 104, kexec_file_load 320 294, reboot 169 142, swapon 167 224, swapoff 168 225, acct 163 89,
quotactl 179 60, settimeofday 164 170, clock_settime 227 112, clock_adjtime 305 266, adjtimex 159 171,
sethostname 170 161, setdomainname 171 162, syslog 103 116, iopl 172 -, ioperm 173 -, modify_ldt 154 -,
personality 135 92, vhangup 153 58, chmod 90 -, fchmod 91 52, fchmodat 268 53, fchmodat2 452 452,
chown 92 -, lchown 94 -, fchown 93 55, fchownat 260 54, utime 132 -, utimes 235 -, futimesat 261 -,
utimensat 280 88, truncate 76 45, setxattr 188 5, lsetxattr 189 6, fsetxattr 190 7, setxattrat 463 463,
removexattr 197 14, lremovexattr 198 15, fremovexattr 199 16, removexattrat 466 466,
inotify_add_watch 254 27, fanotify_init 300 262, socket 41 198, socketpair 53 199, fcntl 72 25, ioctl 16 29,
prlimit64 302 261, setrlimit 160 164, setpriority 141 140, ioprio_set 251 30, sched_setaffinity 203 122,
sched_setscheduler 144 119, sched_setparam 142 118,
sched_setattr 314 274, migrate_pages 256 238,
move_pages 279 239, shmget 29 194, shmat 30 196, shmctl 31 195, msgget 68 186, msgsnd 69 189, msgrcv 70 188,
msgctl 71 187, semget 64 190, semop 65 193, semctl 66 191, semtimedop 220 192, mq_open 240 180,
mq_unlink 241 181, quotactl_fd 443 443, statmount 457 457, listmount 458 458, lsm_set_self_attr 460 460,
mmap 9 222, memfd_create 319 279, memfd_secret 447 447
"""


class Machine(NamedTuple):
    """One kind of processor: how the kernel calls it to a filter, and its numbers by name."""

    audit_arch: int
    numbers: dict[str, int]


_COLUMNS = {"x86_64": (1, 0xC000003E), "aarch64": (2, 0xC00000B7)}


@cache
def machine() -> Machine | None:
    """The machine this runs on, or None when its numbers are not known here."""
    known = _COLUMNS.get(os.uname().machine)
    if known is None:
        return None
    column, audit_arch = known
    entries = [entry.split() for entry in _TABLE.split(",")]
    numbers = {entry[0]: int(entry[column]) for entry in entries if entry[column] != "-"}
    return Machine(audit_arch, numbers)
