"""Work off the screen's thread: only the newest counts, writers take turns, faults are told."""

from __future__ import annotations

import threading
from typing import Any

from textual.app import App

from actionsmith.errors import UserError
from actionsmith.tui.faults import describe
from actionsmith.tui.jobs import Jobs


async def test_only_the_newest_of_a_group_is_delivered() -> None:
    app: App[None] = App()
    async with app.run_test() as pilot:
        jobs, given = Jobs(app), list[Any]()
        gate = threading.Event()

        def slow() -> str:
            gate.wait(10)
            return "old"

        jobs.newest("read", slow, given.append, given.append)
        await pilot.pause()
        newest = jobs.newest("read", lambda: "new", given.append, given.append)
        await newest.wait()
        gate.set()
        await pilot.pause()
        assert given == ["new"]


async def test_jobs_in_order_wait_for_each_other() -> None:
    app: App[None] = App()
    async with app.run_test():
        jobs, given, running = Jobs(app), list[int](), []

        def work(number: int) -> int:
            running.append(number)
            assert len(running) == 1
            running.remove(number)
            return number

        workers = [
            jobs.in_order("write", lambda number=number: work(number), given.append, lambda error: None)
            for number in range(20)
        ]
        for worker in workers:
            await worker.wait()
        assert given == list(range(20))


async def test_errors_of_the_work_and_of_showing_it_are_both_told() -> None:
    app: App[None] = App()
    async with app.run_test():
        jobs, told = Jobs(app), list[Exception]()

        def refuse() -> None:
            raise UserError("no")

        def break_down(_: int) -> None:
            raise ValueError("cannot be shown")

        await jobs.newest("a", refuse, print, told.append).wait()
        await jobs.newest("b", lambda: 1, break_down, told.append).wait()
        assert [type(error) for error in told] == [UserError, ValueError]


def test_an_error_that_nobody_foresaw_leaves_a_report() -> None:
    for error, told in (
        ("there is no such thing", "There is no such thing"),
        ("npm has no version that fits x@9", "npm has no version that fits x@9"),
        ("post-login takes at most 2 Actions", "post-login takes at most 2 Actions"),
        ("'Gate' is bound", "'Gate' is bound"),
        ("", ""),
    ):
        assert describe(UserError(error)) == told
    said = describe(ValueError("[oops]"))
    assert "ValueError: [oops]" in said
    path = said.rpartition(" in ")[2].rstrip(".")
    assert said.endswith(".txt.")
    assert "[oops]" in open(path, encoding="utf-8").read()  # noqa: PTH123, SIM115
