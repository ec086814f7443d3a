"""What all attacks of the Python Action share."""

import ctypes
import os

ATTACKS = {}
libc = ctypes.CDLL(None, use_errno=True)


def attack(function):
    """An attack returns something true when it has got what it wanted."""
    ATTACKS[function.__name__] = function
    return function


def attempt(function, at):
    """Attack, and tell how it went."""
    try:
        gained = function(at)
    except BaseException as error:
        return f"refused: {error!r}"
    return f"SUCCEEDED: {gained!r:.200}" if gained else "refused: got nothing"


def succeeded(answer):
    """True, or the error of a C function as an exception."""
    if answer == -1:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return True


def leave(pid):
    """The child ends, the parent has succeeded."""
    if pid == 0:
        libc._exit(0)
    return succeeded(pid)
