"""The `heeldrop` command. A placeholder: it only lists the commands to come."""

import argparse
import sys
from collections.abc import Sequence

COMMANDS = {
    "chat": "talk to Heeldrop in this terminal",
    "check": "check the content and walk every path",
    "decide": "facts as JSON in, decision as JSON out",
    "doctor": "say what is configured, reachable and writable",
    "graph": "draw the decisions as a diagram",
    "impact": "say what a changed content folder would change",
    "run": "start the platforms that have a token",
}


def main(argv: Sequence[str] | None = None) -> int:
    """List the commands; return 0, or 2 when asked for one that is not there yet."""
    parser = argparse.ArgumentParser(prog="heeldrop")
    commands = parser.add_subparsers(dest="command", metavar="command")
    for name, summary in COMMANDS.items():
        commands.add_parser(name, help=summary)
    chosen = parser.parse_args(argv).command
    if chosen is None:
        parser.print_help()
        return 0
    sys.stderr.write(f"heeldrop {chosen}: not here yet\n")
    return 2
