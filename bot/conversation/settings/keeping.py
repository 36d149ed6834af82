"""What is kept: shown, given, and deleted at once.

Rule (product.md 15): one message plus one confirm, in chat, immediately. The export is complete: all
that the core knows of a runner, as JSON. After a deletion nothing comes back.
"""

from datetime import date, timedelta

import msgspec

from bot.conversation.follow_through import prompts
from bot.conversation.follow_through.deed_forms import dated
from bot.conversation.log import Exercise, Soreness
from bot.conversation.message import Attachment, message
from bot.conversation.runs.logging_runs import run_words
from bot.conversation.runs.training_log import runs
from bot.conversation.state import Conversation, Runner
from bot.conversation.talk import Talk
from bot.conversation.turn import Cancel, Forget

SHOWN = 8
A_DAY = timedelta(days=1)
FILE = "heeldrop.json"


def log(talk: Talk, _: str) -> None:
    """The last runs with their lights, and what else is in the log."""
    found = runs(talk.runner.log)
    if not found:
        talk.say_words("log_empty", talk.button("menu", "menu"))
        return
    lines = []
    for run in reversed(found[-SHOWN:]):
        light = f" {talk.voice.say('log_light', light=run.light)}" if run.light else ""
        lines.append(f"• {run_words(talk, run)}{light}")
    days = {
        talk.voice.day_of(entry.at)
        for entry in talk.runner.log.of(Exercise)
        if entry.answer in ("done", "easier")
    }
    talk.say_words(
        "log",
        *talk.buttons(["chart", "my_plan", "export"]),
        lines="\n".join(lines),
        runs=len(found),
        days=len(days),
        reports=len(talk.runner.log.of(Soreness)),
    )


def export(talk: Talk, _: str) -> None:
    """Everything that is kept of this runner, as a JSON file."""
    kept = {
        "what": "Everything Heeldrop keeps about you. Metres, seconds, 0 to 10, times in UTC.",
        "made": talk.now.isoformat(),
        "runner": msgspec.to_builtins(talk.runner),
        "conversation": msgspec.to_builtins(talk.conversation),
    }
    text = msgspec.json.format(msgspec.json.encode(kept), indent=2).decode()
    words = message(talk.voice.say("export"), kind="export")
    talk.say(msgspec.structs.replace(words, attachment=Attachment(FILE, text)))


def delete(talk: Talk, _: str) -> None:
    """Ask once before everything is deleted."""
    yes = talk.button("delete_yes", "delete_yes", talk.voice.today.isoformat())
    prompts.put(talk, "delete", yes, *talk.buttons(["export", "delete_no"]))


def delete_no(talk: Talk, _: str) -> None:
    """[No, keep it]: nothing is deleted."""
    talk.update(open="")
    talk.say_words("delete_no", talk.button("menu", "menu"))


def delete_yes(talk: Talk, asked: str) -> None:
    """Delete everything, now; a button of an earlier day asks again first."""
    if dated(asked) and talk.voice.today - date.fromisoformat(asked) > A_DAY:
        delete(talk, "")
        return
    talk.do(Cancel(""), Forget())
    text = talk.voice.say("deleted")
    talk.conversation = Conversation()
    talk.runner = Runner(id=talk.runner.id)
    talk.update()
    talk.say_text(text, kind="deleted")


def privacy(talk: Talk, _: str) -> None:
    """What is kept, where, and how to have it or remove it."""
    talk.say_words("what_is_kept", *talk.buttons(["export", "delete", "go_on"]), kind="privacy")
