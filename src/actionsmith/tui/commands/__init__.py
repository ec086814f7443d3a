"""The tables of commands, one module per part of the screen; `tui.actions` is the registry of all."""
