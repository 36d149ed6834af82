"""Coming back from a pause, a stop or a silence: one question, and the plan goes on.

Rule (product.md 9; evidence.md 4.2, 7): after an illness, whether they are well; after an injury, what
has to be possible before the first run; otherwise how sore the calves are. Returning is welcomed, and
whoever runs again is back. The levels lost to the time off follow from the log (4.1).
"""

from datetime import timedelta

from bot.conversation.follow_through import coached, following, pausing, prompts, run_checks
from bot.conversation.follow_through.soreness_scale import scale, split
from bot.conversation.log import Paused
from bot.conversation.next_session import home, next_words
from bot.conversation.talk import Talk
from bot.conversation.turn import Cancel

NOT_YET = timedelta(days=7)
SILENCE = "silence"
RESUME = frozenset(
    {"resume", "/resume", "unpause", "i am back", "i'm back", "im back", "back again"}
    | {"i'm well again", "i am well again", "end the pause", "go on with the plan"}
)


def heard(talk: Talk, text: str) -> bool:
    """Take "resume" and "I'm back"."""
    if text.casefold().replace("’", "'").strip(" .!") not in RESUME:
        return False
    resume(talk, "")
    return True


def due(talk: Talk, _: str) -> None:
    """The day until which it was paused has come."""
    if coached.agreed(talk.runner) and not talk.standing.locked:
        ask(talk)


def resume(talk: Talk, _: str) -> None:
    """[Resume] and "resume": one question, then the plan goes on."""
    stopped = talk.runner.settings.get(coached.STOPPED) is True
    if coached.agreed(talk.runner) and coached.last_pause(talk.runner) is None:
        talk.say_words("not_paused")
        home(talk)
        return
    if coached.pause_ahead(talk.runner, talk.voice.today) is not None:
        end(talk)
        pausing.no_pause(talk, "")
        return
    if stopped:
        talk.set(coached.STOPPED, value=False)
    ask(talk)


def ask(talk: Talk) -> None:
    """The one question."""
    last = coached.last_pause(talk.runner)
    reason = last.reason if last else ""
    if reason in ("illness", "injury"):
        buttons = [talk.button(f"back_{name}", "back_well", name) for name in ("well", "not_yet")]
        if reason == "injury":
            buttons[0] = talk.button("back_able", "back_well", "well")
            buttons.append(talk.button("signs", "signs", "pause"))
        prompts.put(talk, f"ask_back_{reason}", *buttons, **_criteria(talk))
    else:
        prompts.put(talk, "ask_back", *scale(talk, "back_sore", "now"))


def _criteria(talk: Talk) -> dict[str, object]:
    need = talk.content.coaching.comeback.criteria
    return {
        "walk": need.walk_s // 60,
        "walk_pain": need.walk_pain_at_most,
        "double": need.double_raises,
        "single": need.single_raises,
        "hops": need.hops,
        "pain": max(need.stairs_pain_at_most, need.raise_pain_at_most, need.hop_pain_at_most),
    }


def back_well(talk: Talk, answer: str) -> None:
    """After an illness or an injury: ready again, or not yet."""
    if _is_running(talk):
        return
    talk.update(open="")
    last = coached.last_pause(talk.runner)
    if answer != "well":
        reason = last.reason if last else "illness"
        until = talk.voice.today + NOT_YET
        talk.record(Paused(talk.new_id("pause"), talk.now, reason, until))
        pausing.plan_question(talk, until)
        words = "back_not_able" if reason == "injury" else "back_not_yet"
        talk.say_words(words, talk.button("resume", "resume"))
        return
    _go_on(talk)


def back_sore(talk: Talk, argument: str) -> None:
    """How sore the calves are on coming back."""
    score = float(split(argument)[1])
    if score <= coached.SETTLED and _is_running(talk):
        return
    run_checks.note_soreness(talk, talk.new_id("back"), score)
    talk.update(open="")
    if score > coached.SETTLED:
        end(talk)
        talk.say_words("back_is_sore")
        run_checks.screen_again(talk, score)
        return
    _go_on(talk)


def _is_running(talk: Talk) -> bool:
    """An old button: there is no pause to come back from, and the question is not open."""
    running = (
        coached.agreed(talk.runner)
        and coached.last_pause(talk.runner) is None
        and not prompts.is_open(talk)
    )
    if running:
        talk.say_words("not_paused")
        home(talk)
    return running


def _go_on(talk: Talk) -> None:
    end(talk)
    if not coached.agreed(talk.runner):
        talk.say_words("back_no_plan", talk.button("plan", "plan"))
        return
    talk.say_words("back", talk.button("my_plan", "my_plan"), next=next_words(talk))


def end(talk: Talk) -> None:
    """The pause is over: everything is planned again."""
    if coached.last_pause(talk.runner) is not None:
        talk.record(Paused(talk.new_id("resumed"), talk.now, "resumed"))
    talk.do(Cancel("resume"))
    following.begin(talk)


def ran(talk: Talk) -> None:
    """A run was told: whoever was silent, or whose pause is over by its date, is back."""
    last = coached.last_pause(talk.runner)
    if last is None or coached.pause_ahead(talk.runner, talk.voice.today) is not None:
        return
    if last.reason == SILENCE or coached.pause(talk.runner, talk.voice.today) is None:
        end(talk)
        talk.say_words("welcome_back")
    else:
        talk.say_words("run_in_pause", talk.button("resume", "resume"))
