"""Actionsmith: a terminal development environment for identity Actions."""

__version__ = "0.1.0"
