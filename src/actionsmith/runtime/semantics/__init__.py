"""What every api method means, once, for both languages: no processes, no files, no clock of its own."""

from actionsmith.runtime.semantics.answers import UNDEFINED, Answer, ApiError, Undefined
from actionsmith.runtime.semantics.cache import Cache
from actionsmith.runtime.semantics.methods import asks, has_effect, plain_arguments
from actionsmith.runtime.semantics.transaction import Transaction

__all__ = [
    "UNDEFINED",
    "Answer",
    "ApiError",
    "Cache",
    "Transaction",
    "Undefined",
    "asks",
    "has_effect",
    "plain_arguments",
]
