"""Samples: small, complete Actions a newcomer can run, read and start from."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from actionsmith import paths
from actionsmith.errors import UserError, did_you_mean
from actionsmith.runtime.host_kind import Language
from actionsmith.tenant.model import Action
from actionsmith.tenant.tenant import Tenant
from actionsmith.triggers.naming import snake
from actionsmith.workshop.dependencies import add_dependency

_ENDINGS: dict[Language, str] = {"javascript": ".js", "python": ".py"}


class Sample(msgspec.Struct, frozen=True, kw_only=True):
    """One folder of `samples/`: an Action in each language, its events, secrets and packages.

    `handlers` names, for the events that are not for the trigger's first handler, the one they are for.
    """

    slug: str
    folder: Path
    name: str
    trigger: str
    description: str
    secrets: dict[str, str] = {}
    dependencies: dict[Language, list[str]] = {}
    handlers: dict[str, str] = {}

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages it is written in."""
        return tuple(language for language in _ENDINGS if self.path(language).is_file())

    def path(self, language: Language) -> Path:
        """The file of the code in one language."""
        return self.folder / f"{self.slug}{_ENDINGS[language]}"

    def code(self, language: Language) -> str:
        """The code in one language."""
        return self.path(language).read_text(encoding="utf-8")

    @property
    def events(self) -> dict[str, str]:
        """Its events: name -> JSON text."""
        files = sorted((self.folder / "events").glob("*.json"))
        return {path.stem: path.read_text(encoding="utf-8") for path in files}


@cache
def samples() -> list[Sample]:
    """All samples, in the order of their names."""
    found = []
    for description in sorted(paths.shipped("samples").glob("*/sample.toml")):
        with description.open("rb") as file:
            data: dict[str, Any] = tomllib.load(file)
        folder = description.parent
        handlers = {name: entry["handler"] for name, entry in data.pop("events", {}).items()}
        more = {"slug": folder.name, "folder": folder, "handlers": handlers}
        found.append(msgspec.convert({**data, **more}, Sample))
    return sorted(found, key=lambda sample: sample.name)


def sample(slug: str) -> Sample:
    """One sample by its folder's name. Raises UserError for an unknown one."""
    known = {item.slug: item for item in samples()}
    if slug not in known:
        hint = did_you_mean(slug, known) or f"; the samples are {', '.join(known)}"
        raise UserError(f"there is no sample '{slug}'{hint}")
    return known[slug]


def handler_for_event(trigger_id: str, event_name: str, code: str) -> str | None:
    """The handler (JavaScript name) that a sample's event is meant for, when the code has it; else None."""
    for item in samples():
        handler = item.handlers.get(event_name)
        if item.trigger == trigger_id and handler and (handler in code or snake(handler) in code):
            return handler
    return None


def create_from_sample(
    tenant: Tenant,
    source: Sample,
    language: Language,
    name: str,
    progress: Callable[[str], None] | None = None,
) -> Action:
    """A new Action from a sample, with its secrets, saved events and packages.

    A saved event of the same name is kept as it is. Raises UserError when the name is taken or a package
    cannot be installed; the Action then exists without the package.
    """
    action = tenant.create_action(name, source.trigger, language, source.code(language))
    for key, value in source.secrets.items():
        tenant.set_secret(action.name, key, value)
    known = {event.name for event in tenant.events(source.trigger)}
    for event_name, text in source.events.items():
        if event_name not in known:
            tenant.save_event(source.trigger, event_name, text)
    for spec in source.dependencies.get(language, []):
        add_dependency(tenant, action.name, spec, progress)
    return tenant.action(action.name)
