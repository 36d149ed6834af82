"""The deeds of the follow-through as a whole."""

from datetime import timedelta

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.checking.talk import Stage
from bot.conversation.actions import ACTIONS
from bot.conversation.event import Due
from bot.conversation.follow_through.check_ins import KINDS
from bot.conversation.follow_through.follow_up import DEEDS
from bot.conversation.log import Run
from tests.conversation.coached import agreed, entries, heard, planned, press, say, tap, wait

ABOUT = st.one_of(
    st.sampled_from(["", "2026-10-19", "2026-99-01", "run-2", "holiday", "zone", "quiet", "units"]),
    st.text("ab1-:@", max_size=12),
)
ANSWER = st.one_of(
    st.sampled_from(
        ["", "@3", "@11", "@yes", "@easy", "@open", "@25:00", "@22:00-07:00", "@²", "@"]
    ),
    st.text("0123456789@:-", max_size=6),
)


@given(name=st.sampled_from(sorted(DEEDS)), about=ABOUT, answer=ANSWER)
@example(name="put", about="zone", answer="")
@settings(max_examples=300, deadline=None)
def test_no_button_breaks_a_turn(name: str, about: str, answer: str) -> None:
    """Whatever a button states, the runner gets an answer."""
    stage = fresh()
    press(stage, f"!{name}:{about}{answer}")

    assert stage.said


@given(kind=st.sampled_from(sorted(KINDS)), about=ABOUT, merged=ABOUT)
@settings(max_examples=200, deadline=None)
def test_no_check_in_breaks_a_turn(kind: str, about: str, merged: str) -> None:
    """A check-in about something unknown is taken quietly or asks; it never fails."""
    stage = fresh()
    stage.happen(Due(f"{kind}:{about}", kind, {"merged": f"{merged},nudge"}))

    assert len(stage.said) <= 1 or kind == "later"


_BASE = agreed()


def fresh() -> Stage:
    """A runner with an agreed plan, as a copy."""
    return Stage(_BASE.content, _BASE.now, _BASE.runner, _BASE.conversation)


def test_every_deed_is_known() -> None:
    """The deeds are among the actions of the conversation."""
    assert DEEDS.items() <= ACTIONS.items()


def test_without_a_plan_nothing_is_planned() -> None:
    """Somebody who only asked for advice is never written to first."""
    stage = Stage(_BASE.content, _BASE.now, msgspec.structs.replace(_BASE.runner, settings={}))
    say(stage, "ran 31 min")
    tap(stage, "Right")

    assert list(planned(stage)) == []
    assert wait(stage, days=40) == ""


def test_a_run_over_the_cap_is_looked_at_after_48_hours() -> None:
    """A run far over the longest of 30 days gets a second morning."""
    stage = fresh()
    log = stage.runner.log.with_entry(
        Run("r0", (stage.now - timedelta(days=9)).date(), stage.now, distance_m=4000, light="green")
    )
    stage.runner = msgspec.structs.replace(stage.runner, log=log)
    stage.now += timedelta(days=9)
    say(stage, "ran 14 km")
    tap(stage, "Right")

    assert f"day2:{entries(stage, Run)[-1].id}" in planned(stage)


@pytest.mark.parametrize("words", ["I have chest pain and cannot breathe", "sudden pop in my calf"])
def test_a_warning_sign_comes_before_everything(words: str) -> None:
    """Typed into a waiting check-in, a warning sign interrupts it, and no nudge comes any more."""
    stage = fresh()
    stage.planned = _BASE.planned.__class__(dict(_BASE.planned.rows))
    wait(stage, minutes=1)
    stage.happen(Due("weekly_review", "weekly_review"))
    say(stage, words)

    said = heard(stage) + wait(stage, days=14)
    assert not any(part in said for part in ("Rest day", "Your week", "plan waits"))
