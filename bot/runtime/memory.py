"""The garbage collector, told what stays.

Rule: the content, the words and the code that are there once Heeldrop has started live as long as it
does. Looking through them again and again for garbage took a fifth of the time of a busy tick.
"""

import gc

_NEW_OBJECTS = 10_000
"""How many objects may come to be before the young ones are looked through (Python's own: 700)."""


def settle() -> None:
    """Leave all that is loaded now out of later searches for garbage. Called once, after the start."""
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS, 20, 20)
