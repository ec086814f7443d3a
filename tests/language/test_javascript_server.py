"""The life of TypeScript's server: missing, killed, hanging, late, ended with the program; and odd texts."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from javascript_asking import in_handler, javascript, running

from actionsmith.errors import UserError
from actionsmith.language.completion import NOTHING
from actionsmith.language.javascript import JavaScriptService, ServerFiles
from actionsmith.language.service import Code
from actionsmith.workshop import language_tools

pytestmark = [pytest.mark.network, pytest.mark.xdist_group("typescript")]
shared = pytest.mark.asyncio(loop_scope="session")


async def until(condition, within_s: float = 20) -> None:
    end = time.monotonic() + within_s
    while not condition():
        assert time.monotonic() < end
        await asyncio.sleep(0.01)


def pid_of(service: JavaScriptService) -> int:
    return service._server._documents.connection._process.pid


async def test_a_server_that_is_missing_is_a_sentence_and_answers_nothing() -> None:
    def find(_progress):
        raise UserError("TypeScript is missing: there is no network")

    service = JavaScriptService(find)
    assert await service.complete(*in_handler("  event.¦")) == NOTHING
    status = await service.settled()
    assert (status.state, status.note) == ("missing", "TypeScript is missing: there is no network")
    assert await service.diagnose(in_handler("  event.x").code) == ()
    await service.close()


async def test_the_steps_of_an_installation_are_told_and_do_not_hold_up_the_end() -> None:
    go_on = threading.Event()

    def find(progress):
        progress("fetched typescript-7.tgz")
        go_on.wait(30)
        raise UserError("enough")

    service = JavaScriptService(find)
    service.start()
    await until(lambda: service.status.note == "fetched typescript-7.tgz")
    assert service.status.state == "starting"
    assert await service.hover(*in_handler("  ev¦ent;")) is None
    await service.close()
    go_on.set()


def test_without_a_registry_it_says_what_is_missing(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    monkeypatch.setenv("npm_config_registry", "http://127.0.0.1:9/")
    monkeypatch.setenv("npm_config_cache", str(home / "npm"))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    assert language_tools.installed_javascript_server() is None
    with pytest.raises(UserError) as told:
        language_tools.javascript_server()
    assert str(told.value) == (
        "TypeScript cannot be installed, because npm's registry cannot be reached: JavaScript is completed from "
        "the contract alone until 'actionsmith doctor --install' works."
    )


def test_an_installation_without_its_program_is_made_anew(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folders = [tmp_path / "without", tmp_path / "with"]
    program = folders[1] / "node_modules" / "@typescript" / "typescript-here" / "lib" / "tsc"
    for folder in (folders[0] / "node_modules", program.parent):
        folder.mkdir(parents=True)
    program.touch()
    monkeypatch.setattr("actionsmith.packages.ensure", lambda *_: next(it for it in folders if it.is_dir()))
    with pytest.raises(UserError, match="no program for this machine"):
        language_tools.javascript_server()
    assert language_tools.javascript_server().program == program


@pytest.mark.parametrize("fault", [PermissionError(13, "Permission denied"), ValueError("odd")])
async def test_whatever_goes_wrong_while_it_is_looked_for_it_is_looked_for_again(
    fault: Exception, tmp_path: Path
) -> None:
    looked = []

    def find(_progress):
        looked.append(1)
        raise fault

    service = JavaScriptService(find)
    status = await service.settled()
    assert (status.state, status.brief) == ("failed", "TypeScript failed") and str(fault) in status.note
    await until(lambda: len(looked) > 1)
    await service.close()


async def test_what_is_no_server_is_said_and_tried_again(tmp_path: Path, typescript: ServerFiles) -> None:
    broken = ServerFiles(tmp_path / "nothing", tmp_path)
    tries = iter([broken])
    service = JavaScriptService(lambda _progress: next(tries, typescript))
    assert "cannot be started" in (await service.settled()).note
    await until(lambda: service.status.state == "ready")
    await service.close()


def is_stopped(pid: int) -> bool:
    """Whether all threads of a process have come to a stop; elsewhere than on Linux it is taken for granted."""
    tasks = Path(f"/proc/{pid}/task")
    states = [(it / "stat").read_text().rpartition(")")[2].split()[0] for it in tasks.glob("*")]
    return all(state == "T" for state in states)


async def test_a_killed_server_comes_back(typescript: ServerFiles, monkeypatch: pytest.MonkeyPatch) -> None:
    place = in_handler("  event.user.em¦")
    async with running(typescript) as service:
        first = pid_of(service)
        asked = asyncio.create_task(service.complete(*place))
        await asyncio.sleep(0)
        os.kill(first, signal.SIGKILL)
        assert await asked == NOTHING
        await until(lambda: service.status.state == "ready" and pid_of(service) != first)
        assert "email" in {item.label for item in (await service.complete(*place)).items}
        second = pid_of(service)
        os.kill(second, signal.SIGSTOP)  # one that hangs is given up, and another one started
        await until(lambda: is_stopped(second))  # it may be in the middle of something
        monkeypatch.setattr("actionsmith.language.javascript.service.PATIENCE_S", 0.2)
        assert await service.complete(*place) == NOTHING
        await until(lambda: service.status.state == "ready" and pid_of(service) != second)
    with pytest.raises(ProcessLookupError):
        os.kill(second, 0)


def test_the_server_ends_with_a_killed_program(typescript: ServerFiles) -> None:
    program = f"""
import asyncio, os, signal
from pathlib import Path
from actionsmith.language.javascript import JavaScriptService, ServerFiles
async def main():
    service = JavaScriptService(lambda _: ServerFiles(Path({str(typescript.program)!r}), Path({str(typescript.types)!r})))
    await service.settled()
    print(service._server._documents.connection._process.pid, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
asyncio.run(main())
"""
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    pid, end = int(ran.stdout), time.monotonic() + 10
    while is_running(pid):
        assert time.monotonic() < end
        time.sleep(0.02)


def is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except OSError:
        if Path("/proc/self").exists():
            return False
        return subprocess.run(["ps", "-p", str(pid)], capture_output=True, check=False).returncode == 0
    return state != "Z"


@shared
async def test_a_newer_question_takes_the_place_of_an_older_one(service: JavaScriptService) -> None:
    texts = [in_handler(f"  event.{'user.'[:length]}¦") for length in range(6)]
    answers = await asyncio.gather(*(service.complete(*place) for place in texts))
    assert "email" in {item.label for item in answers[-1].items}
    assert all(answer == NOTHING for answer in answers[:-1])


@shared
async def test_several_texts_are_told_apart_and_the_oldest_is_forgotten(service: JavaScriptService) -> None:
    for name in "abcdefa":
        place = javascript(f"const {name}{name}x = 1;\n{name}{name}¦", name=name)
        labels = {item.label for item in (await service.complete(*place)).items}
        assert f"{name}{name}x" in labels and not labels & {
            f"{other * 2}x" for other in "abcdef" if other != name
        }


@shared
async def test_edits_reach_the_server_as_they_are(service: JavaScriptService) -> None:
    """After many random edits the text told piece by piece is the text told as a whole."""
    chance = random.Random(4)
    pieces = [
        "\n",
        "\r\n",
        "🙂",
        "a.b;\n",
        "let a = 1;",
        "exports.onExecutePostLogin = (event) => event.x;",
        "/*",
        "`",
        "é",
    ]
    text = "exports.onExecutePostLogin = (event) => event.x;\nlet b = [1, 2];\n"
    for step in range(1, 21):
        start = chance.randint(0, len(text))
        end = min(len(text), start + chance.choice([0, 0, 3, 20]))
        text = text[:start] + chance.choice(pieces) + text[end:]
        code = Code(text, "post-login", "javascript", name="piecewise")
        await service.hover(code, 0, 0)
        if step % 5 == 0:
            whole = await service.diagnose(Code(text, "post-login", "javascript", name=f"whole {step}"))
            assert await service.diagnose(code) == whole, text


ODD = {
    "empty": "",
    "broken": "exports.onExecutePostLogin = async (event, api => { if (",
    "no end": "/* exports.onExecutePostLogin = ",
    "template": "const x = `${`exports.onExecutePostLogin = ",
    "astral": "const 🙂 = '𝒜𝒜'; 𝒜.x\n",
    "half a character": "const x = '\ud800'; // \udfff\nx.",
    "tabs": "\tconst a = 1;\n\t\ta.\t",
    "CRLF": "exports.onExecutePostLogin = async (event) => {\r\n  event.\r\n};\r\n",
    "only CR": "const a = 1;\ra.\r",
    "separators": "const a = '\u2028\u2029\x0b\x0c\x85';\na.",
    "zero": "\x00const\x00 a",
    "long": "exports.onExecutePostLogin = async (event, api) => { event.user.x; };\n"
    + "let a0 = [1, '🙂'];\n" * 5_000,
    "no trigger": "exports.x = 1",
}


@shared
@pytest.mark.parametrize("name", ODD)
async def test_odd_texts_raise_nothing(service: JavaScriptService, name: str) -> None:
    text = ODD[name]
    code = Code(
        text, "nowhere" if name == "no trigger" else "post-login", "javascript", secrets=("\ud800", '"')
    )
    for row, column in [(0, 0), (1, 5), (0, 30), (9_999, 9_999), (-1, -1)]:
        result = await service.complete(code, row, column)
        assert result.start_column >= 0
        await asyncio.gather(
            service.hover(code, row, column),
            service.signature(code, row, column),
            service.definition(code, row, column),
            service.references(code, row, column),
            service.rename(code, row, column, "\ud800 new"),
        )
    rows = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for item in await service.diagnose(code):
        assert (item.span.row, item.span.column) <= (item.span.end_row, item.span.end_column)
        assert item.span.end_row < len(rows) and item.span.end_column <= len(rows[item.span.end_row])
    await service.format(code)


@shared
async def test_rows_and_columns_hold_with_every_kind_of_line_end(service: JavaScriptService) -> None:
    for end in ("\n", "\r\n", "\r"):
        text = end.join(["const a = '🙂';", "", "a.foo;", "/*🙂*/ a.bar;", ""])
        told = await service.diagnose(Code(text, "post-login", "javascript"))
        assert [(item.span.row, item.span.column) for item in told] == [(2, 2), (3, 8)]
