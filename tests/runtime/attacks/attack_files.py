"""Attacks on files: of the person, and outside of the temporary directory."""

import os
import sqlite3
import sys
import threading

from attack import attack, attempt, libc, succeeded


@attack
def read_the_vault_key(at):
    return open(at.vault_key, "rb").read()


@attack
def read_the_tenant(at):
    return open(at.tenant_file, "rb").read()


@attack
def list_the_tenant(at):
    return os.listdir(os.path.dirname(at.tenant_file))


@attack
def read_the_ssh_key(at):
    return open(at.ssh_key).read()


@attack
def list_the_home_directory(at):
    return os.listdir(at.home)


@attack
def walk_the_home_directory(at):
    return [names for _, *names in os.walk(at.home)]


@attack
def read_packages_of_another_action(at):
    return open(at.other_package).read()


@attack
def import_packages_of_another_action(at):
    sys.path.append(os.path.dirname(at.other_package))
    return __import__(os.path.basename(at.other_package).removesuffix(".py"))


@attack
def read_the_directory_of_another_host(at):
    return open(at.other_host_file).read()


@attack
def read_the_users(at):
    return open("/etc/passwd").read()


@attack
def read_environment_of_the_parent(at):
    return open(f"/proc/{os.getppid()}/environ", "rb").read()


@attack
def read_command_line_of_the_parent(at):
    return open(f"/proc/{os.getppid()}/cmdline", "rb").read()


@attack
def read_a_descriptor_of_the_parent(at):
    return os.listdir(f"/proc/{os.getppid()}/fd")


@attack
def read_through_a_symbolic_link(at):
    os.symlink(at.vault_key, "link")
    return open("link", "rb").read()


@attack
def read_through_a_link_of_a_directory(at):
    os.symlink(os.path.dirname(at.ssh_key), "links")
    return open("links/" + os.path.basename(at.ssh_key)).read()


@attack
def read_through_a_hard_link(at):
    os.link(at.vault_key, "hard")
    return open("hard", "rb").read()


@attack
def read_by_way_of_dots(at):
    return open(os.path.join(os.getcwd(), "../" * 30, at.vault_key.lstrip("/")), "rb").read()


@attack
def read_after_changing_directory(at):
    os.chdir(os.path.dirname(at.vault_key))
    return open(os.path.basename(at.vault_key), "rb").read()


@attack
def read_through_a_path_descriptor(at):
    folder = os.open(os.path.dirname(at.vault_key), os.O_PATH)
    return os.read(os.open(os.path.basename(at.vault_key), os.O_RDONLY, dir_fd=folder), 10)


@attack
def read_with_the_c_library(at):
    descriptor = libc.open(at.vault_key.encode(), os.O_RDONLY)
    succeeded(descriptor)
    return os.read(descriptor, 10)


@attack
def read_with_a_database(at):
    return sqlite3.connect(f"file:{at.tenant_file}?mode=ro", uri=True).execute("select * from sqlite_master")


@attack
def watch_the_home_directory(at):
    return succeeded(libc.inotify_add_watch(libc.inotify_init1(0), at.home.encode(), 0xFFF))


# Changes outside of the temporary directory


@attack
def write_beside_the_vault_key(at):
    return open(at.vault_key + ".new", "w").write("mine")


@attack
def overwrite_the_vault_key(at):
    return open(at.vault_key, "w").write("mine")


@attack
def append_to_the_tenant(at):
    return open(at.tenant_file, "a").write("mine")


@attack
def cut_off_the_tenant(at):
    os.truncate(at.tenant_file, 0)
    return True


@attack
def remove_the_tenant(at):
    os.remove(at.tenant_file)
    return True


@attack
def rename_the_tenant(at):
    os.rename(at.tenant_file, "stolen")
    return True


@attack
def move_something_into_the_home_directory(at):
    open("mine", "w").close()
    os.rename("mine", os.path.join(at.home, "mine"))
    return True


@attack
def write_through_a_symbolic_link(at):
    os.symlink(os.path.join(at.home, "written"), "outwards")
    return open("outwards", "w").write("mine")


@attack
def make_a_directory(at):
    os.mkdir(os.path.join(at.home, "made"))
    return True


@attack
def make_a_symbolic_link(at):
    os.symlink("/", os.path.join(at.home, "root"))
    return True


@attack
def write_into_the_shared_temporary_directory(at):
    return open(os.path.join(os.environ["TMPDIR"], "..", "actionsmith-attack"), "w").write("mine")


@attack
def poison_the_program_of_the_host(at):
    return open(at.host_program, "a")


@attack
def poison_bytecode_of_the_host(at):
    folder = os.path.join(os.path.dirname(at.host_program), "__pycache__")
    os.mkdir(os.path.join(folder, "mine"))
    return True


@attack
def poison_the_standard_library(at):
    return open(os.__file__, "a")


@attack
def write_into_shared_memory(at):
    return open("/dev/shm/mine", "w").write("mine")


@attack
def open_a_way_to_the_vault_key(at):
    os.chmod(at.vault_key, 0o666)
    return os.stat(at.vault_key).st_mode & 0o077


@attack
def open_a_way_with_a_descriptor(at):
    os.fchmod(os.open(at.own_package, os.O_RDONLY), 0o666)
    return os.stat(at.own_package).st_mode & 0o022


@attack
def give_the_vault_key_away(at):
    os.chown(at.vault_key, 12345, 12345)
    return True


@attack
def change_times_of_the_tenant(at):
    os.utime(at.tenant_file, (0, 0))
    return os.stat(at.tenant_file).st_mtime == 0


@attack
def mark_the_tenant(at):
    os.setxattr(at.tenant_file, "user.mine", b"1")
    return True


@attack
def escape_from_a_thread(at):
    told = []
    thread = threading.Thread(target=lambda: told.append(attempt(read_the_vault_key, at)))
    thread.start()
    thread.join()
    return None if told[0].startswith("refused") else told[0]
