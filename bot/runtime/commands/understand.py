"""`heeldrop understand`. Not here yet."""

import sys
from collections.abc import Sequence


def run(argv: Sequence[str]) -> int:
    """Say that it is not here yet."""
    del argv
    sys.stderr.write("heeldrop understand is not here yet.\n")
    return 2
