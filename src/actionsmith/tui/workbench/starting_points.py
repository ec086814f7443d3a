"""What a new Action can start from, and what it is called until the person says otherwise."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import msgspec

from actionsmith.runtime.host_kind import Language
from actionsmith.triggers import loader
from actionsmith.triggers.starter import starter_code
from actionsmith.workshop.samples import Sample


class StartingPoint(msgspec.Struct, frozen=True):
    """A blank Action, or a sample. `trigger` is that of the sample, empty for blank."""

    title: str
    description: str
    sample: Sample | None = None

    @property
    def trigger(self) -> str:
        return self.sample.trigger if self.sample is not None else ""


BLANK = StartingPoint("Blank", "The handler and a comment that says when it runs.")


def starting_points(samples: Sequence[Sample], trigger: str) -> list[StartingPoint]:
    """Blank first, then the samples of the trigger, then all others."""
    points = [StartingPoint(sample.name, sample.description, sample) for sample in samples]
    return [BLANK, *sorted(points, key=lambda point: point.trigger != trigger)]


def suggested_name(point: StartingPoint, trigger: str, taken: Collection[str]) -> str:
    """A name that is free: the sample's, or the trigger's title, with a number if need be."""
    name = point.title if point.sample is not None else f"{loader.trigger(trigger).title} Action"
    number = 2
    free = name
    while free in taken:
        free = f"{name} {number}"
        number += 1
    return free


def name_fault(name: str, taken: Collection[str]) -> str | None:
    """Why an Action cannot be called so, as a sentence; None when it can."""
    tidy = name.strip()
    if not tidy:
        return "Give the Action a name."
    if not tidy.isprintable():
        return "The name holds a character that cannot be shown."
    if tidy in taken:
        return f"There is an Action '{tidy}' already. Choose another name."
    return None


def code_of(point: StartingPoint, trigger: str, language: Language) -> str:
    """The code a new Action starts with. Blocks: it may read the sample's file."""
    return starter_code(trigger, language) if point.sample is None else point.sample.code(language)


def about(point: StartingPoint) -> str:
    """What a starting point gives, and what it brings along."""
    if point.sample is None:
        return point.description
    brings = [f"{len(point.sample.events)} events"] if point.sample.events else []
    if point.sample.secrets:
        brings.append(f"secrets {', '.join(point.sample.secrets)}")
    return f"{point.description} Brings {' and '.join(brings)}." if brings else point.description
