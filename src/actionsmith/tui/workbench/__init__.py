"""The parts of the workbench that are no widgets: its tabs, its languages, its ways to other screens."""
