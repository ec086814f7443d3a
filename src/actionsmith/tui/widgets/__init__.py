"""Widgets: each owns its display and posts messages; screens wire them."""
