"""`actionsmith run`: one Action, once, from a file or from the tenant."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from actionsmith.cli import head_start
from actionsmith.cli.failures import FAILED
from actionsmith.cli.options import chosen_tenant, epoch_ms, json_option, read_text, tenant_option
from actionsmith.cli.output import print_json, say
from actionsmith.errors import UserError
from actionsmith.runtime import engine
from actionsmith.runtime.execution import SUFFIXES, Execution, Packages, RunRequest, Source
from actionsmith.triggers import loader

if TYPE_CHECKING:
    from collections.abc import Sequence

ENDED_WELL = ("completed", "denied", "suspended")
LONGEST_S = 24 * 3600
"""More than this is no time limit, and more than the system can count."""


@click.command("run")
@click.argument("source")
@click.option("--trigger", metavar="ID", help="The trigger; else it follows from the handler in the code.")
@click.option("--event", "event_file", metavar="FILE|-", help="Event as JSON; else the default event.")
@click.option("--saved-event", metavar="NAME", help="A saved event of the tenant.")
@click.option("--set", "edits", multiple=True, metavar="PATH=JSON", help="Change a member of the event.")
@click.option("--secret", "secrets", multiple=True, metavar="NAME=VALUE", help="A secret of this run.")
@click.option("--dependency", "specs", multiple=True, metavar="NAME[@VERSION]", help="A package to install.")
@click.option(
    "--package", "overrides", multiple=True, metavar="NAME=PATH", help="A folder in place of a package."
)
@click.option("--handler", metavar="NAME", help="The handler to run, such as onContinuePostLogin.")
@click.option(
    "--version", "version", type=int, metavar="N", help="A version of the Action instead of its draft."
)
@click.option(
    "--timeout", "timeout_s", type=float, metavar="SECONDS", help="Time limit (default: the platform's)."
)
@click.option("--now", "now", metavar="ISO", help="Freeze the Action's clock.")
@click.option("--seed", type=int, metavar="N", help="Make random numbers repeatable.")
@click.option("--cache", "cache_file", metavar="FILE", help="What api.cache holds at the start, as JSON.")
@click.option("--strict", is_flag=True, help="Refuse an event that does not fit the contract.")
@tenant_option
@json_option
def command(source: str, as_json: bool, tenant_name: str | None, version: int | None, **options: Any) -> int:
    """Run SOURCE (a .js, .cjs or .py file, or the name of an Action of the tenant) once.

    \b
    actionsmith run mfa.js --set 'authorization.roles=["Admin"]'
    actionsmith run "MFA for Role" --version 2 --json
    """
    timeout_s = options["timeout_s"]
    if timeout_s is not None and not 0 < timeout_s <= LONGEST_S:
        raise UserError(f"--timeout {timeout_s:g} is not a number of seconds above 0 and up to {LONGEST_S}")
    if options["trigger"] is not None:
        loader.trigger(options["trigger"])
    request = _request(source, tenant_name, version, options)
    event = EventInput.read(options, request.trigger, tenant_name)
    request = msgspec.structs.replace(
        request,
        event=event.data if event is not None else None,
        handler=options["handler"] or _handler_of_saved_event(options["saved_event"], request),
        secrets={**request.secrets, **_pairs("--secret", options["secrets"])},
        packages=_with_overrides(request.packages, options["overrides"]),
        now_ms=epoch_ms(options["now"]) if options["now"] else None,
        seed=options["seed"],
        cache=_cache(options["cache_file"]),
    )
    notes: list[str] = []

    def check(trigger_id: str) -> dict[str, Any] | None:
        given = event.for_trigger(trigger_id) if event is not None else None
        if given is not None:
            notes.extend(given.faults(trigger_id, strict=options["strict"]))
            return given.data
        return None

    execution = engine.run(request, pool=head_start.pool(), on_trigger=check)
    execution.warnings[:0] = notes
    _print(execution, as_json)
    return 0 if execution.status in ENDED_WELL else FAILED


class EventInput(msgspec.Struct):
    """The event as it was given: its text, its name for messages, and changes to make."""

    name: str
    text: str | None
    edits: tuple[str, ...]
    data: dict[str, Any] | None = None

    @classmethod
    def read(
        cls, options: dict[str, Any], trigger_id: str | None, tenant_name: str | None
    ) -> EventInput | None:
        """From --event, --saved-event and --set; None when none of them was given."""
        event_file, saved, edits = options["event_file"], options["saved_event"], options["edits"]
        if event_file is not None and saved is not None:
            raise UserError("--event and --saved-event exclude each other; give one of them")
        if saved is not None:
            if trigger_id is None:
                raise UserError("--saved-event needs --trigger, because saved events belong to a trigger")
            text = chosen_tenant(tenant_name).event(trigger_id, saved).text
            found = cls(name=f"the saved event '{saved}'", text=text, edits=edits)
        elif event_file is not None:
            name = "standard input" if event_file == "-" else event_file
            found = cls(name=name, text=read_text(event_file, "the event"), edits=edits)
        elif edits:
            found = cls(name="the default event", text=None, edits=edits)
        else:
            return None
        if found.text is not None:
            found.apply()
        return found

    def for_trigger(self, trigger_id: str) -> EventInput:
        """The same with its data made: changes to the default event wait until the trigger is known."""
        if self.data is None:
            self.text = loader.default_event_text(trigger_id)
            self.apply()
        return self

    def apply(self) -> None:
        """Parse the text and make the changes. Raises UserError with line and column, or the path."""
        from actionsmith.triggers.edit import set_in_event
        from actionsmith.triggers.validation import parse_event

        assert self.text is not None
        self.data = parse_event(self.text, name=self.name)
        for edit in self.edits:
            set_in_event(self.data, edit)

    def faults(self, trigger_id: str, *, strict: bool) -> list[str]:
        """What does not fit the trigger's contract, as sentences. `strict` raises UserError with them."""
        from actionsmith.triggers.validation import check_event

        changed = bool(self.edits)
        text = (
            msgspec.json.format(msgspec.json.encode(self.data), indent=2).decode() if changed else self.text
        )
        name = f"{self.name} with --set" if changed else self.name
        faults = [
            f"{name}, line {fault.line}: {fault.message}" for fault in check_event(trigger_id, text or "")
        ]
        if strict and faults:
            count = "a fault" if len(faults) == 1 else f"{len(faults)} faults"
            raise UserError(f"the event has {count} (--strict): " + "; ".join(faults))
        return faults


def _handler_of_saved_event(name: str | None, request: RunRequest) -> str | None:
    """The handler that a sample's event is meant for, such as the one after a redirect."""
    if name is None or request.trigger is None:
        return None
    from actionsmith.workshop.samples import handler_for_event

    return handler_for_event(request.trigger, name, request.source.code)


def _request(
    source: str, tenant_name: str | None, version: int | None, options: dict[str, Any]
) -> RunRequest:
    path = Path(source)
    if path.suffix in SUFFIXES or path.is_file():
        if version is not None:
            raise UserError("--version goes with an Action of the tenant, not with a file")
        return _file_request(path, options)
    from actionsmith.workshop.running import request_for

    if options["specs"]:
        raise UserError("--dependency goes with a file; an Action of the tenant has its own dependencies")
    tenant = chosen_tenant(tenant_name)
    if path.suffix and "/" in source:
        raise UserError(_unknown_ending(path))
    request = request_for(tenant, source, version=version, notice=say)
    timeout_s = options["timeout_s"]
    return msgspec.structs.replace(request, timeout_s=request.timeout_s if timeout_s is None else timeout_s)


def _file_request(path: Path, options: dict[str, Any]) -> RunRequest:
    language = SUFFIXES.get(path.suffix)
    if language is None:
        raise UserError(_unknown_ending(path))
    code = read_text(str(path), "the Action")
    packages = Packages()
    if options["specs"]:
        from actionsmith.workshop.dependencies import packages_of_specs

        packages = packages_of_specs(language, options["specs"], say)
    limit = loader.limit("execution.timeout")
    return RunRequest(
        source=Source(code=code, language=language, name=path.stem, filename=str(path.absolute())),
        event=None,
        trigger=options["trigger"],
        packages=packages,
        timeout_s=float(limit) if options["timeout_s"] is None else options["timeout_s"],
    )


def _unknown_ending(path: Path) -> str:
    return f"'{path}' is no Action: the file's name must end in {', '.join(SUFFIXES)}"


def _pairs(option: str, given: Sequence[str]) -> dict[str, str]:
    pairs = {}
    for text in given:
        name, separator, value = text.partition("=")
        if not separator or not name:
            raise UserError(f"{option} '{text}' is not NAME=VALUE")
        pairs[name] = value
    return pairs


def _with_overrides(packages: Packages, given: Sequence[str]) -> Packages:
    overrides = {}
    for name, folder in _pairs("--package", given).items():
        path = Path(folder).absolute()
        if not path.is_dir():
            raise UserError(f"--package {name}={folder}: there is no folder '{folder}'")
        overrides[name] = path
    return msgspec.structs.replace(packages, overrides=overrides) if overrides else packages


class _CacheRecord(msgspec.Struct):
    value: str
    expires_at: float


def _cache(path: str | None) -> dict[str, dict[str, Any]]:
    if path is None:
        return {}
    text = read_text(path, "the cache")
    try:
        records = msgspec.json.decode(text, type=dict[str, _CacheRecord])
    except msgspec.DecodeError as error:
        example = '{"key": {"value": "text", "expires_at": 1767225600000}}'
        raise UserError(f"{path} is no cache: {error}; expected {example}") from error
    return {key: msgspec.to_builtins(record) for key, record in records.items()}


def _print(execution: Execution, as_json: bool) -> None:
    if as_json:
        print_json(execution)
        return
    from actionsmith.cli.report import execution_text

    print(execution_text(execution))
