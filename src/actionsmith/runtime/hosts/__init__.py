"""Hosts: one thin program per language, and the process that carries it."""
