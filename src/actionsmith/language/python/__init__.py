"""The language service for Python: jedi and ruff in a process of its own, and the client that asks it."""
