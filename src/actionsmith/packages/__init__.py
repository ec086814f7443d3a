"""Dependencies of Actions: resolved, pinned, installed, kept. npm for JavaScript, PyPI for Python."""

from actionsmith.packages.spec import Installed, parse_spec
from actionsmith.packages.store import ensure, install, installed

__all__ = ["Installed", "ensure", "install", "installed", "parse_spec"]
