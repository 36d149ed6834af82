"""A session in words."""

from bot.coaching.ladder import Session
from bot.conversation.speaking import duration


def session_words(session: Session) -> str:
    """A session in words: "5 min walk, then 6 times 1 min jog and 2 min walk, then 5 min walk"."""
    blocks = []
    for part in session.sets:
        run, walk = duration(part.run_s), duration(part.walk_s)
        if part.run_s == 0:
            blocks.append(f"{walk} brisk walk")
        elif part.times == 1:
            blocks.append(f"{run} jog" + (f", {walk} walk" if part.walk_s else ""))
        else:
            pair = f"{run} jog" + (f" and {walk} walk" if part.walk_s else "")
            blocks.append(f"{part.times} times: {pair}")
    around = [f"{duration(session.walk_before_s)} walk"] if session.walk_before_s else []
    after = [f"{duration(session.walk_after_s)} walk"] if session.walk_after_s else []
    return ", then ".join((*around, ", ".join(blocks), *after))
