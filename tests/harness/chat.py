"""A headless client of the terminal chat, for tests and for scripts.

Two ways, one interface: `Chat.here` runs the application in this process, `Chat.process` starts
another one. Both speak the JSON lines of docs/json-chat.md. Every deed returns the messages it led
to, `chat.last` keeps them, and `chat.state` is the state after it.
"""

import asyncio
import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Protocol, Self

from adapters.terminal.json_talk import JsonTalk
from adapters.terminal.options import read
from adapters.terminal.scene import Scene
from adapters.terminal.stage import Core, Stage

ROOT = Path(__file__).parents[2]
_MAIN = "import sys; from bot.runtime.commands import main; sys.exit(main())"
PROGRAM = (sys.executable, "-c", _MAIN, "chat")


def environment(**changes: str) -> dict[str, str]:
    """This process's environment, without what would change the chat."""
    left_out = {"HEELDROP_DATA", "NO_COLOR", "COLUMNS", "LINES", "TZ"}
    return {name: value for name, value in os.environ.items() if name not in left_out} | changes


class ChatError(AssertionError):
    """The chat refused a line. `code` is the protocol's."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message


class Heard:
    """One message, with its fields as attributes. `data` is the JSON object."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.data = data
        self.text: str = data["text"]
        self.kind: str = data["kind"]
        self.urgent: bool = data["urgent"]
        self.audience: str = data["audience"]
        self.at: str = data["at"]
        self.to: str = data["to"]
        self.place: str = data["in"]
        self.labels: list[str] = [button["label"] for button in data["buttons"]]
        self.tokens: list[str] = [button["token"] for button in data["buttons"]]

    def __repr__(self) -> str:
        """The words and the buttons, for failed asserts."""
        return f"<{self.kind or 'message'}: {self.text!r} {self.labels}>"


class Line(Protocol):
    """How lines get to a chat and back."""

    def ask(self, request: dict[str, Any]) -> Iterable[dict[str, Any]]:
        """The output lines of one input line, the done line last."""

    def close(self) -> None:
        """End the chat in good order."""


class Chat:
    """One chat. Use it in a `with` block, or call `close`."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self.last: list[Heard] = []
        self.state: dict[str, Any] = {}

    @classmethod
    def here(cls, folder: Path, *options: str, load: Callable[[], Core] | None = None) -> "Chat":
        """A chat in this process, with its data in `folder`. Not for use inside an event loop."""
        return cls(Here(["--data", str(folder), *options], load))

    @classmethod
    def process(cls, folder: Path, *options: str, program: Sequence[str] = PROGRAM) -> "Chat":
        """A chat in another process, with its data in `folder`."""
        return cls(Process([*program, "--json", "--data", str(folder), *options]))

    def say(self, text: str) -> list[Heard]:
        """Say something."""
        return self._do({"say": text})

    def tap(self, wanted: str | int) -> list[Heard]:
        """Press a button: by token, by label, or by its number from 1."""
        return self._do({"tap": wanted})

    def skip(self, how_far: str) -> list[Heard]:
        """Move the clock: "18h", "until sat 9:00"."""
        return self._do({"skip": how_far})

    def as_(self, name: str, place: str = "") -> list[Heard]:
        """Be someone, and perhaps somewhere else."""
        return self._do({"as": name, "in": place} if place else {"as": name})

    def in_(self, place: str) -> list[Heard]:
        """Be somewhere: "#runs" or "private"."""
        return self._do({"in": place})

    def file(self, path: Path | str) -> list[Heard]:
        """Drop a file."""
        return self._do({"file": str(path)})

    def restart(self) -> list[Heard]:
        """Close everything and open it again from the file."""
        return self._do({"restart": True})

    def resume(self) -> list[Heard]:
        """Come back after having been away."""
        return self._do({"resume": True})

    def look(self) -> dict[str, Any]:
        """The state now."""
        self._do({"state": True})
        return self.state

    def close(self) -> None:
        """End the chat."""
        self._line.close()

    def kill(self) -> None:
        """End another process's chat as a power cut would."""
        assert isinstance(self._line, Process)
        self._line.kill()

    @property
    def text(self) -> str:
        """The words of the last answer, all messages in one."""
        return "\n\n".join(heard.text for heard in self.last)

    @property
    def labels(self) -> list[str]:
        """The labels of the buttons in the last answer."""
        return [label for heard in self.last for label in heard.labels]

    def __enter__(self) -> Self:
        """The chat itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """End the chat."""
        self.close()

    def _do(self, request: dict[str, Any]) -> list[Heard]:
        lines = list(self._line.ask(request))
        self.last = [Heard(line["message"]) for line in lines if "message" in line]
        self.state = lines[-1]["state"]
        for line in lines:
            if "error" in line:
                raise ChatError(line["error"]["code"], line["error"]["message"])
        return self.last


class Here:
    """A chat in this process. What is said is not checked as a line: tests may say anything."""

    def __init__(self, options: list[str], load: Callable[[], Core] | None) -> None:
        self._runner = asyncio.Runner()
        settled = read([*options, "--json"])
        try:
            self._stage = self._runner.run(Stage.open(settled, load))
        except BaseException:
            self._runner.close()
            raise
        self._scene = Scene(self._stage, settled.zone)

    def ask(self, request: dict[str, Any]) -> Iterable[dict[str, Any]]:
        """The output lines of one request."""
        return self._runner.run(self._ask(request))

    async def _ask(self, request: dict[str, Any]) -> list[dict[str, Any]]:
        if "say" in request:
            shown = await self._scene.say(request["say"])
            done = {"done": True, "state": await self._scene.state()}
            return [*({"message": one.data()} for one in shown), done]
        out: list[dict[str, Any]] = []
        await JsonTalk(self._scene, out.append).answer(json.dumps(request).encode())
        return out

    def close(self) -> None:
        """Close the data file."""
        try:
            self._runner.run(self._stage.close())
        finally:
            self._runner.close()


class Process:
    """A chat in another process, over pipes."""

    def __init__(self, command: Sequence[str]) -> None:
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=ROOT,
            env=environment(PYTHONUTF8="1"),
            encoding="utf-8",
        )

    def ask(self, request: dict[str, Any]) -> Iterable[dict[str, Any]]:
        """The output lines of one request."""
        stdin, stdout = _pipe(self._process.stdin), _pipe(self._process.stdout)
        stdin.write(json.dumps(request) + "\n")
        stdin.flush()
        while True:
            line = stdout.readline()
            if not line:
                raise ChatError("ended", _pipe(self._process.stderr).read() or "The chat ended.")
            data: dict[str, Any] = json.loads(line)
            yield data
            if data.get("done"):
                return

    def close(self) -> None:
        """End its input, and wait until it has gone in good order."""
        if self._process.poll() is None:
            _pipe(self._process.stdin).close()
            self._process.wait(timeout=30)
        self._let_go()

    def kill(self) -> None:
        """Kill it, whatever it does."""
        self._process.send_signal(signal.SIGKILL)
        self._process.wait(timeout=30)
        self._let_go()

    def _let_go(self) -> None:
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            if pipe and not pipe.closed:
                pipe.close()


def _pipe(pipe: IO[str] | None) -> IO[str]:
    return pipe or io.StringIO()
