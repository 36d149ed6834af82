"""A program in a pseudo-terminal, and a person before it. For systems that have pseudo-terminals."""

import os
import select
import struct
import subprocess
import time
from collections.abc import Sequence

from tests.harness.chat import ROOT, environment

PATIENCE_S = 30.0
"""How long to wait for words before saying that they did not come."""


class Terminal:
    """A chat in a pseudo-terminal, and a person before it."""

    def __init__(self, command: Sequence[str], *, columns: int = 80, **env: str) -> None:
        import fcntl  # noqa: PLC0415 - only where there are pseudo-terminals
        import pty  # noqa: PLC0415
        import termios  # noqa: PLC0415

        self._mine, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
        self.process = subprocess.Popen(
            command,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            cwd=ROOT,
            env=environment(**{"TERM": "xterm-256color", **env}),
            start_new_session=True,
        )
        os.close(theirs)
        self.seen = ""

    def type(self, keys: str) -> None:
        """Press keys."""
        os.write(self._mine, keys.encode())

    def wait_for(self, words: str) -> str:
        """Everything shown since the last wait, up to where these words appear."""
        end = time.monotonic() + PATIENCE_S
        while words not in self.seen:
            ready, _, _ = select.select([self._mine], [], [], max(0.0, end - time.monotonic()))
            assert ready, f"{words!r} did not come: {self.seen!r}"
            self.seen += self._read()
        at = self.seen.index(words) + len(words)
        shown, self.seen = self.seen[:at], self.seen[at:]
        return shown

    def end(self) -> int:
        """Read to the end; the exit code."""
        while self._is_open():
            pass
        return self.process.wait(timeout=PATIENCE_S)

    def close(self) -> None:
        """Make sure nothing is left running."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self._mine)

    def _is_open(self) -> bool:
        ready, _, _ = select.select([self._mine], [], [], PATIENCE_S)
        text = self._read() if ready else ""
        self.seen += text
        return bool(text)

    def _read(self) -> str:
        try:
            return os.read(self._mine, 65_536).decode(errors="replace")
        except OSError:  # Linux: the other side is closed.
            return ""
