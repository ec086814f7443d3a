"""A clock that stands still and random numbers that repeat, for runs that are to be the same each time."""

from __future__ import annotations

import datetime
import time
from typing import Any

from .record import Record

RealDate = datetime.date
RealDatetime = datetime.datetime


class Stopped(type):
    """Values and classes from before the clock was stopped count as those of after it."""

    real: type

    def __instancecheck__(cls, instance: object) -> bool:
        own = "real" in vars(cls)  # an Action's class that is derived from it is no such class
        return isinstance(instance, cls.real) if own else super().__instancecheck__(instance)

    def __subclasscheck__(cls, subclass: type) -> bool:
        own = "real" in vars(cls)
        return issubclass(subclass, cls.real) if own else super().__subclasscheck__(subclass)


class StoppedDate(RealDate, metaclass=Stopped):
    """datetime.date with a clock that stands still."""

    real = RealDate
    seconds = 0.0

    @classmethod
    def today(cls) -> StoppedDate:
        return cls.fromtimestamp(cls.seconds)

    def __repr__(self) -> str:
        return _in_full(super().__repr__(), type(self))


class StoppedDatetime(RealDatetime, metaclass=Stopped):
    """datetime.datetime with a clock that stands still."""

    real = RealDatetime
    seconds = 0.0

    @classmethod
    def now(cls, tz: datetime.tzinfo | None = None) -> StoppedDatetime:
        return cls.fromtimestamp(cls.seconds, tz)

    @classmethod
    def utcnow(cls) -> StoppedDatetime:
        return cls.fromtimestamp(cls.seconds, datetime.UTC).replace(tzinfo=None)

    @classmethod
    def today(cls) -> StoppedDatetime:
        return cls.fromtimestamp(cls.seconds)

    def __repr__(self) -> str:
        return _in_full(super().__repr__(), type(self))


def _in_full(shown: str, kind: type) -> str:
    """A value as the standard library shows it: with the module's name, which only its own classes have."""
    return f"datetime.{shown}" if kind in (StoppedDate, StoppedDatetime) else shown


def freeze(frame: Record) -> None:
    """Stop the clock and seed the random numbers, where the frame asks for it."""
    if frame["now"] is not None:
        stop(frame["now"])
    if frame["seed"] is not None:
        import random

        random.seed(frame["seed"])


def stop(now_ms: float) -> None:
    """Let it be `now_ms`, in milliseconds since the epoch. Clocks that only measure go on."""
    for kind in (StoppedDate, StoppedDatetime):
        kind.seconds = now_ms / 1000
        kind.__name__ = kind.__qualname__ = kind.real.__name__
        kind.__module__ = "datetime"
    vars(datetime).update(date=StoppedDate, datetime=StoppedDatetime)
    nanoseconds = int(now_ms) * 1_000_000 + round(now_ms % 1 * 1_000_000)
    localtime, gmtime, ctime = time.localtime, time.gmtime, time.ctime
    real_strftime, real_asctime = time.strftime, time.asctime
    clock_gettime, clock_gettime_ns = time.clock_gettime, time.clock_gettime_ns

    def at(moment: float | None) -> float:
        return now_ms / 1000 if moment is None else moment

    def strftime(form: str, *moment: Any) -> str:
        return real_strftime(form, *(moment or (time.localtime(),)))

    def asctime(*moment: Any) -> str:
        return real_asctime(*(moment or (time.localtime(),)))

    vars(time).update(
        time=lambda: now_ms / 1000,
        time_ns=lambda: nanoseconds,
        localtime=lambda seconds=None: localtime(at(seconds)),
        gmtime=lambda seconds=None: gmtime(at(seconds)),
        ctime=lambda seconds=None: ctime(at(seconds)),
        strftime=strftime,
        asctime=asctime,
        clock_gettime=lambda clock: now_ms / 1000 if clock == time.CLOCK_REALTIME else clock_gettime(clock),
        clock_gettime_ns=lambda clock: (
            nanoseconds if clock == time.CLOCK_REALTIME else clock_gettime_ns(clock)
        ),
    )
