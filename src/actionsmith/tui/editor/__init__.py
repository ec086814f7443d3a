"""The code editor: painting, keys, completion. What a key does to a text is in `actionsmith.editing`."""
