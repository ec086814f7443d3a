"""No command of the registry is without a row that tests its keys."""

from __future__ import annotations

import test_every_key_asking
import test_every_key_dialogs
import test_every_key_editing
import test_every_key_find
import test_every_key_flow
import test_every_key_log
import test_every_key_panes
import test_every_key_workbench

from actionsmith.tui.actions import BY_ID

TABLES = (
    test_every_key_asking.ROWS,
    test_every_key_dialogs.ROWS,
    test_every_key_editing.ROWS,
    test_every_key_find.ROWS,
    test_every_key_flow.ROWS,
    test_every_key_flow.SUSPENDED,
    test_every_key_log.ROWS,
    test_every_key_panes.ROWS,
    test_every_key_workbench.ROWS,
    test_every_key_workbench.LEAVING,
)


def test_every_command_has_one_row() -> None:
    rows = [command_id for table in TABLES for command_id in table]
    assert sorted(rows) == sorted(BY_ID)
