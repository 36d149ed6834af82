"""Stands in for the worker in a test, and does what a hostile file might make it do."""

import os
import signal
import sys
import tempfile

from bot.files.worker import limit

DEED = sys.stdin.buffer.read().decode()

if __name__ == "__main__":
    limit()
    if DEED == "hang":
        signal.pause()
    elif DEED == "eat":
        held = []
        while True:
            held.append(bytearray(64 * 1024 * 1024))
    elif DEED == "die":
        os.kill(os.getpid(), signal.SIGSEGV)
    elif DEED == "write":
        with tempfile.TemporaryFile() as file:
            file.write(b"x")
    elif DEED == "babble":
        sys.stdout.write("this is no JSON")
    elif DEED == "shout":
        while True:
            sys.stdout.write("x" * 100_000)
    elif DEED == "secrets":
        names = ",".join(name for name in os.environ if "TOKEN" in name)
        sys.stdout.write(f'{{"others": {{"{names}": {len(names)}}}}}')
