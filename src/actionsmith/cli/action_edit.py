"""`actionsmith action edit`: drafts in the editor of one's choice."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from actionsmith.cli.options import chosen_tenant, tenant_option
from actionsmith.cli.output import say
from actionsmith.errors import UserError

if TYPE_CHECKING:
    from actionsmith.tenant.tenant import Tenant

LOOK_SECONDS = 0.2


@click.command("edit")
@click.argument("name", required=False)
@click.option("--watch", "folder", metavar="DIR", help="Write the code into DIR, and carry over each save.")
@tenant_option
def edit(name: str | None, folder: str | None, tenant_name: str | None) -> int:
    """Edit a draft in your own editor.

    It is opened in $VISUAL or $EDITOR, which is to wait until the file is closed.

    With --watch the code lies in DIR as a file for any editor, with the types it needs, until ctrl+c: each
    save becomes a save of the draft, and what is changed elsewhere gets into the file. Without NAME all
    Actions of the tenant are there.
    """
    tenant = chosen_tenant(tenant_name)
    if folder is not None:
        return _watch(tenant, Path(folder), None if name is None else [name])
    if name is None:
        raise UserError("which Action? Give its NAME, or --watch DIR for all of them")
    return _in_editor(tenant, name)


def _watch(tenant: Tenant, folder: Path, names: list[str] | None) -> int:
    from actionsmith.workshop.outside_editing import OutsideEditing

    outside = OutsideEditing(tenant, folder, names, say)
    for path in outside.paths:
        print(path, flush=True)
    say("watching; ctrl+c ends it")
    try:
        while True:
            time.sleep(LOOK_SECONDS)
            outside.look()
    except KeyboardInterrupt:
        for _ in range(2):  # what was saved in the last moment counts, too
            outside.look()
    return 0


def _in_editor(tenant: Tenant, name: str) -> int:
    from actionsmith.workshop.outside_editing import OutsideEditing
    from actionsmith.workshop.own_editor import editor_command, open_in_editor

    command = editor_command(os.environ)
    tenant.draft(name)  # a wrong name leaves no folder behind
    folder = Path(tempfile.mkdtemp(prefix="actionsmith-"))
    said: list[str] = []
    outside = OutsideEditing(tenant, folder, [name], said.append)
    (path,) = outside.paths
    before = path.read_bytes()
    try:
        code = open_in_editor(command, path)
    except OSError as error:
        shutil.rmtree(folder)
        raise UserError(f"the editor '{command[0]}' cannot be started: {error.strerror}") from error
    if code:
        kept = f"; your text is kept in {path}" if path.exists() and path.read_bytes() != before else ""
        if not kept:
            shutil.rmtree(folder)
        raise UserError(f"the editor ended with exit code {code}, so the draft of '{name}' stays{kept}")
    for _ in range(2):  # a file counts when it is the same at two looks
        outside.look()
    if not outside.has_taken(path) and path.read_bytes() != before:
        raise UserError(" ".join([*(f"{sentence}." for sentence in said), f"Your text is kept in {path}"]))
    for sentence in said or [f"the draft of '{name}' is as it was"]:
        say(sentence)
    shutil.rmtree(folder)
    return 0
