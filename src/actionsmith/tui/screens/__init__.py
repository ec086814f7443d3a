"""Screens: they wire widgets to use cases."""
