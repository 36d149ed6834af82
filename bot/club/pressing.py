"""The presses on a run's post: [Going A] [Going B] [Maybe] [Can't].

Rule: the answer is for whoever pressed; the post shows counts. The same press twice changes nothing.
"""

from bot.club import fits, joining, posting, saying
from bot.club.clubtalk import ClubTalk
from bot.club.state import CANT, MAYBE, ClubRun, Member, Rsvp
from bot.conversation.message import Button, message


def press(talk: ClubTalk, run: ClubRun, choice: str) -> None:
    """Somebody said whether they come."""
    letters = [one.letter for one in run.options] or ["A"]
    if run.state == "cancelled" or run.ends_at <= talk.now or choice not in (*letters, MAYBE, CANT):
        talk.brief(
            talk.words("run_cancelled" if run.state == "cancelled" else "run_over"), kind="late"
        )
        return
    new = joining.joined(run, talk.held.runner_id, choice, talk.now)
    if new is run:
        talk.brief(
            talk.words("same", what=_said(talk, run, choice)), *_more(talk, run), kind="same"
        )
        return
    settle(talk, run, new)
    take_part(talk)
    _answer(talk, new, choice)


def take_part(talk: ClubTalk) -> None:
    """Whoever acts is a member while they go, have gone or share; `since` is their first run's start."""
    club, runner = talk.club, talk.held.runner_id
    if club is None:
        return
    member = club.member(runner)
    if member is not None and member.since <= talk.now:
        return
    starts = [
        run.starts_at
        for run in talk.coming()
        if (mine := joining.of(run, runner)) is not None and joining.comes(mine)
    ]
    rest = tuple(one for one in club.members if one.runner != runner)
    shares = member.shares if member else ()
    if starts or shares:
        since = min(starts, default=talk.now)
        name = member.name if member else ""
        talk.keep(members=(*rest, Member(runner, since, shares, name)))
    elif member is not None:
        talk.keep(members=rest)


def settle(talk: ClubTalk, before: ClubRun, after: ClubRun) -> None:
    """Keep a run whose list changed, show its counts, and tell those who moved up if they asked."""
    talk.put(after)
    posting.refresh(talk, after, before)
    for one in joining.moved_up(before, after):
        if one.tell:
            words = talk.words("moved_up", title=after.title, when=posting.when_words(after))
            talk.tell(one.runner, message(words, talk.button("cant", "go", after.id, CANT)))


def tell(talk: ClubTalk, run: ClubRun, choice: str) -> None:
    """[Tell me if it changes] and its opposite."""
    mine = talk.mine(run)
    if mine is None or not joining.comes(mine):
        talk.brief(talk.words("tell_not_going"), kind="tell")
        return
    wanted = choice != "no"
    if mine.tell != wanted:
        talk.put(joining.telling(run, mine.runner, wanted))
    talk.brief(talk.words("tell_yes" if wanted else "tell_no"), kind="tell")


def _answer(talk: ClubTalk, run: ClubRun, choice: str) -> None:
    line = joining.place_in_line(run, talk.held.runner_id)
    what = _said(talk, run, choice)
    if line:
        text = talk.words("you_wait", number=line)
    elif choice == MAYBE:
        text = talk.words("you_maybe")
    elif choice == CANT:
        text = talk.words("you_cant")
    else:
        text = talk.words("you_go", what=what, when=posting.my_when(talk, run))
        far = fits.remark(talk, run, choice)
        text = f"{text} {far}" if far else text
    talk.brief(text, *_more(talk, run), kind="rsvp")


def _said(talk: ClubTalk, run: ClubRun, choice: str) -> str:
    if choice in (MAYBE, CANT):
        return talk.voice.say(f"button_club_{choice}")
    option = next((one for one in run.options if one.letter == choice), None)
    if option is None or len(run.options) == 1 or talk.club is None:
        return run.title
    return f"{choice}, {saying.option_words(option, talk.club)}"


def _more(talk: ClubTalk, run: ClubRun) -> tuple[Button, ...]:
    """What else there is for somebody who comes."""
    mine: Rsvp | None = joining.of(talk.run(run.id) or run, talk.held.runner_id)
    if mine is None or not joining.comes(mine):
        return ()
    told = talk.button("tell_no", "tell", run.id, "no")
    wants = talk.button("tell_yes", "tell", run.id, "yes")
    return (told if mine.tell else wants, talk.button("calendar", "cal", run.id))
