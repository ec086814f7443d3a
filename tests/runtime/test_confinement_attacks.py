"""Attacks on the real hosts, in both languages. Each of them has to fail for the attacker."""

from __future__ import annotations

import _ctypes
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from running import request

from actionsmith.runtime.confinement import command, kernel, syscalls
from actionsmith.runtime.confinement.places import HOSTS
from actionsmith.runtime.engine import run
from actionsmith.runtime.execution import Execution
from actionsmith.runtime.host_kind import Language, Packages
from actionsmith.tenant.tenant import Tenant

ATTACKS = Path(__file__).parent / "attacks"
NAMES = {
    "javascript": re.findall(r"^  (\w+): (?:async )?\(", (ATTACKS / "attacks.js").read_text(), re.MULTILINE),
    "python": [
        name
        for file in sorted(ATTACKS.glob("attack_*.py"))
        for name in re.findall(r"^@attack\ndef (\w+)", file.read_text(), re.MULTILINE)
    ],
}
EVERY_ATTACK = [(language, name) for language, names in NAMES.items() for name in names]

pytestmark = [
    pytest.mark.skipif(kernel.landlock_abi() < 6, reason="the kernel cannot hold all of this"),
    pytest.mark.skipif(syscalls.machine() is None, reason="system calls of this machine are not known"),
    pytest.mark.xdist_group("attacks"),
]


class Scene:
    """A home directory with things worth stealing, a bystander process, and agents that listen."""

    def __init__(self, root: Path, own_packages: Path) -> None:
        self.home = root
        os.environ["XDG_CONFIG_HOME"] = str(root / "config")
        tenant = Tenant.create(root / "tenant", "demo")
        tenant.create_action(
            "Greet", "post-login", "javascript", "exports.onExecutePostLogin = async () => {}"
        )
        tenant.set_secret("Greet", "TOKEN", "hunter2")
        self.files = {
            "vault_key": next((root / "config").rglob("*.key")),
            "tenant_file": max((root / "tenant").rglob("*.json"), key=lambda file: file.stat().st_size),
            "ssh_key": _write(root / ".ssh" / "id_ed25519", "-----BEGIN OPENSSH PRIVATE KEY-----"),
            "other_package": _write(root / "cache" / "packages" / "other" / "secretive.py", "KEY = 1"),
            "other_module": _write(
                root / "cache" / "packages" / "other" / "secretive.cjs", "exports.key = 1"
            ),
            "other_host_file": _write(
                Path(tempfile.mkdtemp(prefix="actionsmith-run-other-", dir="/tmp")) / "x", "x"
            ),
            "own_package": _write(own_packages / "mine.py", "MINE = 1"),
        }
        self.packages = Packages(folders=(own_packages, ATTACKS))
        self.victim = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
        self.agents = [socket.socket(socket.AF_UNIX), socket.socket(socket.AF_UNIX)]
        self.agent, self.abstract = str(root / "agent"), f"actionsmith-{os.getpid()}"
        for agent, address in zip(self.agents, (self.agent, "\0" + self.abstract), strict=True):
            agent.bind(address)
            agent.listen()
        self.before = self.state()

    def event(self, language: Language) -> dict[str, Any]:
        own = "node/main.cjs" if language == "javascript" else "python/actionsmith_host/program.py"
        here = syscalls.machine()
        assert here is not None
        at = {
            **{name: str(path) for name, path in self.files.items()},
            "home": str(self.home),
            "host_program": str(HOSTS / own),
            "program": "/usr/bin/true",
            "native_code": _ctypes.__file__,
            "numbers": {name: here.numbers[name] for name in here.numbers},
            "victim": self.victim.pid,
            "agent": self.agent,
            "abstract_agent": self.abstract,
        }
        return {"at": at}

    def state(self) -> dict[str, Any]:
        """Everything an attack may not change: names, contents, modes, times."""
        kept = [*sorted(self.home.rglob("*")), *self.files.values()]
        return {
            str(file): (file.stat().st_mode, file.stat().st_mtime_ns, file.is_file() and file.read_bytes())
            for file in kept
            if file.exists() and not file.is_socket()
        }

    def close(self) -> None:
        self.victim.kill()
        self.victim.communicate()
        for agent in self.agents:
            agent.close()
        shutil.rmtree(self.files["other_host_file"].parent)


def _write(file: Path, text: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    file.chmod(0o600)
    return file


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", "set by the scene")
        made = Scene(tmp_path_factory.mktemp("person"), tmp_path_factory.mktemp("packages"))
        yield made
        made.close()


def assault(scene: Scene, language: Language, without: str = "^$") -> Execution:
    """Run all attacks whose names do not match."""
    event = scene.event(language)
    event["names"] = [name for name in NAMES[language] if not re.search(without, name)]
    file = ATTACKS / ("attacks.js" if language == "javascript" else "attacks.py")
    return run(request(file.read_text(), language, event=event, packages=scene.packages, timeout_s=60))


@pytest.fixture(scope="module")
def told(scene: Scene) -> dict[tuple[str, str], str]:
    """What became of each attack, by language and name."""
    told: dict[tuple[str, str], str] = {}
    for language in ("javascript", "python"):
        execution = assault(scene, language)
        assert execution.error is None, execution.error
        told |= outcomes(language, execution)
    return told


def outcomes(language: Language, execution: Execution) -> dict[tuple[str, str], str]:
    lines = [json.loads(line.text) for line in execution.console if line.text.startswith("[")]
    return {(language, name): outcome for name, outcome in lines}


@pytest.mark.parametrize(("language", "name"), EVERY_ATTACK)
def test_attack_fails(told: dict[tuple[str, str], str], language: Language, name: str) -> None:
    assert told[language, name].startswith("refused: "), told[language, name]


def test_nothing_was_changed_and_nobody_was_hurt(scene: Scene, told: dict[tuple[str, str], str]) -> None:
    assert scene.state() == scene.before
    assert scene.victim.poll() is None
    assert os.getpriority(os.PRIO_PROCESS, 0) == 0
    assert set(told) == set(EVERY_ATTACK)


def test_no_process_is_left(scene: Scene, told: dict[tuple[str, str], str]) -> None:
    children = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split()
    assert {int(pid) for pid in children} <= {scene.victim.pid}


def test_the_kernel_alone_holds_node(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hole in Node's permissions is not one in the confinement."""
    with_permissions = command.arguments
    monkeypatch.setattr(
        command,
        "arguments",
        lambda *given: [
            word for word in with_permissions(*given) if not word.startswith(("--permission", "--allow-fs"))
        ],
    )
    execution = assault(scene, "javascript", without="^become_|_inner_")  # Node aborts when refused those
    assert execution.error is None
    # without its permissions Node is free to do these inside of its own process
    harmless = {"start_a_worker", "open_the_debugger", "start_a_sandbox", "load_native_code"}
    gained = {
        name for (_, name), outcome in outcomes("javascript", execution).items() if "SUCCEEDED" in outcome
    }
    assert gained <= harmless
    assert scene.state() == scene.before
    assert scene.victim.poll() is None
