"""Reads the contract. The YAML files are the source; a decoded copy is kept in the cache directory
because parsing them takes longer than starting a whole run."""

from __future__ import annotations

import zlib
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from actionsmith import paths
from actionsmith.errors import UserError, did_you_mean
from actionsmith.triggers.model import Limit, NamedType, Trigger

CONTRACT = Path(__file__).resolve().parent / "contract"
LIMITS = "limits.yaml"
SHARED = "shared-objects.yaml"
_BYTES = {"bytes": 1, "kB": 1024}


class _Limits(msgspec.Struct, frozen=True):
    limits: tuple[Limit, ...]
    lists: dict[str, dict[str, Any]]


class _Decoded(msgspec.Struct, frozen=True):
    """The whole contract, each trigger still packed: a run needs one of the eleven."""

    handlers: dict[str, str]
    triggers: dict[str, msgspec.Raw]
    limits: msgspec.Raw
    types: msgspec.Raw
    vocabulary: msgspec.Raw


def trigger_ids() -> tuple[str, ...]:
    """All trigger ids, post-login first, then in the order of the alphabet."""
    return tuple(_decoded().triggers)


@cache
def trigger(trigger_id: str) -> Trigger:
    """The contract of one trigger. Raises UserError for an id that does not exist."""
    packed = _decoded().triggers.get(trigger_id)
    if packed is None:
        known = trigger_ids()
        hint = did_you_mean(trigger_id, known) or f"; the triggers are {', '.join(known)}"
        raise UserError(f"there is no trigger '{trigger_id}'{hint}")
    return msgspec.msgpack.decode(packed, type=Trigger)


def trigger_of_handler(handler: str) -> str | None:
    """The id of the trigger whose Actions export `handler` (JavaScript name), if there is one."""
    return _decoded().handlers.get(handler)


@cache
def limits() -> dict[str, Limit]:
    """`limits.yaml`, by id."""
    return {limit.id: limit for limit in _limits().limits}


def limit(limit_id: str) -> int:
    """The number of one entry of `limits.yaml`, in the entry's own unit (kB there means 1,024 bytes)."""
    value = limits()[limit_id].value
    if not isinstance(value, int):
        raise TypeError(f"the limit {limit_id} is a {limits()[limit_id].unit}, not a number")
    return value


def limit_bytes(limit_id: str) -> int:
    """The same in bytes, for an entry in bytes or kB."""
    return limit(limit_id) * _BYTES[limits()[limit_id].unit]


def limit_pattern(limit_id: str) -> str:
    """The regular expression of one entry of `limits.yaml`."""
    return str(limits()[limit_id].value)


def word_list(name: str) -> tuple[str, ...]:
    """One of the `lists` of `limits.yaml`, such as `restricted_claims`."""
    return tuple(_limits().lists[name]["values"])


@cache
def named_types() -> dict[str, NamedType]:
    """The named types of `shared-objects.yaml`."""
    return msgspec.msgpack.decode(_decoded().types, type=dict[str, NamedType])


@cache
def vocabulary() -> dict[str, dict[str, Any]]:
    """The shared words of `shared-objects.yaml`, such as `mfa_providers`."""
    decoded: dict[str, dict[str, Any]] = msgspec.msgpack.decode(_decoded().vocabulary)
    return decoded


def default_event_text(trigger_id: str) -> str:
    """The JSON text of the trigger's default event, as it stands in the contract."""
    trigger(trigger_id)
    return (CONTRACT / "default-events" / f"{trigger_id}.json").read_text(encoding="utf-8")


@cache
def _limits() -> _Limits:
    return msgspec.msgpack.decode(_decoded().limits, type=_Limits)


@cache
def _decoded() -> _Decoded:
    sources = sorted(CONTRACT.glob("*.yaml"), key=lambda path: (path.stem != "post-login", path.stem))
    copy = paths.cache_dir() / f"contract-{_stamp(sources)}.msgpack"
    with suppress(OSError, msgspec.DecodeError):
        return msgspec.msgpack.decode(copy.read_bytes(), type=_Decoded)
    packed = _pack(sources)
    _keep(copy, packed)
    return msgspec.msgpack.decode(packed, type=_Decoded)


def _stamp(sources: list[Path]) -> str:
    """Changes when a source does: by path, size and time, because reading them would take longer."""
    stamp = 0
    for source in sources:
        status = source.stat()
        stamp = zlib.crc32(f"{source} {status.st_size} {status.st_mtime_ns}\n".encode(), stamp)
    return f"{stamp:08x}"


def _keep(copy: Path, packed: bytes) -> None:
    from actionsmith import atomic  # only here: a warm start writes nothing

    with suppress(OSError):  # a read-only cache costs time, nothing else
        atomic.write_bytes(copy, packed, durable=False)


def _pack(sources: list[Path]) -> bytes:
    import yaml

    reader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    parsed = {path.name: yaml.load(path.read_bytes(), reader) for path in sources}
    limits_file, shared = parsed.pop(LIMITS), parsed.pop(SHARED)
    triggers = [msgspec.convert(data, Trigger, strict=False) for data in parsed.values()]
    return msgspec.msgpack.encode(
        {
            "handlers": {name: item.id for item in triggers for name in item.handlers},
            "triggers": {item.id: item for item in triggers},
            "limits": msgspec.convert(limits_file, _Limits),
            "types": shared["types"],
            "vocabulary": shared["vocabulary"],
        }
    )
