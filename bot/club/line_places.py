"""Whether words that name no day, time or distance can be the place of a run.

Rule: while a run is being written, a stray word ("what", "thanks", "ok") is never its place. Any other
short name is: places are called all sorts of things, and the preview shows what was read.
"""

import re

_LETTERS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_LONGEST = 12
"""Words in a place. More than that is somebody talking."""
_STRAY_WORDS = """
    a again ah all and be bye cheers cool done eh em er fine go good great ha haha hello hey hi hm
    hmm huh idk it k lol maybe much nah nice no none nope not nothing now oh ok okay okey on oops
    perfect please post pls right run save see so sorry sure test thank thanks that the then there
    this thx to too um very wait well wow yea yeah yep yes you"""
_TALK_WORDS = """
    i i'm im i'd i'll i've what what's why who who's when where how can can't could do does did don't
    is are am was will would should shall thank thanks please sorry it's you we're"""
_STRAY = frozenset(_STRAY_WORDS.split())
_TALK = frozenset(_TALK_WORDS.split())


def reads_as_place(text: str) -> bool:
    """Whether somebody could mean a place by this. "7" is none, "Platform 7" is one."""
    words = [word.replace("’", "'") for word in _LETTERS.findall(text.casefold())]
    if not words or len(words) > _LONGEST or text.rstrip().endswith("?"):
        return False
    return words[0] not in _TALK and not _STRAY.issuperset(words)
