"""Attacks on other processes, on the system and on what listens there."""

import ctypes
import errno
import fcntl
import mmap
import os
import resource
import signal
import socket
import struct

from attack import attack, libc, succeeded


@attack
def signal_the_parent(at):
    os.kill(os.getppid(), 0)
    return True


@attack
def signal_the_group_of_the_parent(at):
    os.killpg(os.getpgid(os.getppid()), 0)
    return True


@attack
def signal_with_the_c_library(at):
    return succeeded(libc.kill(at.victim, signal.SIGTERM))


@attack
def signal_everybody(at):
    return succeeded(libc.kill(-1, 0))


@attack
def signal_a_thread(at):
    return succeeded(libc.syscall(at.numbers["tgkill"], at.victim, at.victim, signal.SIGTERM))


@attack
def queue_a_signal(at):
    return succeeded(libc.sigqueue(at.victim, signal.SIGTERM, None))


@attack
def signal_through_a_descriptor(at):
    signal.pidfd_send_signal(os.pidfd_open(at.victim), signal.SIGTERM)
    return True


@attack
def have_the_kernel_signal(at):
    read, write = os.pipe()
    fcntl.fcntl(read, fcntl.F_SETOWN, at.victim)
    fcntl.fcntl(read, fcntl.F_SETSIG, signal.SIGTERM)
    fcntl.fcntl(read, fcntl.F_SETFL, os.O_ASYNC)
    os.write(write, b"x")
    return True


@attack
def trace_the_parent(at):
    return succeeded(libc.ptrace(0x4206, os.getppid(), 0, 0))  # PTRACE_SEIZE


@attack
def trace_a_bystander(at):
    return succeeded(libc.ptrace(16, at.victim, 0, 0))  # PTRACE_ATTACH


@attack
def read_memory_of_the_parent(at):
    buffer = ctypes.create_string_buffer(8)
    here = (ctypes.c_void_p * 2)(ctypes.addressof(buffer), 8)
    there = (ctypes.c_void_p * 2)(id(None), 8)
    return succeeded(libc.process_vm_readv(os.getppid(), here, 1, there, 1, 0))


@attack
def read_memory_through_a_file(at):
    return open(f"/proc/{os.getppid()}/mem", "rb")


@attack
def take_a_descriptor_of_the_parent(at):
    return succeeded(libc.syscall(at.numbers["pidfd_getfd"], os.pidfd_open(os.getppid()), 1, 0))


@attack
def limit_the_parent(at):
    soft, hard = resource.prlimit(os.getppid(), resource.RLIMIT_NOFILE)
    resource.prlimit(os.getppid(), resource.RLIMIT_NOFILE, (soft, hard))
    return True


@attack
def slow_the_parent_down(at):
    os.setpriority(os.PRIO_PROCESS, os.getppid(), 19)
    return True


@attack
def bind_the_parent_to_a_processor(at):
    os.sched_setaffinity(os.getppid(), os.sched_getaffinity(0))
    return True


@attack
def slow_everybody_down(at):
    os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))
    return os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0)) is None


@attack
def raise_its_own_rank(at):
    os.setpriority(os.PRIO_PROCESS, 0, -1)
    return True


@attack
def lift_its_own_memory_limit(at):
    resource.setrlimit(resource.RLIMIT_DATA, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    return True


# Memory and disk


@attack
def keep_data_in_a_file_of_memory(at):
    return os.write(os.memfd_create("mine"), b"mine")


@attack
def keep_data_in_secret_memory(at):
    return succeeded(libc.syscall(at.numbers["memfd_secret"], 0))


@attack
def keep_data_in_shared_memory(at):
    return len(mmap.mmap(-1, 1 << 30, flags=mmap.MAP_SHARED | mmap.MAP_ANONYMOUS))


@attack
def write_a_huge_file(at):
    with open("huge", "wb") as file:
        return file.truncate(8 << 30)


# The system


@attack
def have_rights_of_the_superuser(at):
    """Only the right to read files whatever their modes are (2) may be left."""
    version, rights = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
    succeeded(libc.capget(version, rights))
    return any((rights[0] & ~(1 << 2), *rights[2:]))


@attack
def get_rights_of_the_superuser_back(at):
    return any(libc.prctl(23, right, 0, 0, 0) == 1 for right in range(64) if right != 2)  # PR_CAPBSET_READ


@attack
def change_the_network(at):
    """Remove an address that nobody has: the kernel says so to those who may, and EPERM to others."""
    link = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0)
    body = struct.pack("=BBBBIHH4s", 2, 32, 0, 0, 1, 8, 2, socket.inet_aton("10.99.99.99"))
    link.send(struct.pack("=IHHII", 16 + len(body), 21, 5, 1, 0) + body)
    (error,) = struct.unpack_from("=i", link.recv(65536), 16)
    return -error not in {errno.EPERM, errno.EACCES}


@attack
def rename_an_interface(at):
    name = b"lo".ljust(16, b"\0")
    fcntl.ioctl(
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM), 0x8923, name + name + bytes(8)
    )  # SIOCSIFNAME
    return True


@attack
def copy_a_mount(at):
    return succeeded(libc.syscall(467, -100, os.getcwd().encode(), 1, 0, 0))  # open_tree_attr


@attack
def change_attributes_of_a_file(at):
    file = os.open(at.own_package, os.O_RDONLY)
    flags = fcntl.ioctl(file, 0x80086601, bytes(8))  # FS_IOC_GETFLAGS
    fcntl.ioctl(file, 0x40086602, flags)  # FS_IOC_SETFLAGS
    return True


@attack
def change_more_attributes_of_a_file(at):
    file = os.open(at.own_package, os.O_RDONLY)
    fcntl.ioctl(file, 0x401C5820, fcntl.ioctl(file, 0x801C581F, bytes(28)))  # FS_IOC_FSGETXATTR, SETXATTR
    return True


@attack
def change_attributes_of_a_file_by_name(at):
    return succeeded(libc.syscall(469, -100, at.own_package.encode(), bytes(24), 24, 0))  # file_setattr


@attack
def take_a_lease(at):
    return fcntl.fcntl(os.open(at.own_package, os.O_RDONLY), 1024, fcntl.F_RDLCK) == 0  # F_SETLEASE


@attack
def make_a_namespace(at):
    return succeeded(libc.unshare(0x10000000))  # CLONE_NEWUSER


@attack
def mount(at):
    return succeeded(libc.mount(b"none", os.getcwd().encode(), b"tmpfs", 0, None))


@attack
def change_the_root(at):
    os.chroot(".")
    return True


@attack
def read_keys_of_the_kernel(at):
    return succeeded(libc.syscall(at.numbers["keyctl"], 0, -4, 0))


@attack
def share_memory(at):
    return succeeded(libc.shmget(0x6D696E65, 4096, 0o1600))


@attack
def use_a_ring(at):
    return succeeded(libc.syscall(at.numbers["io_uring_setup"], 1, ctypes.create_string_buffer(120)))


@attack
def lift_the_filter(at):
    return succeeded(libc.prctl(22, 0, 0, 0, 0))


@attack
def speak_to_an_agent(at):
    client = socket.socket(socket.AF_UNIX)
    client.connect(at.agent)
    return True


@attack
def speak_to_an_abstract_agent(at):
    client = socket.socket(socket.AF_UNIX)
    client.connect("\0" + at.abstract_agent)
    return True


@attack
def write_to_a_datagram_agent(at):
    one, _ = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    return one.sendto(b"mine", at.agent)


@attack
def read_packets(at):
    return socket.socket(socket.AF_PACKET, socket.SOCK_RAW)


@attack
def send_raw_packets(at):
    return socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)
