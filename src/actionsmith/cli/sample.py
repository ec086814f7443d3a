"""`actionsmith sample`: small, complete Actions to start from."""

from __future__ import annotations

import click

from actionsmith.cli.options import json_option
from actionsmith.cli.output import print_json, print_table


@click.group("sample")
def command() -> None:
    """Samples to start from."""


@command.command("list")
@json_option
def list_(as_json: bool) -> None:
    """All samples with their triggers and what they do."""
    from actionsmith.workshop.samples import samples

    found = samples()
    if as_json:
        print_json(
            [
                {
                    "slug": item.slug,
                    "name": item.name,
                    "trigger": item.trigger,
                    "description": item.description,
                    "files": {language: str(item.path(language)) for language in item.languages},
                    "events": list(item.events),
                }
                for item in found
            ]
        )
    else:
        print_table(
            [(item.slug, item.trigger, item.description) for item in found], ("SAMPLE", "TRIGGER", "")
        )
