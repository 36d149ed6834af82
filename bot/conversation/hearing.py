"""Hearing: what to do with words the runner typed.

Order: a red flag first, whatever is going on; then a word to the program (back, why, help ...); then
the answer to the open question; then whatever else was volunteered, read back before it is used;
then chit-chat; and last, not understood: once in other words, after that buttons that finish the job.
"""

from collections.abc import Iterable

from bot.content.load import Content
from bot.content.questions import Question
from bot.conversation import (
    actions,
    advice,
    answering,
    checked_words,
    exercising,
    flagging,
    going_on,
    repair,
    returning,
    somebody_else,
    token,
    told,
    warning_signs,
)
from bot.conversation.asking import asked
from bot.conversation.follow_through import coached, follow_up, prompts
from bot.conversation.gifts import donating
from bot.conversation.runs import correcting, run_files
from bot.conversation.settings import linking
from bot.conversation.talk import Talk
from bot.understanding.lexicon import Lexicon, load_lexicon
from bot.understanding.read import read
from bot.understanding.reading import Understood

LONGEST_READ = 4000
"""Characters of one message that are read; more than any platform sends in one go."""


def heard(talk: Talk, text: str) -> None:
    """The runner typed something."""
    text = text.strip()
    if len(text) > LONGEST_READ:
        talk.say_words("too_long")
        text = text[:LONGEST_READ]
    label = _button_named(talk, text)
    if label:
        actions.tapped(talk, label)
        return
    if returning.heard(talk, text) or linking.heard(talk, text):
        return
    understood = read(
        text,
        lexicon(talk.content),
        today=talk.voice.today,
        lang=None,
        open_fact=answering.open_question(talk),
    )
    first_time = not talk.conversation.introduced
    if first_time:
        talk.update(introduced=True)
    _hear(talk, text, understood, first_time=first_time)


def lexicon(content: Content) -> Lexicon:
    """The words of runners, compiled once for this content."""
    if "lexicon" not in content.memo:
        content.memo["lexicon"] = load_lexicon(content.folder / "lexicon")
    found: Lexicon = content.memo["lexicon"]
    return found


def _hear(talk: Talk, text: str, understood: Understood, *, first_time: bool) -> None:
    """Each of these either deals with the message or leaves it to the next."""
    _ = (
        flagging.said(talk, understood.command)
        or donating.said(talk, text, understood.command)
        or warning_signs.heard(talk, understood, first_time=first_time)
        or run_files.shared(talk, text, understood, first_time=first_time)
        or checked_words.heard(talk, text)
        or correcting.heard(talk, text, understood)
        or _follow_up(talk, text, understood)
        or _command(talk, text, understood, first_time=first_time)
        or answering.answered(talk, understood)
        or _volunteered(talk, understood, first_time=first_time)
        or somebody_else.heard(talk, understood)
        or _otherwise(talk, text, understood, first_time=first_time)
    )


def _follow_up(talk: Talk, text: str, understood: Understood) -> bool:
    token = follow_up.chosen(talk, text, understood)
    if token:
        actions.tapped(talk, token)
        return True
    return follow_up.heard(talk, text, understood)


def _volunteered(talk: Talk, understood: Understood, *, first_time: bool) -> bool:
    facts = told.volunteered(talk, understood)
    if told.elsewhere(understood) and set(facts) <= told.ABOUT_SORENESS:
        talk.say_words("other_body_part")
        if not talk.standing.settled or talk.standing.locked:
            going_on.go_on(talk)
        return True
    if understood.asks:
        talk.update(asks=tuple(dict.fromkeys(ask.kind for ask in understood.asks)))
    if not facts:
        return False
    if first_time:
        talk.say_words("introduction")
    told.pend(talk, facts, understood)
    if not flagging.again(talk):
        going_on.go_on(talk)
    return True


# A word to the program


def _command(talk: Talk, text: str, understood: Understood, *, first_time: bool) -> bool:
    command = understood.command or ""
    if not command and text.casefold().startswith("why") and talk.conversation.open:
        command = "why"
    name, _, argument = command.partition(":")
    if name in ("", "yes", "no", "not_sure", "none_of_these"):
        return False
    if name == "start" or (first_time and name in ("menu", "help")):
        repair.welcome(talk)
        return True
    deed = actions.ACTIONS.get(name)
    if deed is None:
        return False
    deed(talk, argument)
    return True


# Nothing of the above


def _otherwise(talk: Talk, text: str, understood: Understood, *, first_time: bool) -> bool:
    topic = next((topic for topic in talk.content.topics if topic.named_in(text)), None)
    if repair.silent_for_long(talk):
        repair.resume(talk)
    elif topic is not None:
        talk.say(exercising.about(talk, topic))
        if talk.standing.locked:
            going_on.go_on(talk)
    elif first_time and understood.chit_chat in (None, "greeting"):
        repair.welcome(talk)
    elif understood.chit_chat:
        talk.say_words(f"chit_chat_{understood.chit_chat}")
        if talk.conversation.open or talk.conversation.pending:
            going_on.go_on(talk)
    elif understood.asks:
        _asked_something(talk, (ask.kind for ask in understood.asks))
    else:
        _not_understood(talk, text)
    return True


def _asked_something(talk: Talk, kinds: Iterable[str]) -> None:
    if talk.standing.settled and not talk.standing.locked and talk.conversation.advised:
        reply = advice.replies(talk, kinds)
        if reply:
            talk.update(asks=())
            talk.say(advice.short(talk, reply))
            return
        talk.update(advised="")
    going_on.go_on(talk)


def _not_understood(talk: Talk, text: str) -> None:
    misses = talk.conversation.misses + 1
    talk.update(misses=misses)
    if flagging.again(talk):
        return
    waits = talk.conversation.pending or talk.standing.locked
    if prompts.is_open(talk) and talk.conversation.recent and not (waits and _read_back_last(talk)):
        prompts.again(talk)
        return
    read = any(character.isalnum() for character in text)
    if not read or talk.standing.locked:
        talk.say_words("locked_for_now" if read else "nothing_to_read")
    asked_now = answering.question_open(talk) if talk.conversation.pending else talk.standing.next
    if talk.standing.locked or coached.resting(talk) or (waits and asked_now is None):
        if read and not talk.standing.locked:
            talk.say_words("not_understood_plain")
        going_on.go_on(talk)
    elif asked_now is not None:
        _ask_again(talk, asked_now, misses, read=read)
    elif misses > 1:
        repair.menu(talk, "")
    else:
        talk.say(advice.short(talk, talk.voice.say("not_understood_advised")))


def _read_back_last(talk: Talk) -> bool:
    """Whether what was shown last is a read-back, or what has to be checked first."""
    labels = {button.token for button in talk.conversation.recent}
    return talk.standing.locked or token.action("right") in labels


def _ask_again(talk: Talk, question: Question, misses: int, *, read: bool) -> None:
    """The question in other words, then with a way out, and after that plainly once more."""
    if read and misses == 1:
        talk.say_words("not_understood" if question.rephrase else "not_understood_plain")
    elif read and misses == 2:
        talk.say_words("use_the_buttons", *talk.buttons(["menu", "start_again"]))
    words = asked(question, talk.standing.facts, talk.voice, again=misses == 1)
    if misses > 2:
        words = going_on.with_first_line(words, talk.voice.say("prompt_again"))
    talk.update(open=question.id)
    talk.say(words)


def _button_named(talk: Talk, text: str) -> str:
    wanted = text.casefold().strip(" .!")
    for button in talk.conversation.recent:
        if wanted and wanted == button.label.casefold().strip(" .!?"):
            return button.token
    return ""
