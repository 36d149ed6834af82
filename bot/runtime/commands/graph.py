"""`heeldrop graph`: the decision flow as Mermaid, drawn from the content."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from bot.checking.graph import mermaid, page
from bot.content.load import load_content


def run(argv: Sequence[str]) -> int:
    """Print the diagram."""
    parser = argparse.ArgumentParser(prog="heeldrop graph", description=__doc__)
    parser.add_argument("--content", type=Path, help="another content folder")
    parser.add_argument("--page", action="store_true", help="as a page of the documentation")
    given = parser.parse_args(list(argv))
    content = load_content(given.content)
    sys.stdout.write(page(content) if given.page else mermaid(content))
    return 0
