"""The `heeldrop` command: one small module for each of its commands.

Rule: a command's module is loaded only when it is asked for, so that `heeldrop chat` starts at once.
Each has `run(argv) -> exit code`. Nobody is shown a traceback: what went wrong is one sentence
(HEELDROP_DEBUG=1 shows the rest).
"""

import sys
from collections.abc import Sequence

COMMANDS = {
    "chat": "talk to Heeldrop in this terminal",
    "run": "start the platforms that have a token",
    "check": "check the content and walk every path",
    "decide": "facts as JSON in, decision as JSON out",
    "graph": "draw the decisions as a diagram",
    "impact": "say what a changed content folder would change",
    "preview": "show the scripted conversations as they read now",
    "understand": "say what is read in a sentence",
    "donated": "list the misread sentences that runners gave, or make tests of them",
    "doctor": "say what is configured, reachable, writable, and what went wrong",
    "restore": "bring back a backup of the data",
    "simulate": "run months of a made-up world and check the promises",
}

FAILED = 1
MISUSED = 2
INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code: 0 well, 1 something is wrong, 2 asked wrongly."""
    given = list(sys.argv[1:] if argv is None else argv)
    if not given or given[0] in {"-h", "--help", "help"}:
        sys.stdout.write(usage())
        return 0 if given else MISUSED
    if given[0] in {"-V", "--version", "version"}:
        return _version()
    name, *rest = given
    if name not in COMMANDS:
        from difflib import get_close_matches  # noqa: PLC0415 - only needed here

        close = get_close_matches(name, COMMANDS, 1)
        hint = f" Did you mean: heeldrop {close[0]}?" if close else ""
        sys.stderr.write(f'There is no command "{name}".{hint}\n\n{usage()}')
        return MISUSED
    return _run(name, rest)


def usage() -> str:
    """The list of commands."""
    lines = [f"  {name:<11} {summary}" for name, summary in COMMANDS.items()]
    return "\n".join(
        ["Usage: heeldrop COMMAND [options]", "", *lines, "", "More: heeldrop COMMAND --help", ""]
    )


def _version() -> int:
    from importlib.metadata import version  # noqa: PLC0415 - slow to load

    sys.stdout.write(f"heeldrop {version('heeldrop')}\n")
    return 0


def _run(name: str, argv: Sequence[str]) -> int:
    from importlib import import_module  # noqa: PLC0415 - only when a command runs

    try:
        code: int = import_module(f"bot.runtime.commands.{name}").run(argv)
    except KeyboardInterrupt:
        sys.stderr.write("\n")
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has gone, as `head` does.
        sys.stderr.close()
        return 0
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else FAILED
    except Exception as error:
        from bot.runtime.commands.problems import explained  # noqa: PLC0415 - only when needed

        sys.stderr.write(explained(name, error))
        return FAILED
    return code
