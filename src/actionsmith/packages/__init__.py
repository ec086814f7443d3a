"""Dependencies of Actions: resolved, pinned, installed, kept. npm for JavaScript, PyPI for Python."""

from actionsmith.packages.spec import Installed, parse_spec
from actionsmith.packages.store import ensure, install, kept
from actionsmith.packages.tool import UnreachableError, end_tools

__all__ = ["Installed", "UnreachableError", "end_tools", "ensure", "install", "kept", "parse_spec"]
