"""The log of a tenant's executions: one file a day, appended to by any number of processes."""

from actionsmith.tenant.log.log import Log
from actionsmith.tenant.log.reading import LogCursor, LogFilter, LogPage
from actionsmith.tenant.log.record import LoggedAction, LogRecord

__all__ = ["Log", "LogCursor", "LogFilter", "LogPage", "LogRecord", "LoggedAction"]
