"""What the log screen asks: which trigger, Action or status is wanted, and where to write a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import get_args

from actionsmith.tenant.log.record import LogStatus
from actionsmith.triggers import loader
from actionsmith.tui.dialogs import Choice, Choose, Prompt
from actionsmith.tui.plain_text import one_line
from actionsmith.tui.running.result_rows import STATUS_WORDS
from actionsmith.tui.workbench.action_place import ActionPlace

EVERYTHING = ""
ENDED_BADLY = frozenset(("failed", "timed_out", "crashed"))
WENT_WRONG = "went wrong"


def which_trigger(current: str | None) -> Choose:
    """Asks for the id of a trigger; the empty one means all."""
    choices = [
        Choice(EVERYTHING, "All triggers"),
        *(Choice(trigger, trigger) for trigger in loader.trigger_ids()),
    ]
    return Choose("Executions of a trigger", choices, current=current or EVERYTHING)


def which_action(names: Iterable[str], current: str | None) -> Choose:
    """Asks for the name of an Action; the empty one means all."""
    choices = [Choice(EVERYTHING, "All Actions"), *(Choice(name, one_line(name)) for name in names)]
    return Choose("Executions of an Action", choices, current=current or EVERYTHING)


def which_status(current: frozenset[str] | None) -> Choose:
    """Asks for a status; the empty one means all, `went wrong` those of `ENDED_BADLY`."""
    statuses = [
        Choice(status, STATUS_WORDS.get(status, status).capitalize()) for status in get_args(LogStatus)
    ]
    wrong = Choice(WENT_WRONG, "Went wrong", "failed, timed out or crashed")
    choices = [Choice(EVERYTHING, "Every status"), wrong, *statuses]
    return Choose("Executions with a status", choices, current=_status_id(current))


def which_place(places: Sequence[ActionPlace], current: str | None) -> Choose:
    """Asks for the name of an Action that is to be opened."""
    choices = [
        Choice(place.name, one_line(place.name), "" if place.line is None else f"line {place.line}")
        for place in places
    ]
    return Choose("Open Action", choices, current=current or "")


def statuses_of(answer: str) -> frozenset[str] | None:
    """What an answer to `which_status` lets through; None: everything."""
    if answer == WENT_WRONG:
        return ENDED_BADLY
    return frozenset((answer,)) if answer else None


def status_name(statuses: frozenset[str] | None) -> str | None:
    """What is chosen, in words; None when nothing is."""
    if statuses is None or len(statuses) > 1:
        return None if statuses is None else WENT_WRONG
    return "".join(STATUS_WORDS.get(status, status) for status in statuses)


def which_file(count: int, now: datetime) -> Prompt:
    """Asks where so many executions are to be written."""
    return Prompt(
        "Save executions as JSON",
        "File",
        value=f"executions-{now:%Y%m%d-%H%M%S}.json",
        text=f"What is shown: {count}, with the values of secrets masked. Relative to {Path.cwd()}.",
        submit="Save",
        check=lambda text: None if text.strip() else "A file needs a name.",
    )


def _status_id(statuses: frozenset[str] | None) -> str:
    if statuses is None:
        return EVERYTHING
    return WENT_WRONG if statuses == ENDED_BADLY else next(iter(statuses))
