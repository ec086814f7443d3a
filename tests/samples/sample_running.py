"""Runs a shipped sample as it stands, in a process of its own."""

from __future__ import annotations

from sample_files import Sample

from actionsmith.runtime.engine import run
from actionsmith.runtime.execution import Execution, RunRequest, Source
from actionsmith.runtime.host_kind import Language, Packages

NOW_MS = 1_768_896_100_000.0
"""2026-01-20 08:01:40 UTC, shortly after the logins of the events."""


def run_sample(
    sample: Sample,
    event: str,
    language: Language,
    *,
    secrets: dict[str, str],
    packages: Packages | None = None,
) -> Execution:
    file = sample.file(language)
    source = Source(
        code=sample.code(language), language=language, name=sample.about["name"], filename=file.name
    )
    return run(
        RunRequest(
            source=source,
            event=sample.event(event),
            trigger=sample.about["trigger"],
            handler=sample.about.get("events", {}).get(event, {}).get("handler"),
            secrets=sample.about.get("secrets", {}) | secrets,
            packages=packages or Packages(),
            now_ms=NOW_MS,
        )
    )
