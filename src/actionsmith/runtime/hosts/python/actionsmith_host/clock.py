"""A clock that stands still and random numbers that repeat, for runs that are to be the same each time."""

from __future__ import annotations

import datetime
import time

from .record import Record

RealDatetime = datetime.datetime


class _AnyDatetime(type):
    """Values made before the clock was frozen are still datetimes."""

    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, RealDatetime)


class FrozenDatetime(RealDatetime, metaclass=_AnyDatetime):
    """datetime.datetime with a clock that stands still."""

    seconds = 0.0

    @classmethod
    def now(cls, tz: datetime.tzinfo | None = None) -> FrozenDatetime:
        return cls.fromtimestamp(cls.seconds, tz)

    @classmethod
    def utcnow(cls) -> FrozenDatetime:
        return cls.fromtimestamp(cls.seconds, datetime.UTC).replace(tzinfo=None)

    @classmethod
    def today(cls) -> FrozenDatetime:
        return cls.fromtimestamp(cls.seconds)


def freeze(frame: Record) -> None:
    """Stop the clock and seed the random numbers, where the frame asks for it."""
    now = frame["now"]
    if now is not None:
        vars(time).update(time=lambda: now / 1000, time_ns=lambda: int(now * 1_000_000))
        FrozenDatetime.seconds = now / 1000
        FrozenDatetime.__name__ = FrozenDatetime.__qualname__ = "datetime"
        FrozenDatetime.__module__ = "datetime"
        vars(datetime).update(datetime=FrozenDatetime)
    if frame["seed"] is not None:
        import random

        random.seed(frame["seed"])
