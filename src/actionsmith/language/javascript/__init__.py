"""JavaScript, answered by TypeScript's native server, which knows the contract, Node.js and the packages."""

from actionsmith.language.javascript.server import ServerFiles
from actionsmith.language.javascript.service import JavaScriptService

__all__ = ["JavaScriptService", "ServerFiles"]
