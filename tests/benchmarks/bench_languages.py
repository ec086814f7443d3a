"""Prints what the language services cost beside the bare servers they ask, and how long they hold up the screen.

Run it with `python tests/benchmarks/bench_languages.py`. The text is an Action of 100 kB in which a name is typed
letter by letter; service and bare server get the same keystrokes in turn.
"""

from __future__ import annotations

import asyncio
import gc
import json
import statistics
import time
from collections.abc import Awaitable, Callable

from actionsmith.language.javascript import JavaScriptService, ServerFiles
from actionsmith.language.javascript.project import contract, settings
from actionsmith.language.javascript.typed_text import TypedText
from actionsmith.language.python.jedi_text import JediText, prepare
from actionsmith.language.python.service import PythonService
from actionsmith.language.service import Code
from actionsmith.workshop import language_tools

SIZE = 100_000
GOAL = 1.3
FRAME_MS = 16
WORD = "event.user.email"
ROUNDS = 12
JAVASCRIPT_CHUNK = """
/** Adds what the user may do to the tokens; number {number}. */
async function addClaims{number}(event, api) {
  const namespace = 'https://example.com/claims';
  if (event.authorization?.roles.includes("Admin")) {
    api.idToken.setCustomClaim(`${namespace}/roles`, event.authorization.roles); // [all] of them
    api.accessToken.setCustomClaim(`${namespace}/plan`, event.user.app_metadata.plan ?? 'free');
  }
  return /^[a-z]+$/i.test(event.user.email) ? 42 : null;
}
"""

PYTHON_CHUNK = '''
def add_claims_{number}(event, api):
    """Adds what the user may do to the tokens."""
    namespace = "https://example.com/claims"
    if event.authorization and "Admin" in event.authorization.roles:
        api.id_token.set_custom_claim(f"{namespace}/roles", event.authorization.roles)
        api.access_token.set_custom_claim(f"{namespace}/plan", event.user.app_metadata.plan or "free")
    return 42 if event.user.email else None

'''
PYTHON_ASKED = ("event.", "event.us", "api.id_token.", "api.acc", "event.user.em", "json.du", "pri")


def javascript() -> None:
    """TypeScript's server through the service, and bare over the same kind of pipe."""
    asyncio.run(_javascript(language_tools.javascript_server(print)))


async def _javascript(files: ServerFiles) -> None:
    chunks = repeated(JAVASCRIPT_CHUNK)
    head = "exports.onExecutePostLogin = async (event, api) => {\n"
    place = len(head) + 2

    def typed(letters: int) -> str:
        return head + "  " + WORD[:letters] + "\n};\n" + chunks

    service = JavaScriptService(lambda _progress: files)
    await service.warm(Code(typed(0), "post-login", "javascript"))
    bare = BareServer(files)
    await bare.start(typed(0))
    dots = [index + 1 for index, letter in enumerate(WORD) if letter == "."]
    ours: list[float] = []
    theirs: list[float] = []
    gc.collect()
    async with Blocked() as blocked:
        for _ in range(ROUNDS):
            for letters in range(1, len(WORD) + 1):
                code = Code(typed(letters), "post-login", "javascript")
                column = place - len(head) + letters
                if letters in dots or letters > dots[0]:
                    blocked.counts = True
                    ours.append(
                        await seconds(lambda code=code, column=column: service.complete(code, 1, column))
                    )
                    blocked.counts = False
                    change = (1, column - 1, WORD[letters - 1])
                    theirs.append(await seconds(lambda change=change: bare.complete(change)))
                else:
                    await service.hover(code, 1, 0)
                    bare.type(1, column - 1, WORD[letters - 1])
            bare.erase(1, 2, 2 + len(WORD))
    report("JavaScript, completion in 100 kB, p95", ours, theirs)
    async with Blocked() as diagnosing:
        diagnosing.counts = True
        for letters in range(6, len(WORD)):
            await service.diagnose(Code(typed(letters), "post-login", "javascript"))
            await service.complete(Code(typed(0), "post-login", "javascript"), 1, 2)
        diagnosing.counts = False
    print(f"{'JavaScript, screen blocked at most':<44} {blocked.longest_ms:9.2f} ms   goal < {FRAME_MS} ms")
    print(
        f"{'  while checking and listing all names':<44} {diagnosing.longest_ms:9.2f} ms   goal < {FRAME_MS} ms"
    )
    await bare.stop()
    await service.close()


def python() -> None:
    """jedi through the service, and bare in this process; the service first alone, because what jedi leaves
    to the collection of garbage here would count as a blocked screen."""
    asyncio.run(_python())


async def _python() -> None:
    head = f"import json\n{repeated(PYTHON_CHUNK)}\ndef on_execute_post_login(event, api):\n    "
    row = head.count("\n")
    service = PythonService()
    await service.hover(Code("x", "post-login", "python"), 0, 0)

    async def ask(asked: str) -> None:
        answer = await service.complete(Code(head + asked, "post-login", "python"), row, 4 + len(asked))
        assert answer.items, "a completion came back empty"

    async def ask_bare(asked: str) -> None:
        text = JediText(Code(head + asked, "post-login", "python"))
        names = text.script.complete(row + 1, 4 + len(asked), fuzzy=True)
        assert [(name.name, name.type) for name in names]

    questions = PYTHON_ASKED * (ROUNDS // 2)
    await ask(PYTHON_ASKED[0])
    gc.collect()
    async with Blocked() as blocked:
        blocked.counts = True
        for asked in questions:
            await ask(asked)
        blocked.counts = False
    prepare()
    for asked in PYTHON_ASKED:
        await ask_bare(asked)
    ours: list[float] = []
    theirs: list[float] = []
    for asked in questions:
        ours.append(await seconds(lambda asked=asked: ask(asked)))
        theirs.append(await seconds(lambda asked=asked: ask_bare(asked)))
    report("Python, completion in 100 kB, p95", ours, theirs)
    print(f"{'Python, screen blocked at most':<44} {blocked.longest_ms:9.2f} ms   goal < {FRAME_MS} ms")
    await service.close()


def repeated(chunk: str) -> str:
    """About `SIZE` bytes of code."""
    chunks: list[str] = []
    while sum(map(len, chunks)) < SIZE:
        chunks.append(chunk.replace("{number}", str(len(chunks))))
    return "".join(chunks)


class BareServer:
    """The same server and the same project, asked with nothing in between but JSON."""

    def __init__(self, files: ServerFiles) -> None:
        self._files = files
        self._number = 0
        self._version = 0

    async def start(self, text: str) -> None:
        self._process = await asyncio.create_subprocess_exec(
            self._files.program, "--lsp", "--stdio", stdin=-1, stdout=-1, stderr=-3, limit=1 << 20
        )
        folder = "file:///actionsmith/bare"
        self._uri = f"{folder}/action.cjs"
        await self._ask("initialize", {"processId": None, "rootUri": None, "capabilities": {}})
        self._tell("initialized", {})
        comment = '/** @type {import("actionsmith").OnExecutePostLogin} */ '
        texts = {
            "tsconfig.json": ("json", settings(self._files.types)),
            "contract.d.ts": ("typescript", contract("post-login", ())),
            "action.cjs": ("javascript", TypedText(text, [(0, comment)]).sent),
        }
        for name, (language, content) in texts.items():
            document = {"uri": f"{folder}/{name}", "languageId": language, "version": 0, "text": content}
            self._tell("textDocument/didOpen", {"textDocument": document})
        await self._ask("textDocument/diagnostic", {"textDocument": {"uri": self._uri}})

    def type(self, line: int, character: int, text: str) -> None:
        at = {"line": line, "character": character}
        self._change({"range": {"start": at, "end": at}, "text": text})

    def erase(self, line: int, start: int, end: int) -> None:
        places = {"start": {"line": line, "character": start}, "end": {"line": line, "character": end}}
        self._change({"range": places, "text": ""})

    async def complete(self, change: tuple[int, int, str]) -> None:
        line, character, text = change
        self.type(line, character, text)
        position = {"line": line, "character": character + len(text)}
        await self._ask("textDocument/completion", {"textDocument": {"uri": self._uri}, "position": position})

    async def stop(self) -> None:
        self._process.stdin.close()
        await self._process.wait()

    def _change(self, change: dict) -> None:
        self._version += 1
        document = {"uri": self._uri, "version": self._version}
        self._tell("textDocument/didChange", {"textDocument": document, "contentChanges": [change]})

    def _tell(self, method: str, params: object, **more: int) -> None:
        body = json.dumps({"jsonrpc": "2.0", "method": method, "params": params, **more}).encode()
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)

    async def _ask(self, method: str, params: object) -> object:
        self._number += 1
        self._tell(method, params, id=self._number)
        while True:
            header = await self._process.stdout.readuntil(b"\r\n\r\n")
            length = int(header.partition(b":")[2].split(b"\r\n")[0])
            message = json.loads(await self._process.stdout.readexactly(length))
            if "method" not in message and message["id"] == self._number:
                return message.get("result")
            if "method" in message and "id" in message:
                body = json.dumps({"jsonrpc": "2.0", "id": message["id"], "result": [None] * 4}).encode()
                self._process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)


class Blocked:
    """Measures the longest callback of the event loop while `counts` is set: processor time of its thread, so
    that what else the machine is doing does not count."""

    def __init__(self) -> None:
        self.longest_ms = 0.0
        self.counts = False

    async def __aenter__(self) -> Blocked:
        self._run = asyncio.events.Handle._run
        outer = self

        def timed(handle: asyncio.Handle) -> None:
            start = time.thread_time()
            self._run(handle)
            if outer.counts:
                outer.longest_ms = max(outer.longest_ms, (time.thread_time() - start) * 1000)

        asyncio.events.Handle._run = timed  # every callback of the loop goes through here
        return self

    async def __aexit__(self, *_: object) -> None:
        asyncio.events.Handle._run = self._run


async def seconds(work: Callable[[], Awaitable[object]]) -> float:
    start = time.perf_counter()
    await work()
    return time.perf_counter() - start


def report(name: str, ours: list[float], theirs: list[float]) -> None:
    """Print the 95th percentiles of both in milliseconds, their ratio, and whether the goal is met."""
    mine, other = (statistics.quantiles(times, n=20)[-1] * 1000 for times in (ours, theirs))
    verdict = "met" if mine / other <= GOAL else "MISSED"
    print(
        f"{name:<44} {mine:9.2f} ms {other:9.2f} ms   ratio {mine / other:6.3f}   goal <= {GOAL:g}  {verdict}"
    )


if __name__ == "__main__":
    python()
    javascript()
