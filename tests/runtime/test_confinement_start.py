"""How a host is started and held, also where the kernel offers less."""

from __future__ import annotations

import os
import struct
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from confined import in_javascript, in_python, linux_holds, texts

from actionsmith.runtime.confinement import NOT_ENFORCED, bytecode, command, kernel, places, seccomp
from actionsmith.runtime.confinement.places import Access, Place
from actionsmith.runtime.host_kind import Packages
from actionsmith.runtime.hosts.process import Host

# Where the kernel offers less


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Take Landlock, filters, or both away from this test."""

    def take(*, landlock: bool = False, filters: bool = False) -> None:
        if landlock:
            monkeypatch.setattr(kernel, "landlock_abi", lambda: 0)
        if filters:
            monkeypatch.setattr(seccomp, "outer", lambda *_, **__: None)

    return take


def test_without_the_kernel_the_languages_hold(without: Callable[..., None], tmp_path: Path) -> None:
    without(landlock=True, filters=True)
    (tmp_path / "secret").write_text("hunter2")
    execution = in_python(f"""
import os, subprocess, tempfile, json.tool
open(tempfile.mktemp(), "w").close()
for act in (
    lambda: open({str(tmp_path / "secret")!r}),
    lambda: os.listdir({str(tmp_path)!r}),
    lambda: open({str(tmp_path / "new")!r}, "w"),
    lambda: os.mkdir({str(tmp_path / "new")!r}),
    lambda: os.rename("/etc/hosts", "hosts"),
    lambda: subprocess.run(["ls"]),
):
    try:
        print(act())
    except PermissionError as error:
        print(str(error).partition("may not ")[2].partition(" /")[0])
os.symlink({str(tmp_path / "secret")!r}, "link")
try:
    print(open("link").read())
except PermissionError as error:
    print(error)
""")
    assert texts(execution) == [
        "read",
        "read",
        "write",
        "change",
        "change",
        "start programs or processes",
        f"an Action may not read {tmp_path / 'secret'}",
    ]
    assert execution.stats.confinement["files"] == "audit hook"
    assert execution.stats.confinement["other processes"] == NOT_ENFORCED
    held = in_javascript("require('fs').readFileSync('/etc/passwd')", stubs=())
    assert held.error.message == "an Action may not read /etc/passwd"
    assert held.stats.confinement["programs"] == "node permissions"
    assert held.stats.confinement["network"] == NOT_ENFORCED


@linux_holds
@pytest.mark.parametrize("version", [1, 2, 3, 4, 5])
def test_older_versions_of_landlock_hold_files(monkeypatch: pytest.MonkeyPatch, version: int) -> None:
    monkeypatch.setattr(kernel, "landlock_abi", lambda: version)
    execution = in_python("open('new', 'w').close()\nopen('/etc/passwd')")
    assert execution.error.line == 3
    assert execution.stats.confinement["other processes"] == "seccomp"


@linux_holds
def test_a_kernel_that_refuses_does_not_refuse_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> bool:
        raise PermissionError("inside of a container")

    monkeypatch.setattr(kernel, "hold_files", refuse)
    monkeypatch.setattr(kernel, "filter_calls", refuse)
    execution = in_javascript("")
    assert execution.status == "completed"
    assert execution.stats.confinement["files"] == "node permissions"


# How a host is started


@linux_holds
def test_a_host_gets_its_own_descriptors_only(tmp_path: Path) -> None:
    leaking = os.open(tmp_path, os.O_RDONLY)
    os.set_inheritable(leaking, True)
    try:
        count = "import os, stat\nfor at in range(3, 1000):\n    try: mode = os.fstat(at).st_mode\n    except OSError: continue\n    if stat.S_ISDIR(mode): print(at)"
        assert texts(in_python(count)) == []
    finally:
        os.close(leaking)


def test_a_host_that_waited_through_a_change_of_network_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    host = Host("python", Packages(), 128)
    try:
        assert host.usable
        monkeypatch.setattr(places, "_NAME_SERVERS", "/etc/hosts")
        assert host.alive
        assert not host.usable
    finally:
        host.close()


def test_this_program_stays_free(tmp_path: Path) -> None:
    in_python("")
    assert Path("/etc/passwd").read_text()
    (tmp_path / "new").write_text("free")
    assert not kernel_status("Seccomp").strip("0")


def kernel_status(field: str) -> str:
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
    except FileNotFoundError:
        return "0"
    return next((line.split()[1] for line in lines if line.startswith(f"{field}:")), "0")


@pytest.mark.skipif(os.geteuid() != 0, reason="only the superuser gets past the modes of files")
def test_an_action_of_the_superuser_reads_packages_of_others(tmp_path: Path) -> None:
    """Of what the superuser may, only this stays: who starts the program with sudo has the files of a home."""
    packages = tmp_path / "packages"
    packages.mkdir()
    (packages / "theirs.py").write_text("VALUE = 'theirs'\n")
    for path in (packages / "theirs.py", packages, tmp_path):
        os.chown(path, 12345, 12345)
        path.chmod(0o700)
    execution = in_python("import theirs\nprint(theirs.VALUE)", packages=Packages(folders=(packages,)))
    assert texts(execution) == ["theirs"]


def test_a_script_that_starts_node_is_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Version managers put such scripts on PATH."""
    script = tmp_path / "node"
    script.write_text(f'#!/bin/sh\nexec "{command.program("javascript")}" "$@"\n')
    script.chmod(0o755)
    monkeypatch.setenv("ACTIONSMITH_NODE", str(script))
    assert texts(in_javascript("console.log('started')")) == ["started"]


def test_bytecode_of_the_host_is_made_before_hosts_need_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "actionsmith_host"
    package.mkdir()
    for name in ("__init__.py", "program.py", "seal.py"):
        (package / name).write_text("")
    monkeypatch.setattr(bytecode, "_FOLDER", tmp_path)
    bytecode.prepare.__wrapped__(Path(sys.executable))
    made = {path.name.partition(".")[0] for path in (package / "__pycache__").iterdir()}
    assert made == {"__init__", "program", "seal"}


def test_the_loader_of_a_program_may_run(tmp_path: Path) -> None:
    def programs(content: bytes) -> set[str]:
        file = tmp_path / str(len(list(tmp_path.iterdir())))
        file.write_bytes(content)
        return {str(path) for path in places._programs(file)} - {str(file)}

    head = (
        b"\x7fELF\x02" + bytes(27) + struct.pack("=Q", 64) + bytes(14) + struct.pack("=HH", 56, 2) + bytes(6)
    )
    nothing = struct.pack("=IIQQQQQQ", 1, 0, 0, 0, 0, 0, 0, 0)
    loader = struct.pack("=IIQQQQQQ", 3, 0, 176, 0, 0, 12, 0, 0)
    assert programs(head + nothing + loader + b"/lib/loader\0") == {"/lib/loader"}
    assert programs(head + nothing + nothing) == set()
    assert programs(b"\x7fELF\x01" + bytes(60)) == {"/lib", "/usr/lib"}
    assert programs(b"\xcf\xfa\xed\xfe of another system") == set()


def test_packages_and_overrides_are_in_reach_and_nothing_else(tmp_path: Path) -> None:
    folder, override = tmp_path / "packages", tmp_path / "local"
    packages = Packages(folders=(folder,), overrides={"local": override})
    for language in ("javascript", "python"):
        program = command.program(language)
        found = list(places.places(language, program, packages, tmp_path / "own"))
        assert {Place(folder, Access.READ), Place(override, Access.READ)} <= set(found)
        assert [place.path for place in found if place.access is Access.OWN] == [tmp_path / "own"]
        assert program in [place.path for place in found if place.access is Access.RUN]
        assert not any(Path.home().is_relative_to(place.path) for place in found)
