"""An execution as rows of text: what the result view shows. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import UnsetType
from textual.content import Content
from textual.style import Style

from actionsmith.json_text import json_text
from actionsmith.runtime.execution import ActionError, Command, ConsoleLine, Coverage, Execution, Stats
from actionsmith.runtime.host_kind import Language
from actionsmith.triggers.naming import python_path
from actionsmith.tui.plain_text import one_line, size
from actionsmith.tui.running.request_rows import request_rows
from actionsmith.tui.themes import Syntax
from actionsmith.tui.widgets.row_view import Row
from actionsmith.visible import visible

STATUS_STYLES = {
    "running": "$accent",
    "completed": "$success",
    "denied": "$warning",
    "suspended": "$accent",
    "failed": "$error",
    "timed_out": "$error",
    "crashed": "$error",
    "stopped": "$warning",
}
STATUS_WORDS = {"timed_out": "timed out"}
LEVEL_STYLES = {"warn": "$warning", "error": "$error", "debug": "$text-muted", "trace": "$text-muted"}

LINE_COLUMN = 6
FIGURE_COLUMN = 13
JSON_SHOWN = 20_000
JSON_WIDTH = 48
"""What the view has room for on a screen of 160 columns; elsewhere lines are wrapped."""
SHOWN_LINES = 2_000
GO_THERE = "enter or a click goes there"


def duration(milliseconds: float) -> str:
    """`0.42 ms`, `18 ms`, `3.2 s`."""
    if milliseconds >= 1000:
        return f"{milliseconds / 1000:.1f} s"
    return f"{milliseconds:.0f} ms" if milliseconds >= 10 else f"{milliseconds:.2g} ms"


def heading(title: str, count: int | None = None) -> list[Row]:
    """An empty row and the title of a section."""
    text = Content.assemble((title, "$primary bold"), (f" {count}" if count else "", "$text-muted"))
    return [Row(Content("")), Row(text)]


def command_row(command: Command, language: Language) -> Row:
    """`api.multifactor.enable("any")`, with its line in front; calls without effect are dimmed.

    Of a call that was refused it is said why.
    """
    path = python_path(command.path) if language == "python" else command.path
    args = ", ".join(compact_json(argument) for argument in command.args)
    if command.effect:
        text = Content.assemble("api.", (path, "bold"), (f"({args})", "$foreground"))
    else:
        text = Content.styled(f"api.{path}({args})", "$text-muted")
    if command.refusal:
        text = Content.assemble(text, (f"  refused: {visible(command.refusal)}", "$error"))
    return _placed(text, command.line)


def console_row(line: ConsoleLine) -> Row:
    """One console line, in the colour of its level."""
    style = LEVEL_STYLES.get(line.level, "")
    return _placed(Content.styled(visible(line.text), style), line.line)


def result_rows(execution: Execution, syntax: Syntax, *, hint: str = GO_THERE) -> list[Row]:
    """All sections of an execution that have something to say. `hint` says how to get to an error."""
    rows: list[Row] = []
    if execution.error is not None:
        rows += error_rows(execution.error, hint)
    rows += warning_rows(execution.warnings)  # such as a claim that was left out: not to be overlooked
    rows += heading("Commands", len(execution.commands))
    rows += _limited([command_row(command, execution.language) for command in execution.commands])
    if not execution.commands:
        rows.append(_note("The Action called nothing of api."))
    if execution.outcome:
        rows += [*heading("Outcome"), *outcome_rows(execution.outcome, syntax)]
    if execution.console:
        rows += heading("Console", len(execution.console))
        rows += _limited([console_row(line) for line in execution.console])
    if execution.http:
        rows += heading("Requests", len(execution.http))
        rows += _limited(request_rows(execution.http))
    rows += [*heading("Figures"), *_figures(execution.stats), *_coverage_rows(execution.coverage)]
    return rows[1:]


def stopped_rows(happened: Sequence[Command | ConsoleLine], language: Language) -> list[Row]:
    """What a run had done when it was stopped."""
    rows = [Row(Content.styled("The run was stopped.", "$text-muted"))]
    commands = [command_row(item, language) for item in happened if isinstance(item, Command)]
    console = [console_row(item) for item in happened if isinstance(item, ConsoleLine)]
    if commands:
        rows += [*heading("Commands", len(commands)), *_limited(commands)]
    if console:
        rows += [*heading("Console", len(console)), *_limited(console)]
    return rows


def error_rows(error: ActionError, hint: str = GO_THERE) -> list[Row]:
    """Name, message and place of an error; its rows lead to the line."""
    where = "" if error.line is None else f"line {error.line}"
    if where and error.column is not None:
        where += f", column {error.column}"
    text = Content.assemble((f"{error.name}: ", "$error bold"), (visible(error.message), "$error"))
    rows = [*heading("Error"), _placed(text, error.line)]
    if where:
        text = Content.styled(f"{where} · {hint}", "$text-muted")
        rows.append(Row(text, indent=LINE_COLUMN, line=error.line))
    return rows


def warning_rows(warnings: Iterable[str]) -> list[Row]:
    """The section of warnings, or nothing."""
    rows = [
        Row(Content(visible(text)), Content.styled("    ! ", "$warning"), LINE_COLUMN) for text in warnings
    ]
    return [*heading("Warnings", len(rows)), *_limited(rows)] if rows else []


def outcome_rows(outcome: dict[str, Any], syntax: Syntax) -> list[Row]:
    """The outcome as highlighted JSON; each row is a line of it."""
    text = visible(json_text(outcome, JSON_WIDTH))
    cut = text[:JSON_SHOWN]
    rows = [_json_row(line) for line in highlighted_json(cut, syntax).split("\n")]
    if cut != text:
        rows.append(_note(f"{len(text) - len(cut):,} more characters; copy the result to see them."))
    return rows


def _json_row(line: Content) -> Row:
    """A line of JSON; what does not fit goes on below its first letter."""
    depth = len(line.plain) - len(line.plain.lstrip(" "))
    return Row(line[depth:], indent=2 + depth)


def highlighted_json(text: str, syntax: Syntax) -> Content:
    """JSON text in the colours of the code."""
    from pygments.lexers.data import JsonLexer  # the first screen has no result yet

    lexer = JsonLexer(stripnl=False, ensurenl=False)
    return Content.assemble(
        *((part, _syntax_style(str(token), syntax)) for token, part in lexer.get_tokens(text))
    )


def compact_json(value: Any) -> str:
    """A value on one line, as it would be written in code."""
    return one_line(json.dumps(value, ensure_ascii=False))


def _syntax_style(token: str, syntax: Syntax) -> Style:
    name = token.removeprefix("Token").removeprefix(".")
    while name:
        if name in syntax:
            return Style.from_rich_style(syntax[name])
        name = name.rpartition(".")[0]
    return Style.null()


def _placed(text: Content, line: int | None) -> Row:
    margin = Content.styled(f"{line:>4}  " if line is not None else " " * LINE_COLUMN, "$text-muted")
    return Row(text, margin, LINE_COLUMN, line)


def _note(text: str) -> Row:
    return Row(Content.styled(text, "$text-muted"), indent=LINE_COLUMN)


def _limited(rows: list[Row]) -> list[Row]:
    hidden = len(rows) - SHOWN_LINES
    if hidden <= 0:
        return rows
    return [*rows[:SHOWN_LINES], _note(f"{hidden:,} more; copy the result to see them.")]


def _figures(stats: Stats) -> list[Row]:
    facts = {
        "handler": duration(stats.duration_ms),
        "host": duration(stats.host_ms),
        "processor": duration(stats.cpu_ms),
        "memory": size(stats.memory_bytes),
    }
    rows = [figure_row(name, figure) for name, figure in facts.items()]
    if stats.confinement:
        rows.append(figure_row("confined", confinement_text(stats.confinement)))
    return rows


def _coverage_rows(coverage: Coverage | UnsetType) -> list[Row]:
    """How much of the code ran, when that is known."""
    if not isinstance(coverage, Coverage):
        return []
    ran, missed = len(coverage.ran), len(coverage.missed)
    return [figure_row("ran", f"{ran:,} of {ran + missed:,} lines")]


def figure_row(name: str, figure: str | Content) -> Row:
    """A name in the margin and its figure."""
    return Row(Content.assemble(figure), Content.styled(f"  {name}", "$text-muted"), FIGURE_COLUMN)


def confinement_text(confinement: dict[str, str]) -> Content:
    """`files: landlock · memory: kernel limit`; what nothing enforces comes first and stands out."""
    from actionsmith.runtime.confinement import NOT_ENFORCED  # with the first result, not at the start

    facts = sorted(confinement.items(), key=lambda fact: fact[1] != NOT_ENFORCED)
    return Content(" · ").join(
        Content.styled(one_line(f"{name}: {means}"), "$warning" if means == NOT_ENFORCED else "")
        for name, means in facts
    )
