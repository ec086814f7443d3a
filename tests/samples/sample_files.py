"""The shipped samples as the tests read them."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any, NamedTuple

from actionsmith import paths
from actionsmith.runtime.host_kind import SUFFIXES, Language

ROOT = paths.shipped("samples")


class Sample(NamedTuple):
    """One folder of `samples/`: its description and its files."""

    slug: str
    about: dict[str, Any]

    def code(self, language: Language) -> str:
        return self.file(language).read_text(encoding="utf-8")

    def file(self, language: Language) -> Path:
        suffix = next(suffix for suffix, name in SUFFIXES.items() if name == language)
        return ROOT / self.slug / f"{self.slug}{suffix}"

    def event_text(self, name: str) -> str:
        return (ROOT / self.slug / "events" / f"{name}.json").read_text(encoding="utf-8")

    def event(self, name: str) -> dict[str, Any]:
        event: dict[str, Any] = json.loads(self.event_text(name))
        return event

    @property
    def events(self) -> list[str]:
        return sorted(path.stem for path in (ROOT / self.slug / "events").glob("*.json"))


SAMPLES = {
    path.parent.name: Sample(path.parent.name, tomllib.loads(path.read_text(encoding="utf-8")))
    for path in sorted(ROOT.glob("*/sample.toml"))
}
TENANT: dict[str, Any] = tomllib.loads((ROOT / "tenant.toml").read_text(encoding="utf-8"))
