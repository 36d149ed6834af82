"""A deadline for the core: a turn that does not come to an end is stopped.

Rule: the core is plain computing, so nothing else can run while it does. A timer of the operating
system interrupts it; where there is none (Windows, or off the main thread), it is not interrupted.
"""

import signal
import threading
from types import FrameType


class TurnTooLongError(Exception):
    """The turn took longer than it may."""


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise TurnTooLongError


class Deadline:
    """Raises TurnTooLongError inside its block if that takes longer. 0 seconds: no deadline."""

    __slots__ = ("_seconds",)
    _installed = False

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds if hasattr(signal, "setitimer") else 0.0

    def __enter__(self) -> None:
        if not self._seconds or threading.current_thread() is not threading.main_thread():
            return
        if not Deadline._installed:
            signal.signal(signal.SIGALRM, _stop)
            Deadline._installed = True
        signal.setitimer(signal.ITIMER_REAL, self._seconds)

    def __exit__(self, *error: object) -> None:
        if self._seconds and threading.current_thread() is threading.main_thread():
            signal.setitimer(signal.ITIMER_REAL, 0)
