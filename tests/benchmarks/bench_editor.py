"""Prints what the editor costs in a long Action against a bare TextArea with the same text.

Run it with `python tests/benchmarks/bench_editor.py`. Both are given the same keys in turn; the editor has
everything switched on: colours, diagnostics, coverage, notes, hits of a search, guides. Counted is the
processor time of the screen's thread, for handling a key and painting the screenful that follows; "longest"
is the longest that one step of the event loop kept that thread.
"""

from __future__ import annotations

import asyncio
import asyncio.events
import statistics
import time
from collections.abc import Awaitable, Callable
from typing import Any

from textual.app import App, ComposeResult
from textual.events import Key, Paste
from textual.geometry import Region
from textual.widgets import TextArea

from actionsmith.language.service import Diagnostic, Span
from actionsmith.tui.editor.code_editor import CodeEditor

SIZE = 100_000
ROUNDS = 40
PAGES = 20
GOAL = 1.3
CHUNKS = {
    "javascript": """
/** Adds what the user may do to the tokens; number {number}. */
async function addClaims{number}(event, api) {
  const namespace = 'https://example.com/claims';
  if (event.authorization?.roles.includes("Admin")) {
    api.idToken.setCustomClaim(`${namespace}/roles`, event.authorization.roles); // [all] of them
    api.accessToken.setCustomClaim(`${namespace}/plan`, event.user.app_metadata.plan ?? 'free');
  }
  return /^[a-z]+$/i.test(event.user.email) ? 42 : null;
}
""",
    "python": '''
async def add_claims_{number}(event, api):
    """Adds what the user may do to the tokens; number {number}."""
    namespace = "https://example.com/claims"
    if event.authorization and "Admin" in event.authorization.roles:
        api.id_token.set_custom_claim(f"{namespace}/roles", event.authorization.roles)  # [all] of them
        api.access_token.set_custom_claim(f"{namespace}/plan", event.user.app_metadata.plan or "free")

    return 42 if re.match(r"^[a-z]+$", event.user.email) else None
''',
}


def document(language: str = "javascript", size: int = SIZE) -> str:
    """Code of about `size` bytes."""
    chunks = []
    length = 0
    while length < size:
        chunks.append(CHUNKS[language].replace("{number}", str(len(chunks))))
        length += len(chunks[-1])
    return "".join(chunks)


class Bench(App[None]):
    """One editor on a screen of its own."""

    def __init__(self, editor: TextArea) -> None:
        super().__init__()
        self.editor = editor

    def compose(self) -> ComposeResult:
        yield self.editor


class Longest:
    """The longest that one step of the event loop took on its thread while the block ran."""

    def __enter__(self) -> Longest:
        self.seconds = 0.0
        self._run = run = asyncio.events.Handle._run

        def timed(handle: Any) -> None:
            start = time.thread_time()
            run(handle)
            self.seconds = max(self.seconds, time.thread_time() - start)

        asyncio.events.Handle._run = timed  # type: ignore[method-assign]
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.events.Handle._run = self._run  # type: ignore[method-assign]


def editor_of(text: str, language: str) -> CodeEditor:
    return CodeEditor(text, language)


def bare(text: str, language: str) -> TextArea:
    return TextArea.code_editor(text, language=None)


def annotate(editor: CodeEditor) -> None:
    """Everything that can be painted: on every third row a diagnostic, on every row something else."""
    rows = range(editor.document.line_count)
    editor.show_diagnostics(
        [Diagnostic(Span(row, 2, row, 12), "warning", "a message", "bench") for row in rows[::3]]
    )
    editor.show_coverage(frozenset(rows[::2]), frozenset(rows[1::2]))
    editor.show_notes({row: f"a note {row}" for row in rows[::2]})
    editor.show_hits({row: [(4, 9)] for row in rows})


async def keystrokes(editor: TextArea, keys: str, at: int) -> list[float]:
    """Seconds per key, typed at the end of line `at` (from 0)."""
    async with Bench(editor).run_test(size=(160, 45)) as pilot:
        editor.focus()
        editor.move_cursor((at, len(editor.document.get_line(at))), center=True)
        await pilot.pause(0.5)
        if isinstance(editor, CodeEditor):
            annotate(editor)
        region = Region(0, 0, *editor.size)
        editor.render_lines(region)
        spent = []
        for character in keys:
            event = Key({" ": "space", "\n": "enter"}.get(character, character), character)
            start = time.thread_time()
            await editor._dispatch_message(event)
            editor.render_lines(region)
            spent.append(time.thread_time() - start)
            await pilot.pause(0)
        return spent


async def pasted(editor: TextArea, text: str) -> tuple[float, float]:
    """Seconds until a paste is on the screen, and the longest step until it is coloured, too."""
    async with Bench(editor).run_test(size=(160, 45)) as pilot:
        editor.focus()
        await pilot.pause(0.2)
        with Longest() as longest:
            start = time.thread_time()
            await editor._dispatch_message(Paste(text))
            editor.render_lines(Region(0, 0, *editor.size))
            spent = time.thread_time() - start
            while isinstance(editor, CodeEditor) and editor.highlighter.settled < editor.document.line_count:
                await pilot.pause(0.01)
            await pilot.pause(0.2)
        return spent, max(spent, longest.seconds)


async def scrolled(editor: TextArea) -> tuple[float, float]:
    """Seconds per page from the top on, and the longest step of it."""
    async with Bench(editor).run_test(size=(160, 45)) as pilot:
        editor.focus()
        await pilot.pause(0.5)
        if isinstance(editor, CodeEditor):
            annotate(editor)
        spent = []
        with Longest() as longest:
            for _ in range(PAGES):
                start = time.thread_time()
                editor.action_cursor_page_down()
                editor.render_lines(Region(0, 0, *editor.size))
                spent.append(time.thread_time() - start)
                await pilot.pause(0.05)
        return statistics.median(spent), longest.seconds


async def measure_keys(language: str) -> dict[str, tuple[float, float]]:
    """Median seconds per key, bare and ours, by place."""
    text = document(language)
    results = {}
    for name, at in (("top", 5), ("middle", text.count("\n") // 2), ("end", text.count("\n") - 3)):
        keys = "const a = b * 2;" * (ROUNDS // 16)
        theirs: list[float] = []
        ours: list[float] = []
        for _ in range(2):
            theirs += await keystrokes(bare(text, language), keys, at)
            ours += await keystrokes(editor_of(text, language), keys, at)
        results[name] = statistics.median(theirs), statistics.median(ours)
    return results


def _print(what: str, theirs: tuple[float, float], ours: tuple[float, float]) -> None:
    print(
        f"  {what:16} {ours[0] * 1000:7.2f} ms  bare {theirs[0] * 1000:7.2f} ms  ratio {ours[0] / theirs[0]:.2f}"
        f"   longest {ours[1] * 1000:6.1f} ms  bare {theirs[1] * 1000:6.1f} ms"
    )


async def side_by_side(
    what: str, language: str, first: str, measure: Callable[[TextArea], Awaitable[tuple[float, float]]]
) -> None:
    _print(what, await measure(bare(first, language)), await measure(editor_of(first, language)))


async def run() -> None:
    for language in CHUNKS:
        print(f"{language}: a keystroke in {SIZE // 1000} kB, everything painted (goal <= {GOAL})")
        for place, (theirs, ours) in (await measure_keys(language)).items():
            print(
                f"  {place:16} {ours * 1000:7.2f} ms  bare {theirs * 1000:7.2f} ms  ratio {ours / theirs:.2f}"
            )
        for size in (SIZE, 10 * SIZE):
            text = document(language, size)
            await side_by_side(
                f"paste {size // 1000} kB", language, "", lambda editor, text=text: pasted(editor, text)
            )
        await side_by_side("scroll a page", language, document(language), scrolled)


if __name__ == "__main__":
    asyncio.run(run())
