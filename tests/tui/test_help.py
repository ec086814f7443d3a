"""The list of all keys."""

from __future__ import annotations

from actionsmith.tui.screens.help import help_rows


def test_no_keys_run_into_what_they_do() -> None:
    rows = help_rows("workbench")
    long = [row for row in rows if row.indent and row.margin.cell_length >= row.indent]
    assert all(not row.text for row in long)
    assert all(rows[rows.index(row) + 1].text for row in long)
