"""Prompts: small questions of the follow-through, whose answers go to the log.

Rule: a prompt is no question of the decision tables. Each of its buttons is a deed that names what it
is about ("!morning:run-7@3"), so it means the same for ever; plain words choose one of the buttons,
and a plain figure stands for itself.
"""

import re

import msgspec

from bot.conversation.follow_through.score_words import calf_score, effort_meant, soreness_meant
from bot.conversation.message import Button, message
from bot.conversation.talk import Talk
from bot.drawing.chart import Chart
from bot.understanding.reading import OpenQuestion

MARK = "!"
"""`conversation.open` begins with it while a prompt is open."""
_SCORE = re.compile(r"^\D{0,24}?(\d{1,2})(?:\s*(?:/|out of)\s*10)?\D{0,12}$")
_SCORED = re.compile(r"^(![\w]+:.*@)\d+$")
_EFFORT_OF = re.compile(r"^!effort:(.+)@\d+$")
HIGHEST = 10
EFFORT = "ask_effort"
YES = frozenset({"a bit", "a little", "slightly", "a little bit", "i did", "i think so", "sort of"})
NO = frozenset({"not really", "not at all", "none", "i did not", "i didn't", "don't think so"})
ALSO = {
    ("!week", "good"): ("fine", "ok", "great", "all good", "went well", "it was good"),
    ("!week", "too_much"): ("too hard", "a lot", "too tiring"),
    ("!week", "too_little"): ("too easy", "not enough", "more please"),
    ("!felt", "easy"): ("too easy", "very easy"),
    ("!felt", "right"): ("ok", "fine", "good", "just right"),
    ("!felt", "hard"): ("tough", "too hard", "very hard"),
}
"""What else people say for a button, by its deed and its answer."""
_SAYS = {
    True: re.compile(r"@yes$|^!back_well:well$|^!pause_until:.*@(open|[-\d]+)$|^!delete_yes"),
    False: re.compile(r"@no$|^!back_well:not_yet$|^!pause_for:|^!pause_no$|^!delete_no$"),
}
"""What a button states that means yes, or no, to the prompt it stands under."""


def put(talk: Talk, words_id: str, *buttons: Button, **values: object) -> None:
    """Say a prompt of content/words.toml and wait for its answer."""
    put_with(talk, None, words_id, *buttons, **values)


def put_with(
    talk: Talk, drawing: Chart | None, words_id: str, *buttons: Button, **values: object
) -> None:
    """The same with a drawing above the words."""
    scored = sum(_SCORED.match(button.token) is not None for button in buttons) > 1
    text = talk.voice.say(words_id, **values)
    words = msgspec.structs.replace(
        message(text, *buttons),
        kind=f"prompt:{words_id}",
        expects="number" if scored else "",
        drawing=drawing,
    )
    talk.update(open=MARK + words_id)
    talk.say(words)


def is_open(talk: Talk, words_id: str = "") -> bool:
    """Whether a prompt waits for an answer (this one, if named)."""
    return talk.conversation.open.startswith(MARK + words_id)


def open_question(talk: Talk) -> OpenQuestion | None:
    """The open prompt as the reader of plain words wants it; the options go by their labels."""
    if not is_open(talk):
        return None
    options = tuple(
        (button.label, button.label, _also(button.token)) for button in talk.conversation.recent
    )
    return OpenQuestion((), "choice", options)


def _also(token: str) -> tuple[str, ...]:
    """Other words for what a button states."""
    deed, answer = token.partition(":")[0], token.rpartition("@")[2]
    return ALSO.get((deed, answer), ())


def chosen(talk: Talk, text: str, option: str | None, command: str | None = None) -> str:
    """The token that these words choose on the open prompt, or "" if none."""
    if not is_open(talk):
        return ""
    score = _score(talk, text)
    if score:
        return score
    found = next((b.token for b in talk.conversation.recent if b.label == option), "")
    return found or _yes_or_no(talk, text, command)


def again(talk: Talk) -> None:
    """The open prompt once more, by its buttons: it is still open, and nothing is lost."""
    words_id = talk.conversation.open.removeprefix(MARK)
    scored = sum(_SCORED.match(button.token) is not None for button in talk.conversation.recent) > 1
    words = msgspec.structs.replace(
        message(talk.voice.say("prompt_again"), *talk.conversation.recent),
        kind=f"prompt:{words_id}",
        expects="number" if scored else "",
    )
    talk.say(words)


def _yes_or_no(talk: Talk, text: str, command: str | None) -> str:
    """The button that says yes or no, where there is one of each."""
    plain = text.casefold().strip(" .!")
    yes = command == "yes" or plain in YES
    if not yes and command != "no" and plain not in NO:
        return ""
    found = [b.token for b in talk.conversation.recent if _SAYS[yes].search(b.token)]
    return found[0] if len(found) == 1 else ""


def scored(talk: Talk, score: float) -> str:
    """What the open prompt's buttons state with this score; "" if it asks for none."""
    stems = [m[1] for m in (_SCORED.match(b.token) for b in talk.conversation.recent) if m]
    if len(stems) < 2 or not 0 <= score <= HIGHEST:
        return ""
    return f"{stems[0]}{round(score)}"


def _score(talk: Talk, text: str) -> str:
    calf = calf_score(text)
    if calf is not None and is_open(talk, EFFORT):
        return _during(talk, calf)
    found = _SCORE.match(text.strip())
    if found is not None:
        return scored(talk, int(found[1]))
    meant = effort_meant(text) if is_open(talk, EFFORT) else soreness_meant(text)
    return "" if meant is None else scored(talk, meant)


def _during(talk: Talk, score: int) -> str:
    """How sore the calves were, told while the effort was asked: it is no effort."""
    about = next(
        (m[1] for m in (_EFFORT_OF.match(b.token) for b in talk.conversation.recent) if m), ""
    )
    return f"!during:{about}@{score}" if about else ""
