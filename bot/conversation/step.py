"""The step: one event in, one turn out. Pure; the whole conversation goes through here.

    step(content, conversation, runner, event, now) -> Turn

Order of hearing: a red flag comes first, whatever is going on; then what the runner asks the program
(back, why, help ...); then the answer to the open question; then what else was volunteered.
After that the conversation goes on from wherever its answers lead.
"""

from datetime import datetime

from bot.content.load import Content
from bot.conversation import actions, hearing
from bot.conversation.event import Dropped, Due, Event, Located, Presence, Said, Tapped
from bot.conversation.gifts import misreading
from bot.conversation.runs import past_runs, run_files
from bot.conversation.settings import zone
from bot.conversation.state import Conversation, Runner
from bot.conversation.talk import Talk
from bot.conversation.turn import Turn


def step(
    content: Content, conversation: Conversation, runner: Runner, event: Event, now: datetime
) -> Turn:
    """What follows from one event. `now` is an aware UTC datetime. Never raises for user input."""
    talk = Talk(content, conversation, runner, event, now)
    match event.what:
        case Tapped(token=text):
            actions.tapped(talk, text)
        case Said(text=text):
            hearing.heard(talk, text)
        case Presence(what=what):
            actions.presence(talk, what)
        case Located(zone=name):
            zone.located(talk, name)
        case Due():
            actions.due(talk, event.what)
        case Dropped(read=None, path="", size=0):
            actions.unsupported(talk)
        case Dropped():
            run_files.dropped(talk, event.what)
    misreading.tidy(talk, conversation.misread)
    past_runs.tidy(talk)
    return talk.turn()
