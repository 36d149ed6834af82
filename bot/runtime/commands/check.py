"""`heeldrop check`. Not here yet."""

import sys
from collections.abc import Sequence


def run(argv: Sequence[str]) -> int:
    """Say that it is not here yet."""
    del argv
    sys.stderr.write("heeldrop check is not here yet.\n")
    return 2
