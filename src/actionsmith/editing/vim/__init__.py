"""Vim keys as a machine without a screen: a key and a view of the text in, effects out (`machine.Vim`)."""
