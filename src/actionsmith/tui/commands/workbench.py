"""What can be done on the workbench as a whole and in its list of Actions."""

from __future__ import annotations

from actionsmith.tui.commands.command import Command

COMMANDS: tuple[Command, ...] = (
    Command(
        "workbench.run", "Run draft", "Run the draft with the event; again: run anew.", ("f5",), "Run", 1
    ),
    Command("workbench.stop", "Stop the run", "Stop the Action that is running.", ("escape",), "Stop", 2),
    Command(
        "workbench.toggle_run_on_save",
        "Run on save",
        "Whether the draft runs each time it is saved; again: back.",
    ),
    Command("workbench.save", "Save draft", "Save the code of the draft.", ("ctrl+s",), "Save", 7),
    Command(
        "workbench.merge",
        "Merge with what was saved elsewhere",
        "Bring your text together with the one that another program saved, or choose one of them.",
        ("alt+m",),
        "Merge",
        3,
    ),
    Command("workbench.deploy", "Deploy", "Make a version of the draft and deploy it.", ("f8",), "Deploy", 8),
    Command(
        "workbench.open_flow", "Flow", "Order the Actions of a trigger and run them.", ("f7",), "Flow", 10
    ),
    Command(
        "workbench.new_action",
        "New Action",
        "Make a new Action, blank or from a sample.",
        ("f9", "ctrl+n"),
        "New",
        11,
    ),
    Command("actions.rename", "Rename Action", "Give the Action another name.", ("r",), "Rename", 3),
    Command(
        "actions.delete",
        "Delete Action",
        "Delete the Action and its versions.",
        ("d", "delete"),
        "Delete",
        4,
    ),
)
