"""The root command: loads the module of a command group only when that group is used."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

from actionsmith import __version__
from actionsmith.errors import UserError, did_you_mean

# Command -> the module that holds it, and its line in the help. A group's module is imported when it runs.
_COMMANDS = {
    "run": ("run", "Run an Action, of a file or of the tenant, once."),
    "action": ("action", "Actions: new, edit, save, show, deploy, versions, rollback."),
    "secret": ("secret", "Secrets and plain settings of an Action."),
    "dependency": ("dependency", "npm and PyPI packages of an Action."),
    "event": ("event", "Saved events of a trigger."),
    "flow": ("flow", "The ordered Actions of a trigger: show, set, run."),
    "log": ("log", "What Actions and flows did, also as it happens."),
    "cache": ("cache", "What api.cache keeps between executions: show, clear."),
    "trigger": ("trigger", "What the triggers offer: list, show, types."),
    "sample": ("sample", "Samples to start from."),
    "tenant": ("tenant", "Tenants: list, create, show, delete."),
    "config": ("config", "Settings and keys: show, check, init, path, keys."),
    "doctor": ("doctor", "What is installed, what is confined, where files are."),
}


class LazyGroup(click.Group):
    """A group that knows its commands' names without importing them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"actionsmith.cli.{_COMMANDS[cmd_name][0]}")
        command: click.Command = module.command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in _COMMANDS and not args[0].startswith("-"):
            hint = did_you_mean(args[0], _COMMANDS) or "; see: actionsmith --help"
            raise UserError(f"there is no command '{args[0]}'{hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in _COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> Any:
        from actionsmith.cli.failures import ReaderGone

        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:  # click would make it exit code 1, a failed Action
            raise ReaderGone from error

    def main(self, args: Sequence[str] | None = None, *more: Any, **named: Any) -> Any:
        from actionsmith.cli.arguments import check_arguments
        from actionsmith.cli.failures import guarded

        def work() -> Any:
            check_arguments(sys.argv[1:] if args is None else args)
            return super(LazyGroup, self).main(args, *more, **named)

        return guarded(work)


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option("--tenant", metavar="NAME|PATH", help="The tenant to use (also: ACTIONSMITH_TENANT).")
@click.option("--no-mouse", is_flag=True, help="Leave the mouse to the terminal (workbench only).")
@click.version_option(__version__, message="actionsmith %(version)s")
@click.pass_context
def root(context: click.Context, tenant: str | None, no_mouse: bool) -> int | None:
    """A workbench for identity Actions. Without a command it opens in the terminal."""
    context.obj = tenant
    if context.invoked_subcommand is not None:
        return None
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UserError(
            "the workbench needs a terminal; for scripts there are commands, see: actionsmith --help"
        )
    from actionsmith.cli import workbench

    return workbench.open_workbench(tenant, mouse=not no_mouse)
