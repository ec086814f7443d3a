"""Dependencies of Actions: resolved, pinned, installed, kept. npm for JavaScript, PyPI for Python."""

from actionsmith.packages.spec import Installed, parse_spec
from actionsmith.packages.store import ensure, install, kept

__all__ = ["Installed", "ensure", "install", "kept", "parse_spec"]
