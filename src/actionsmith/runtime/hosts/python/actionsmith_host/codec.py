"""JSON for the pipe, by the C functions beneath `json`, taken before the Action's code runs.

What the Action does to the `json` module changes nothing here.
"""

from __future__ import annotations

from _json import encode_basestring_ascii, make_encoder, make_scanner
from json import JSONDecoder
from typing import Any, cast

from .record import Record

DEEPER = "a value given to api is nested too deeply"
EXACT = 2**53  # whole numbers up to here are the same in both languages
EXPONENTS = 1e21  # from here on JavaScript writes numbers with an exponent

_scan = make_scanner(cast(Any, JSONDecoder(object_hook=Record)))


def decode(text: str) -> Any:
    """JSON text as data; its objects are Records. Raises RecursionError where it is nested too deeply."""
    return _scan(text, 0)[0]


def encode(value: Any) -> str:
    """Data as JSON text, in ASCII. Raises TypeError."""
    return "".join(_chunks(value, 0))


def _refuse(value: Any) -> Any:
    raise TypeError(
        f"a value of type {type(value).__name__} cannot be given to api: "
        "use None, bool, int, float, str, list or dict"
    )


_chunks = make_encoder(None, _refuse, encode_basestring_ascii, None, ":", ",", False, False, True)


def plain(value: Any, depth: int) -> Any:
    """A value as JSON has it and JavaScript would write it: 1.0 is 1. NaN and the infinities stay.

    Raises TypeError for what is no JSON, and for more than `depth` levels.
    """
    if value is None or value is True or value is False:
        return value
    if isinstance(value, str):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return _whole(value) if value.is_integer() and abs(value) < EXPONENTS else float(value)
    if not isinstance(value, dict | list | tuple):
        return _refuse(value)
    if depth == 0:
        raise TypeError(DEEPER)
    if isinstance(value, dict):
        return {_key(key): plain(item, depth - 1) for key, item in value.items()}
    return [plain(item, depth - 1) for item in value]


def _whole(value: float) -> int:
    """The number that JavaScript writes: the shortest digits that mean this one, filled up with zeros."""
    if abs(value) <= EXACT:
        return int(value)
    from decimal import Decimal  # rare

    return int(Decimal(repr(value)))


def _key(key: Any) -> str:
    if isinstance(key, str):
        return key
    if key is None or isinstance(key, bool | int | float):
        return encode(plain(key, 0))
    raise TypeError(f"a key of type {type(key).__name__} cannot be given to api: use str")
