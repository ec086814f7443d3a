"""`actionsmith log`: what the Actions and flows of a tenant did, in the workbench and outside of it."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, get_args

import click

from actionsmith.cli.options import chosen_tenant, json_option, tenant_option
from actionsmith.cli.output import done, print_json, print_json_line, say
from actionsmith.errors import UserError, did_you_mean
from actionsmith.tenant.log.reading import LogFilter
from actionsmith.tenant.log.record import LogRecord, LogStatus
from actionsmith.triggers import loader

if TYPE_CHECKING:
    from actionsmith.tenant.log.reading import LogCursor
    from actionsmith.tenant.tenant import Tenant

SHOWN = 20
POLL_S = 0.2
_AGO = re.compile(r"(\d{1,6})([smhd])")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


@click.command("log")
@click.option("--follow", "-f", is_flag=True, help="Go on with what happens from now on, until Ctrl-C.")
@click.option("--trigger", metavar="ID", help="Only executions of this trigger.")
@click.option("--action", metavar="NAME", help="Only executions in which this Action ran.")
@click.option(
    "--status",
    "statuses",
    multiple=True,
    type=click.Choice(get_args(LogStatus)),
    help="Only executions that ended like this; may be given more than once.",
)
@click.option("--grep", metavar="TEXT", help="Only executions that show this text, in any case.")
@click.option("--since", metavar="TIME", help="Only those since 30m, 2h, 7d or an ISO 8601 time.")
@click.option(
    "--limit", type=click.IntRange(min=0), default=SHOWN, show_default=True, help="The newest so many."
)
@click.option("--utc", is_flag=True, help="Times in UTC instead of local time.")
@click.option(
    "--keep",
    "days",
    type=int,
    metavar="DAYS",
    help="Set for how many days this tenant keeps executions; shows none.",
)
@tenant_option
@json_option
def command(
    follow: bool,
    trigger: str | None,
    action: str | None,
    statuses: tuple[str, ...],
    grep: str | None,
    since: str | None,
    limit: int,
    utc: bool,
    days: int | None,
    tenant_name: str | None,
    as_json: bool,
) -> None:
    """The latest executions of the tenant's Actions and flows, the newest last.

    \b
    actionsmith log --follow
    actionsmith log --status failed --status timed_out --since 2h
    actionsmith log --action "MFA for Role" --grep TypeError --json

    With --follow, --json prints one object a line.
    """
    if trigger is not None:
        loader.trigger(trigger)
    tenant = chosen_tenant(tenant_name)
    if days is not None:
        if follow or trigger or action or statuses or grep or since:
            raise UserError("--keep goes without --follow and what chooses executions: it shows none")
        tenant.log_days = days
        tenant.log.drop_old()
        kept = tenant.log_days
        done(f"the executions of '{tenant.name}' are kept for {kept} days", {"kept_days": kept}, as_json)
        return
    wanted = LogFilter(
        trigger=trigger,
        action=action,
        status=frozenset(statuses) or None,
        grep=grep or None,
        since=None if since is None else moment(since, utc=utc),
    )
    page = tenant.log.read(wanted, limit)
    _tell_damage(page.damaged, tenant)
    if not page.records:
        _check_action(tenant, action)
    if follow:
        _print_lines(page.records, as_json, utc)
        _follow(tenant, wanted, page.cursor, as_json, utc)
    elif as_json:
        print_json(page.records)
    elif page.records or limit == 0:
        _print_lines(page.records, as_json, utc)
    else:
        say("no executions" if wanted == LogFilter() else "no executions fit")


def moment(text: str, *, utc: bool) -> datetime:
    """The time meant by `--since`: so long ago, or an ISO 8601 time, local (or in UTC) without an offset.

    Raises UserError for anything else.
    """
    ago = _AGO.fullmatch(text.strip())
    try:
        if ago is not None:
            return datetime.now(UTC) - timedelta(**{_UNITS[ago[2]]: int(ago[1])})
        parsed = datetime.fromisoformat(text.strip())
        if parsed.tzinfo is None and utc:
            parsed = parsed.replace(tzinfo=UTC)
        return parsed.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise UserError(
            f"--since '{text}' is no time; write 30m, 2h, 7d or an ISO 8601 time such as 2026-01-20T08:00"
        ) from error


def _follow(tenant: Tenant, wanted: LogFilter, cursor: LogCursor, as_json: bool, utc: bool) -> None:
    """Print what comes, until the person has enough."""
    while True:
        time.sleep(POLL_S)
        page = tenant.log.tail(cursor, wanted)
        _tell_damage(page.damaged, tenant)
        _print_lines(page.records, as_json, utc)
        cursor = page.cursor


def _print_lines(records: list[LogRecord], as_json: bool, utc: bool) -> None:
    from actionsmith.cli.log_text import record_text

    for record in records:
        if as_json:
            print_json_line(record)
        else:
            print(record_text(record, utc=utc), flush=True)


def _check_action(tenant: Tenant, name: str | None) -> None:
    """Raises UserError for a name that neither the log nor the tenant knows: most likely a slip."""
    names = [action.name for action in tenant.actions()]
    if name is None or name in names:
        return
    if not tenant.log.read(LogFilter(action=name), 1).records:
        raise UserError(f"there is no Action '{name}' in this tenant or its log{did_you_mean(name, names)}")


def _tell_damage(lines: int, tenant: Tenant) -> None:
    if lines:
        what = "a damaged line" if lines == 1 else f"{lines} damaged lines"
        say(f"warning: passed over {what} in {tenant.log.folder}")
