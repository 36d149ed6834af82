"""`heeldrop chat`: which kind of chat this terminal can have, and how it begins and ends.

Rule: a data folder or content that cannot be used is one clear message and exit code 2, with
nothing changed. Anything else that ends a chat loses nothing.
"""

import asyncio
import os
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from adapters.terminal import session, words
from adapters.terminal.json_help import JSON_HELP
from adapters.terminal.options import Options, read
from adapters.terminal.plain import PlainScreen
from adapters.terminal.saved_files import FILES
from adapters.terminal.scene import Scene
from adapters.terminal.shown import local
from adapters.terminal.stage import HISTORY, Core, Stage
from adapters.terminal.talk import Screen, Talk
from bot.content.problem import ContentError
from bot.store.errors import StoreError

DUMB = ("dumb", "unknown")
MOST_PROBLEMS = 10


def main(argv: Sequence[str], load: Callable[[], Core] | None = None) -> int:
    """Chat as the command line asks; the exit code. `load` brings another core, for tests."""
    if "--json" in argv and {"-h", "--help"} & set(argv):
        sys.stdout.write(JSON_HELP)
        return 0
    options = read(argv)
    _speak_plainly(options)
    try:
        with _folder(options) as settled:
            asyncio.run(_chat(settled, load))
    except StoreError as error:
        return _refuse(str(error))
    except ContentError as error:
        return _refuse(_content_trouble(error))
    except BrokenPipeError:
        # Whoever read along has left: nothing more can be said, and nothing is lost.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (KeyboardInterrupt, asyncio.CancelledError):
        return 130
    return 0


async def _chat(options: Options, load: Callable[[], Core] | None) -> None:
    task = asyncio.current_task()
    if task:
        with suppress(NotImplementedError):  # Windows has no such signal handlers.
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    stage = await Stage.open(options, load)
    try:
        scene = Scene(stage, options.zone)
        if options.json:
            await session.json_lines(scene)
        else:
            await _typed(options, stage, scene)
    finally:
        await stage.close()


async def _typed(options: Options, stage: Stage, scene: Scene) -> None:
    asked = sys.stdin.isatty() and sys.stdout.isatty()
    capable = asked and not options.plain and os.environ.get("TERM", "dumb") not in DUMB
    screen = _screen(options, capable=capable)
    talk = Talk(scene, screen, options.data / FILES)
    if asked:
        clock = local(stage.now, options.zone) if stage.moved else ""
        screen.note(words.first_screen(str(stage.data_file), clock, fresh=options.fresh))
        await talk.welcome()
    if capable:
        await session.terminal(talk, options.data / HISTORY)
    else:
        await session.plain(talk, ask=asked)
    if asked:
        screen.note([words.GONE if options.fresh else words.BYE])


def _screen(options: Options, *, capable: bool) -> Screen:
    if not capable:
        return PlainScreen(options.zone)
    from adapters.terminal.screen import RichScreen  # noqa: PLC0415 - piped chats do without

    return RichScreen(options.zone)


@contextmanager
def _folder(options: Options) -> Iterator[Options]:
    """The options with a data folder that is there: the named one, or a temporary one."""
    if not options.fresh:
        yield options
        return
    with tempfile.TemporaryDirectory(prefix="heeldrop-", ignore_cleanup_errors=True) as folder:
        yield replace(options, data=Path(folder))


def _speak_plainly(options: Options) -> None:
    """Let no character that a terminal lacks be an error; JSON is UTF-8 everywhere."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace", **({"encoding": "utf-8"} if options.json else {}))


def _content_trouble(error: ContentError) -> str:
    lines = [str(problem) for problem in error.problems[:MOST_PROBLEMS]]
    more = len(error.problems) - len(lines)
    if more > 0:
        lines.append(f"and {more} more: heeldrop check lists them all.")
    return "\n".join(["The content cannot be used as it is.", *lines])


def _refuse(why: str) -> int:
    sys.stderr.write(f"{why}\n")
    return 2
