"""The three ways to feed a chat: a real terminal, plain lines, JSON lines.

Rule: each ends at the end of its input, and nothing is lost then, because every turn is stored
before it is answered.
"""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from adapters.terminal import wire
from adapters.terminal.json_talk import JsonTalk
from adapters.terminal.lines import lines
from adapters.terminal.scene import Scene
from adapters.terminal.talk import Talk

LONGEST_TYPED = 200_000
"""Bytes of one typed line that are read; the rest is dropped."""
TICK_S = 1.0


async def terminal(talk: Talk, history: Path) -> None:
    """Chat in a real terminal until the person leaves."""
    # One line of input needs no questions to the terminal about where its cursor is.
    os.environ.setdefault("PROMPT_TOOLKIT_NO_CPR", "1")
    from prompt_toolkit.patch_stdout import patch_stdout  # noqa: PLC0415 - piped chats do without

    from adapters.terminal.prompt import Prompt  # noqa: PLC0415

    scene = talk.scene
    prompt = Prompt(history, lambda: [key.button.label for key in scene.board])
    ticking = asyncio.create_task(_tick(talk))
    try:
        going = True
        while going:
            with patch_stdout(raw=True):
                typed = await prompt.read(speaker(scene))
            going = typed is not None and await talk.line(typed)
    finally:
        ticking.cancel()
        with suppress(asyncio.CancelledError):
            await ticking


async def plain(talk: Talk, *, ask: bool) -> None:
    """Chat in plain lines until they end. `ask` writes who is asked before each line."""
    ticking = asyncio.create_task(_tick(talk)) if ask else None
    arriving = lines(sys.stdin.fileno(), LONGEST_TYPED)
    try:
        while True:
            if ask:
                sys.stdout.write(f"{speaker(talk.scene)}> ")
                sys.stdout.flush()
            raw = await anext(arriving, None)
            if raw is None or not await talk.line(raw.decode(errors="replace")):
                return
    finally:
        if ticking:
            ticking.cancel()


async def json_lines(scene: Scene, arriving: AsyncIterator[bytes] | None = None) -> None:
    """Answer JSON lines until they end."""
    talk = JsonTalk(scene, _write)
    async for raw in arriving or lines(sys.stdin.fileno(), wire.LONGEST_LINE):
        await talk.answer(raw)


def speaker(scene: Scene) -> str:
    """Who is asked for a line: "you", or "member-2 in #runs"."""
    return scene.me if scene.where.private else f"{scene.me} in {scene.here}"


def _write(data: dict[str, Any]) -> None:
    sys.stdout.write(wire.line(data) + "\n")
    sys.stdout.flush()


async def _tick(talk: Talk) -> None:
    while True:
        await asyncio.sleep(TICK_S)
        # A moment's trouble with the file is met again, and said, at the next line.
        with suppress(Exception):
            await talk.tick()
