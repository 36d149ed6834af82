"""A deadline for the core: a turn that does not come to an end is stopped.

Rule: the core is plain computing, so nothing else can run while it does. A timer of the operating
system interrupts it; where there is none (Windows, or off the main thread), it is not interrupted.
"""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class TurnTooLongError(Exception):
    """The turn took longer than it may."""


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise TurnTooLongError


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Raise TurnTooLongError inside the block if it takes longer. 0 means no deadline."""
    usable = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    if not seconds or not usable:
        yield
        return
    _install()
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _install() -> None:
    if signal.getsignal(signal.SIGALRM) is not _stop:
        signal.signal(signal.SIGALRM, _stop)
