"""Attacks that start programs and processes."""

import asyncio
import ctypes
import multiprocessing
import os
import pty
import shutil
import signal
import subprocess
import sys

from attack import attack, leave, libc, succeeded


@attack
def start_a_program(at):
    return subprocess.run([at.program], check=False)


@attack
def start_a_shell(at):
    return os.system("true") == 0


@attack
def open_a_pipe_to_a_shell(at):
    return os.popen("echo mine").read()


@attack
def start_with_asyncio(at):
    return asyncio.run(asyncio.create_subprocess_exec(at.program))


@attack
def start_with_posix_spawn(at):
    return os.posix_spawn(at.program, [at.program], {})


@attack
def become_another_program(at):
    os.execv(at.program, [at.program])


@attack
def become_the_interpreter_again(at):
    os.execv(sys.executable, [sys.executable, "-c", ""])


@attack
def fork(at):
    return leave(os.fork())


@attack
def fork_with_a_terminal(at):
    return leave(pty.fork()[0])


@attack
def use_multiprocessing(at):
    process = multiprocessing.get_context("fork").Process(target=print)
    process.start()
    return process.pid


@attack
def fork_with_the_c_library(at):
    return leave(libc.fork())


@attack
def fork_by_number(at):
    return leave(libc.syscall(at.numbers["clone"], signal.SIGCHLD, 0, 0, 0, 0))


@attack
def fork_with_the_newer_call(at):
    arguments = (ctypes.c_uint64 * 11)(0, 0, 0, 0, signal.SIGCHLD)
    return leave(libc.syscall(at.numbers["clone3"], arguments, 88))


@attack
def fork_sharing_memory(at):
    return leave(libc.vfork())


@attack
def ask_the_c_library_for_a_shell(at):
    status = libc.system(b"true")
    return status == 0


@attack
def become_a_program_with_the_c_library(at):
    arguments = (ctypes.c_char_p * 2)(at.program.encode(), None)
    return succeeded(libc.execv(at.program.encode(), arguments))


@attack
def become_a_program_in_memory(at):
    descriptor = os.memfd_create("mine")
    os.write(descriptor, open(at.program, "rb").read())
    return succeeded(libc.syscall(at.numbers["execveat"], descriptor, b"", None, None, 0x1000))


@attack
def run_a_program_of_its_own(at):
    shutil.copyfile(at.program, "mine")
    arguments = (ctypes.c_char_p * 2)(b"./mine", None)
    return succeeded(libc.execv(b"./mine", arguments))


@attack
def leave_the_session(at):
    os.setsid()
    return True


@attack
def leave_the_group(at):
    os.setpgid(0, os.getppid())
    return True
