"""State: what is kept of a conversation and of a runner between two turns.

Rule: a conversation *is* its answers. There is no current node; where we are is derived. Everything
here is a plain value that goes to JSON and back unchanged, after every turn.
"""

from datetime import datetime
from typing import Literal

import msgspec

from bot.content.condition import Value
from bot.conversation.log import Log
from bot.conversation.message import Button
from bot.files.activity import Activity, FileRead

Via = Literal["tapped", "said", "read", "check_in"]


class Answer(msgspec.Struct, frozen=True):
    """One thing the runner stated: the facts it set, when, and how."""

    facts: dict[str, Value]
    at: datetime
    via: Via
    question: str = ""
    option: str = ""
    words: str = ""
    """The runner's own words it was read from, for the receipt."""


class Pending(msgspec.Struct, frozen=True):
    """Readings that wait for [Right] or [Fix]. Nothing in here counts as said."""

    facts: dict[str, Value]
    words: dict[str, str] = {}
    at: datetime | None = None
    corrects: str = ""
    """The id of the logged run these readings correct, if they do."""
    sentence: str = ""
    """What the runner wrote, with names and long numbers masked; it goes with the read-back."""
    language: str = "en"
    file: Activity | None = None
    """The run in a file that these were read from, for its clock, its climb and its pauses."""
    waits: bool = False
    """Told together with a warning sign: it is read back once the signs are through."""


class History(msgspec.Struct, frozen=True):
    """Past runs from a file, waiting for [Right] or [Leave it]; let go after a day.

    `mark` names them in their buttons, so that an old button never keeps others.
    """

    read: FileRead
    at: datetime
    mark: str
    known: int = 0
    """Runs of the file that are in the log already."""
    ahead: int = 0
    """Runs of the file that lie in the future, and are left out."""


class Misread(msgspec.Struct, frozen=True):
    """A sentence that was misread and may be given as a test; gone with the next turn if it is not.

    `read` are the facts read from it, `wrong` those the runner did not accept, `corrected` what
    they were put right to (empty while that is not known), `open` what was asked when it was fixed.
    """

    sentence: str
    language: str
    read: dict[str, Value]
    wrong: tuple[str, ...]
    at: datetime
    open: str = ""
    corrected: dict[str, Value] = {}
    mark: str = ""
    """Names this offer in its buttons, so that an old button never gives another sentence."""
    shown: bool = False
    """The runner has seen all that would be stored."""


class Conversation(msgspec.Struct, frozen=True):
    """What one runner has said in one place."""

    version: int = 1
    answers: tuple[Answer, ...] = ()
    pending: Pending | None = None
    introduced: bool = False
    open: str = ""
    """The question or prompt last put, so that plain words can answer it. Only a hint for reading."""
    misses: int = 0
    """How many times in a row the runner was not understood."""
    asks: tuple[str, ...] = ()
    """What the runner asked for (can_i_run, how_long ...) and the advice has not answered yet."""
    advised: str = ""
    """A fingerprint of the advice last given, so that it is said again only when it changes."""
    last_at: datetime | None = None
    recent: tuple[Button, ...] = ()
    """The buttons last shown, so that "1" or a label typed by hand can be understood."""
    turns: int = 0
    misread: Misread | None = None
    """A sentence the runner may give; nothing of it is stored apart unless they say so."""
    history: History | None = None
    """Past runs from a file that wait to be kept."""


class Runner(msgspec.Struct, frozen=True):
    """What is known of a runner in every place: settings, lasting facts and the log."""

    version: int = 1
    id: str = ""
    zone: str = ""
    """IANA time zone, or "" while not known."""
    settings: dict[str, Value] = {}
    """Lasting choices: units, country, quiet hours, run days, times."""
    log: Log = Log()
