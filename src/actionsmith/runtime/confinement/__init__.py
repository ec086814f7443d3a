"""What keeps an Action in its place: files, programs, other processes, network, memory, time.

The kernel of Linux holds a host from before its first instruction (`start`): Landlock for files and signals,
a filter of system calls (seccomp) for the rest. Node.js permissions and, in Python, an audit hook come on
top, and are all there is on other systems. `Stats.confinement` says what held a run.
"""

from actionsmith.runtime.confinement.limits import limit_processor_time
from actionsmith.runtime.confinement.places import name_servers
from actionsmith.runtime.confinement.refusals import explanation
from actionsmith.runtime.confinement.starting import NOT_ENFORCED, Started, start

__all__ = ["NOT_ENFORCED", "Started", "explanation", "limit_processor_time", "name_servers", "start"]
