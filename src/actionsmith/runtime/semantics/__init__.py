"""What every api method means, once, for both languages: no processes, no files, no clock of its own."""

from actionsmith.runtime.semantics.answers import UNDEFINED, Answer, ApiError, Undefined
from actionsmith.runtime.semantics.cache import Cache
from actionsmith.runtime.semantics.ledger import GivenEvent
from actionsmith.runtime.semantics.methods import asks, has_effect, plain_arguments
from actionsmith.runtime.semantics.transaction import Transaction
from actionsmith.runtime.semantics.unread_event import UnreadEvent

__all__ = [
    "UNDEFINED",
    "Answer",
    "ApiError",
    "Cache",
    "GivenEvent",
    "Transaction",
    "Undefined",
    "UnreadEvent",
    "asks",
    "has_effect",
    "plain_arguments",
]
