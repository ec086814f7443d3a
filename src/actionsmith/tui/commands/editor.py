"""What can be done in the editor, with code and with the JSON of an event."""

from __future__ import annotations

from collections.abc import Iterator

from actionsmith.tui.commands.command import Command


def _command(
    name: str, keys: str, does: str, title: str, help_: str = "", label: str = "", bar: int = 0
) -> Command:
    keys_ = tuple(keys.split(",")) if keys else ()
    return Command(f"editor.{name}", title, help_ or f"{title}.", keys_, label, bar, does=does)


def _movement() -> Iterator[Command]:
    """Cursor keys, each also with shift to select on the way."""
    for title, keys, does in (
        ("Up", "up", "cursor_up"),
        ("Down", "down", "cursor_down"),
        ("Left", "left", "cursor_left"),
        ("Right", "right", "cursor_right"),
        ("Word left", "ctrl+left", "cursor_word_left"),
        ("Word right", "ctrl+right", "cursor_word_right"),
        ("Start of line", "home", "cursor_line_start"),
        ("End of line", "end", "cursor_line_end"),
        ("Part of word left", "alt+left", "cursor_part_left"),
        ("Part of word right", "alt+right", "cursor_part_right"),
        ("Start of text", "ctrl+home", "text_start"),
        ("End of text", "ctrl+end", "text_end"),
    ):
        *held, key = keys.split("+")
        shifted = "+".join([*held, "shift", key])
        yield _evident(does, keys, does, title)
        yield _evident(f"{does}_select", shifted, f"{does}(True)", f"{title}, selecting")


def _evident(name: str, keys: str, does: str, title: str) -> Command:
    return Command(
        f"editor.{name}", title, f"{title}.", tuple(keys.split(",")), palette=False, does=does, evident=True
    )


COMMANDS: tuple[Command, ...] = (
    _command("complete", "ctrl+space,ctrl+@", "complete", "Complete", "Propose what fits at the caret."),
    _command(
        "hover",
        "alt+k",
        "ask('hover')",
        "Explain",
        "Show what is known about the name at the caret.",
        "Explain",
        17,
    ),
    _command("hint", "alt+s", "ask('hint')", "Parameters", "Show the parameters of the call at the caret."),
    _command("definition", "f12", "ask('definition')", "Go to definition"),
    _command(
        "references", "alt+u", "ask('references')", "List uses", "List the uses of the name at the caret."
    ),
    _command("back", "alt+v", "ask('back')", "Go back", "Go back to where the caret was before a jump."),
    _command(
        "problems",
        "ctrl+e",
        "ask('problems')",
        "Problems",
        "List what is wrong with the text.",
        "Problems",
        16,
    ),
    _command("fix", "alt+q", "ask('fix')", "Quick fix", "Offer what mends the faults of the line."),
    _command(
        "rename",
        "alt+r",
        "ask('rename')",
        "Rename name",
        "Give the name at the caret another name everywhere.",
    ),
    _command("format", "alt+t", "ask('format')", "Format text", "Lay the text out anew."),
    _command("toggle_comment", "ctrl+underscore,ctrl+slash", "edit('toggle_comment')", "Comment lines"),
    _command("move_lines_up", "alt+up", "edit('move_up')", "Move lines up"),
    _command("move_lines_down", "alt+down", "edit('move_down')", "Move lines down"),
    _command("duplicate_lines", "ctrl+d", "edit('duplicate')", "Duplicate lines"),
    _command("delete_lines", "ctrl+k,ctrl+shift+k", "edit('delete')", "Delete lines"),
    _command("indent", "", "edit('indent')", "Indent lines"),
    _command("dedent", "shift+tab", "edit('dedent')", "Dedent lines"),
    _command(
        "next_diagnostic",
        "alt+g",
        "next_diagnostic(1)",
        "Next fault",
        "Go to the next error, warning or hint, and tell what it says.",
    ),
    _command(
        "previous_diagnostic",
        "alt+shift+g",
        "next_diagnostic(-1)",
        "Previous fault",
        "Go to the error, warning or hint before the caret, and tell what it says.",
    ),
    _command(
        "fold", "alt+z", "fold", "Fold", "Hide the block at the caret behind its first line, or show it."
    ),
    _command(
        "fold_all",
        "alt+shift+z",
        "fold_all",
        "Fold everything",
        "Hide all outer blocks, or show all hidden ones.",
    ),
    _command("toggle_vim", "", "toggle_vim", "Toggle vim keys", "Write with the keys of vim, or without."),
    _command("undo", "ctrl+z,super+z", "undo", "Undo"),
    _command("redo", "ctrl+y,super+y", "redo", "Redo"),
    _command("select_all", "ctrl+a", "select_all", "Select everything"),
    _command("cut", "ctrl+x,super+x", "cut", "Cut"),
    _command("copy", "ctrl+c,super+c", "copy", "Copy"),
    _command("paste", "ctrl+v", "paste", "Paste"),
    _command("find", "ctrl+f", "find", "Find", "Find in the text.", "Find", 15),
    _command("replace", "ctrl+r", "replace", "Replace", "Find and replace."),
    _command("find_next", "alt+n", "find_next", "Find next", "Go to the next hit of the search or word."),
    _command(
        "find_previous",
        "alt+p",
        "find_previous",
        "Find previous",
        "Go to the hit before, of the search or word.",
    ),
    _command(
        "replace_occurrences",
        "alt+a",
        "replace_occurrences",
        "Replace all occurrences",
        "Replace the word or the selection everywhere.",
    ),
    _command("go_to_line", "ctrl+g", "go_to_line", "Go to line"),
    _command("go_to_symbol", "ctrl+l", "go_to_symbol", "Go to symbol", "Go to a function, class or member."),
    _command("jump", "alt+j", "jump", "Jump", "Go to a place in sight: type its letters, then its label."),
    _command(
        "go_to_bracket",
        "alt+y,ctrl+right_square_bracket",
        "edit('go_to_partner')",
        "Go to matching bracket",
    ),
    _command(
        "select_more", "alt+o", "select_more", "Select more", "Word, string, brackets, line, block, all."
    ),
    _command("select_less", "alt+i", "select_less", "Select less", "Back to what was selected before."),
    _command(
        "select_next_occurrence",
        "alt+d",
        "edit('next_occurrence')",
        "Select next occurrence",
        "Select the word, then the next place it stands.",
    ),
    _command(
        "select_previous_occurrence",
        "alt+shift+d",
        "edit('previous_occurrence')",
        "Select previous occurrence",
        "Select the word, then the place before.",
    ),
    _command("join_lines", "alt+shift+j", "edit('join')", "Join lines"),
    _command("sort_lines", "", "edit('sort')", "Sort lines"),
    _command("trim_lines", "", "edit('trim')", "Trim white space", "Take white space off the ends of lines."),
    _command("edit_outside", "alt+e", "edit_outside", "Open in $EDITOR", "Edit the text in your own editor."),
    _evident("delete_left", "backspace,shift+backspace", "delete_left", "Delete left"),
    _evident("delete_right", "delete", "delete_right", "Delete right"),
    _command(
        "delete_word_left", "ctrl+w,ctrl+backspace,alt+backspace", "delete_word_left", "Delete word left"
    ),
    _command("delete_word_right", "alt+delete,ctrl+delete", "delete_word_right", "Delete word right"),
    *_movement(),
    _evident("page_up", "pageup", "cursor_page_up", "Page up"),
    _evident("page_down", "pagedown", "cursor_page_down", "Page down"),
)
