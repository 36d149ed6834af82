"""`heeldrop impact`: what an edited content folder would change for the conversations there are."""

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from bot.checking.impact import changes
from bot.content.load import load_content
from bot.runtime import settings
from bot.store.looking import conversations_in


def run(argv: Sequence[str]) -> int:
    """Compare; 0 when nothing changes for anyone, 1 otherwise."""
    parser = argparse.ArgumentParser(prog="heeldrop impact", description=__doc__)
    parser.add_argument("edited", type=Path, help="the edited content folder")
    parser.add_argument("--content", type=Path, help="the content in use (default: the project's)")
    parser.add_argument("--data", type=Path, help="the data folder (default: HEELDROP_DATA)")
    given = parser.parse_args(list(argv))
    before, after = load_content(given.content), load_content(given.edited)
    folder = given.data or settings.read().data
    count, found = changes(before, after, conversations_in(folder), datetime.now(UTC))
    for change in found:
        sys.stdout.write(
            f"conversation {change.conversation}: {change.what}: {change.before} -> {change.after}\n"
        )
    touched = len({change.conversation for change in found})
    kinds = ", ".join(f"{what} {number}" for what, number in Counter(c.what for c in found).items())
    sys.stdout.write(
        f"{touched} of {count} conversations change" + (f" ({kinds})" if kinds else "") + ".\n"
    )
    return 1 if found else 0
