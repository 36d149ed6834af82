"""Changing runs that are posted: move, edit, cancel, end a series. Organisers only.

Rule: the post is edited; those who go and asked are told in private; the check-ins move along.
"""

import msgspec

from bot.club import follow, joining, posting, pressing, rights, saying, series
from bot.club.clubtalk import ClubTalk
from bot.club.state import CANT, ClubRun, Draft
from bot.club.turn import MakeEvent
from bot.conversation.message import message


def edit(talk: ClubTalk, run: ClubRun, _: str = "") -> None:
    """[Change] on a run: the next words change what they name."""
    if not rights.organises(talk) or not _still(talk, run):
        return
    talk.asks(Draft("edit", talk.number, run, asks="change"))
    buttons = [talk.button("cancel", "cancel", run.id), talk.button("as_it_was", "drop")]
    talk.say(posting.preview(talk, run, tuple(buttons), talk.words("change_how")))


def save(talk: ClubTalk, run: ClubRun, choice: str = "") -> None:
    """[Save], [Only this one], [All from now on]: the change holds."""
    draft = talk.draft
    if not rights.organises(talk) or not _still(talk, run):
        return
    if draft is None or draft.kind != "edit" or draft.run is None or draft.run.id != run.id:
        talk.tell_me("old_draft")
        return
    new = msgspec.structs.replace(draft.run, rsvps=run.rsvps, feelings=run.feelings)
    new = _without_gone_options(new)
    which = ""
    if new.weekly and run.weekly:
        which = "_all" if choice == "all" else "_one"
        new = (series.saved_for_all if which == "_all" else series.saved_for_one)(run, new)
    if new.weekly and not new.series:
        new = msgspec.structs.replace(new, series=new.id)
    talk.asks(None)
    talk.retire(f"save{which}")
    pressing.settle(talk, run, new)
    if new.starts_at != run.starts_at or new.weekly != run.weekly:
        follow.unplan(talk, run, series=run.weekly)
        follow.plan(talk, new)
    talk.do(MakeEvent(new, "change"))
    _tell(talk, run, "changed", new)
    talk.tell_me(f"saved{which}")


def _without_gone_options(run: ClubRun) -> ClubRun:
    """Whoever chose an option that is gone goes with the first one."""
    letters = [one.letter for one in run.options] or ["A"]
    rsvps = tuple(
        msgspec.structs.replace(one, choice=letters[0])
        if joining.comes(one) and one.choice not in letters
        else one
        for one in run.rsvps
    )
    return msgspec.structs.replace(run, rsvps=rsvps)


def cancel(talk: ClubTalk, run: ClubRun, _: str = "") -> None:
    """[Cancel the run]: asks once."""
    if not rights.organises(talk) or not _still(talk, run):
        return
    buttons = [talk.button("cancel_yes", "cancel_yes", run.id)]
    if run.weekly:
        buttons.append(talk.button("cancel_all", "cancel_yes", run.id, "all"))
    buttons.append(talk.button("as_it_was", "drop"))
    talk.tell_me("cancel", *buttons, title=run.title, when=saying.when(run).text)


def cancel_yes(talk: ClubTalk, run: ClubRun, choice: str = "") -> None:
    """The run does not take place; with "all" its series ends too."""
    if not rights.organises(talk) or not _still(talk, run):
        return
    every = choice == "all"
    off = msgspec.structs.replace(run, state="cancelled", weekly=run.weekly and not every)
    talk.asks(None)
    talk.retire("cancel_all" if every else "cancel_yes")
    talk.put(off)
    talk.unplan(f"post:{run.id}:")
    follow.unplan(talk, run, series=every)
    posting.refresh(talk, off)
    talk.do(MakeEvent(off, "cancel"))
    _tell(talk, run, "called_off", off)
    talk.tell_me("cancelled_now")


def _still(talk: ClubTalk, run: ClubRun) -> bool:
    """Whether a run can still be changed; says so if not."""
    if run.state == "planned" and run.starts_at > talk.now:
        return True
    talk.tell_me("run_cancelled" if run.state == "cancelled" else "run_over")
    return False


def _tell(talk: ClubTalk, before: ClubRun, words_id: str, after: ClubRun) -> None:
    """Tell those who come (or wait) and asked for it."""
    for one in before.rsvps:
        if joining.comes(one) and one.tell:
            words = talk.words(
                words_id, title=after.title, when=saying.when(after).text, where=after.where or "?"
            )
            buttons = (
                [] if after.state == "cancelled" else [talk.button("cant", "go", after.id, CANT)]
            )
            talk.tell(one.runner, message(words, *buttons))
