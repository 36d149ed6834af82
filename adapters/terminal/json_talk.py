"""Answering JSON lines: the headless chat.

Rule: every input line is answered by any number of message lines, at most one error line, and
exactly one done line, in that order, so a client always knows when a turn is over. Nothing that
comes in ends the chat.
"""

from collections.abc import Callable
from typing import Any

from adapters.terminal import wire
from adapters.terminal.commands import Puzzled, go
from adapters.terminal.moment import NotAMoment
from adapters.terminal.scene import NoSuchButton, NoSuchFile, Scene
from adapters.terminal.shown import Shown
from bot.content.problem import ContentError
from bot.store.errors import StoreError

Write = Callable[[dict[str, Any]], None]

_CODES: dict[type[Exception], str] = {
    NotAMoment: "not_a_moment",
    NoSuchButton: "no_such_button",
    NoSuchFile: "no_such_file",
    StoreError: "data_file",
    ContentError: "content",
}


class JsonTalk:
    """Answers one line after the other by writing objects."""

    def __init__(self, scene: Scene, write: Write) -> None:
        self._scene = scene
        self._write = write

    async def answer(self, raw: bytes) -> None:
        """Follow one line, or say why not; then say that it is done."""
        id_ = None
        try:
            request = wire.read(raw)
            id_ = request.id
            for shown in await self._follow(request):
                self._write({"message": shown.data()})
        except wire.Refused as refused:
            id_ = refused.id
            self._error(refused.code, refused.message, id_)
        except Exception as error:  # A client gets an answer whatever went wrong.
            code, words = _explain(error)
            self._error(code, words, id_)
        await self._done(id_)

    async def _follow(self, request: wire.Request) -> list[Shown]:
        scene, told = self._scene, str(request.argument)
        match request.verb:
            case "say":
                return await scene.say(told)
            case "tap":
                return await scene.tap(request.argument)
            case "skip":
                return await scene.skip(told)
            case "file":
                return await scene.file(told)
            case "restart":
                return await scene.restart()
            case "resume":
                return await scene.return_()
            case "as":
                self._go(told, request.place, request.id)
            case "in":
                self._go("", told, request.id)
        return []

    def _go(self, name: str, place: str, id_: Any) -> None:
        asked = go(name, place)
        if isinstance(asked, Puzzled):
            raise wire.Refused("bad_value", asked.why, id_)
        self._scene.go(asked.name, asked.place)

    def _error(self, code: str, words: str, id_: Any) -> None:
        error: dict[str, Any] = {"error": {"code": code, "message": words}}
        self._write(error if id_ is None else error | {"id": id_})

    async def _done(self, id_: Any) -> None:
        try:
            state = await self._scene.state()
        except Exception as error:  # The done line comes whatever went wrong.
            self._error(*_explain(error), id_)
            state = {}
        done: dict[str, Any] = {"done": True, "state": state}
        self._write(done if id_ is None else done | {"id": id_})


def _explain(error: Exception) -> tuple[str, str]:
    for kind, code in _CODES.items():
        if isinstance(error, kind):
            return code, str(error)
    return "failed", f"Heeldrop could not do that ({type(error).__name__}). Nothing said is lost."
