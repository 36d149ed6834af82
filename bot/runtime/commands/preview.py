"""`heeldrop preview`: the conversations of the scripts as they read with the content as it is now."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from bot.checking.club_talk import club_transcript, read_club_script
from bot.checking.talk import ScriptError, read_script, transcript
from bot.content.load import load_content
from bot.runtime.commands.problems import CommandError


def run(argv: Sequence[str]) -> int:
    """Print the conversations whose file names hold the word; 1 if one cannot be played."""
    parser = argparse.ArgumentParser(prog="heeldrop preview", description=__doc__)
    parser.add_argument("word", help="part of a script's name, such as long-break")
    parser.add_argument("--content", type=Path, help="another content folder")
    given = parser.parse_args(list(argv))
    content = load_content(given.content)
    files = sorted((content.folder / "scripts").rglob(f"*{given.word}*.talk"))
    if not files:
        raise CommandError(f"No script in content/scripts has {given.word!r} in its name.")
    failed = 0
    for file in files:
        try:
            of_club = file.parent.name == "club"
            script = read_club_script(file) if of_club else read_script(file)
            sys.stdout.write(f"--- {script.title} ({file.name})\n")
            lines = (club_transcript if of_club else transcript)(script, content)
            sys.stdout.writelines(f"{line}\n" for line in lines)
        except ScriptError as error:
            sys.stdout.write(f"{error}\n")
            failed = 1
    return failed
