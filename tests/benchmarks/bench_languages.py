"""Prints what the language services cost against their bare engines, and whether the screen's thread waits.

Run it with `python tests/benchmarks/bench_languages.py`. The same questions go to the service and to the
engine in turn, about a text that one keystroke changed.
"""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Awaitable

from side_by_side import report

SIZE = 100_000
ROUNDS = 40
GOAL = 1.3
FRAME_MS = 16.0
TICK_S = 0.002
"""How often somebody looks whether the event loop still turns: seldom enough to cost nothing."""

PYTHON_CHUNK = '''
def add_claims_{number}(event, api):
    """Adds what the user may do to the tokens."""
    namespace = "https://example.com/claims"
    if event.authorization and "Admin" in event.authorization.roles:
        api.id_token.set_custom_claim(f"{{namespace}}/roles", event.authorization.roles)
        api.access_token.set_custom_claim(f"{{namespace}}/plan", event.user.app_metadata.plan or "free")
    return 42 if event.user.email else None

'''
PYTHON_ASKED = ("event.", "event.us", "api.id_token.", "api.acc", "event.user.em", "json.du", "pri")


def repeated(chunk: str) -> str:
    """A text of about `SIZE` bytes."""
    chunks: list[str] = []
    while sum(map(len, chunks)) < SIZE:
        chunks.append(chunk.format(number=len(chunks)))
    return "".join(chunks)


async def longest_pause(work: Awaitable[object]) -> tuple[float, float]:
    """The longest time for which the event loop did nothing else while `work` went on, and the most
    processor time it spent at a stretch, both in milliseconds; a busy machine only adds to the first."""
    pauses, stretches, done = [0.0], [0.0], False

    async def watch() -> None:
        last, spent = time.perf_counter(), time.thread_time()
        while not done:
            await asyncio.sleep(TICK_S)
            now, used = time.perf_counter(), time.thread_time()
            pauses.append(now - last - TICK_S)
            stretches.append(used - spent)
            last, spent = now, used

    watcher = asyncio.create_task(watch())
    await work
    done = True
    await watcher
    return max(pauses) * 1000, max(stretches) * 1000


async def python() -> None:
    """Completion of Python through the service against jedi in this process, on the same types."""
    from actionsmith.language.python.service import PythonService
    from actionsmith.language.service import Code

    ahead = f"import json\n{repeated(PYTHON_CHUNK)}\ndef on_execute_post_login(event, api):\n    "
    row = ahead.count("\n")
    questions = [PYTHON_ASKED[number % len(PYTHON_ASKED)] for number in range(ROUNDS)]
    service = PythonService()
    await service.hover(Code("x", "post-login", "python"), 0, 0)

    async def through_service(asked: str) -> None:
        answer = await service.complete(Code(f"{ahead}{asked}", "post-login", "python"), row, 4 + len(asked))
        assert answer.items, "a completion came back empty"

    await longest_pause(through_service(PYTHON_ASKED[0]))  # the first one reads the whole text
    paused = [await longest_pause(through_service(asked)) for asked in questions]
    wall, processor = (max(times) for times in zip(*paused, strict=True))
    verdict = "met" if wall < FRAME_MS else "MISSED"
    print(
        f"python: longest pause of the event loop {wall:.2f} ms, of it at work {processor:.2f} ms   "
        f"goal < {FRAME_MS:g} ms  {verdict}"
    )

    from actionsmith.language.python.jedi_text import JediText, prepare

    prepare()

    def bare(asked: str) -> None:
        text = JediText(Code(f"{ahead}{asked}", "post-login", "python"))
        names = text.script.complete(row + 1, 4 + len(asked), fuzzy=True)
        assert [(name.name, name.type) for name in names]

    for asked in PYTHON_ASKED:
        bare(asked)
    mine, theirs = [], []
    for asked in questions:
        start = time.perf_counter()
        await through_service(asked)
        between = time.perf_counter()
        bare(asked)
        mine.append(between - start)
        theirs.append(time.perf_counter() - between)
    await service.close()
    tails = [statistics.quantiles(times, n=20)[-1] for times in (mine, theirs)]
    report("python: completion, 95th percentile", [tails[0]], [tails[1]], GOAL)
    report("python: completion, median", mine, theirs, GOAL)


def main() -> None:
    asyncio.run(python())


if __name__ == "__main__":
    main()
