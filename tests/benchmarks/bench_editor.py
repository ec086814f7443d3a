"""Prints what a keystroke in a long Action costs against the same in a bare TextArea.

Run it with `python tests/benchmarks/bench_editor.py`. Both editors get the same document and the same
keys in turn; counted is the processor time of the screen's thread for handling a key and painting the
screenful that follows.
"""

from __future__ import annotations

import asyncio
import statistics
import time

from textual.app import App, ComposeResult
from textual.events import Key
from textual.geometry import Region
from textual.widgets import TextArea

from actionsmith.tui.editor.code_editor import CodeEditor

SIZE = 100_000
ROUNDS = 40
GOAL = 1.3
CHUNK = """
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


def document() -> str:
    """JavaScript of about `SIZE` bytes."""
    chunks = []
    while sum(map(len, chunks)) < SIZE:
        chunks.append(CHUNK.replace("{number}", str(len(chunks))))
    return "".join(chunks)


class Bench(App[None]):
    """One editor on a screen of its own."""

    def __init__(self, editor: TextArea) -> None:
        super().__init__()
        self.editor = editor

    def compose(self) -> ComposeResult:
        yield self.editor


async def keystrokes(editor: TextArea, keys: str, at: int) -> list[float]:
    """Seconds per key, typed at the end of line `at` (from 0)."""
    async with Bench(editor).run_test(size=(160, 45)) as pilot:
        editor.focus()
        editor.move_cursor((at, len(editor.document.get_line(at))), center=True)
        await pilot.pause(0.5)
        region = Region(0, 0, *editor.size)
        spent = []
        for character in keys:
            event = Key({" ": "space", "\n": "enter"}.get(character, character), character)
            start = time.thread_time()
            await editor._dispatch_message(event)
            editor.render_lines(region)
            spent.append(time.thread_time() - start)
            await pilot.pause(0)
        return spent


async def measure() -> dict[str, tuple[float, float]]:
    """Median seconds per key, bare and ours, by place."""
    text = document()
    results = {}
    for name, at in (("top", 5), ("middle", text.count("\n") // 2), ("end", text.count("\n") - 3)):
        keys = "const a = b * 2;" * (ROUNDS // 16)
        bare: list[float] = []
        ours: list[float] = []
        for _ in range(2):
            bare += await keystrokes(TextArea.code_editor(text, language=None), keys, at)
            ours += await keystrokes(CodeEditor(text, "javascript"), keys, at)
        results[name] = statistics.median(bare), statistics.median(ours)
    return results


def main() -> None:
    results = asyncio.run(measure())
    print(f"a keystroke in a {SIZE // 1000} kB Action, highlighted, against a bare TextArea (goal <= {GOAL})")
    for place, (bare, ours) in results.items():
        print(f"  {place:8} {ours * 1000:6.2f} ms  bare {bare * 1000:6.2f} ms  ratio {ours / bare:.2f}")


if __name__ == "__main__":
    main()
