"""Masking: what could say who somebody is, taken out of a sentence before it is kept.

Rule: rather a word too many than a name too few. Masked are @mentions, addresses, links, numbers of
more than 6 digits (spaces and dots between them do not help), and names: a word with a capital that
the reader of words does not know, a word that is a name as well as a word, and whoever is named after
"my name is", "hello" or "my friend". In a language with capitals on every noun this hides more.
"""

import re
from collections.abc import Set as AbstractSet

from bot.understanding.tokens import plain

NAME, NUMBER, LINK = "[name]", "[number]", "[link]"
LONGEST_NUMBER = 6
_LINKS = re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)
_MENTIONS = re.compile(r"<[@#][!&]?\d+>|[\w.+-]{1,64}@[\w-]+\.[\w.]*\w|(?<!\w)@[\w.]*\w")
_FIGURES = re.compile(r"\+?\d(?:(?:[ .()/-]{0,2}|,)\d)*")
_TOLD = re.compile(
    r"(?P<cue>\b(?:my name is|my name's|(?:i'm|i am) called|called me|signed))(?P<gap>[\s,:]+)"
    r"(?P<name>[^\W\d_]+)",
    re.IGNORECASE,
)
_NEAR = re.compile(
    r"(?P<cue>\b(?:hi|hello|hey|dear|thanks|cheers|i'm|i am|this is|friend|mate|buddy|wife|husband|"
    r"partner|girlfriend|boyfriend|son|daughter|brother|sister|mum|mom|dad|coach|physio|doctor|dr|"
    r"mr|mrs|ms|boss|neighbour|neighbor|colleague)\b)(?P<gap>\.?,? +)(?P<name>[^\W\d_]+)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_ALSO_NAMES = frozenset({
    "art", "bill", "bob", "chase", "christian", "dawn", "dean", "dick", "don", "drew", "eve",
    "faith", "frank", "gene", "grace", "grant", "guy", "harry", "hope", "jack", "jean", "jim",
    "john", "josh", "joy", "lance", "mark", "max", "mike", "nick", "norm", "pat", "peter",
    "ray", "rob", "rose", "rusty", "sam", "sandy", "sue", "tom", "tony", "victor", "will",
})  # fmt: skip
"""Words that are names too: hidden when they have a capital inside a sentence."""
_SELF = ("i'm", "i am", "this is")
_SHORT_FORMS = ("n't", "n’t")
_TWICE = re.compile(r"\[name\](?:[ -]+\[name\])+")


def masked(sentence: str, known: AbstractSet[str]) -> str:
    """The sentence with names, mentions, links and long numbers masked.

    `known` are the words the reader knows in its language, in their plain form.
    """
    text = _MENTIONS.sub(NAME, _LINKS.sub(LINK, sentence))
    text = _FIGURES.sub(_figures, text)
    text = _TOLD.sub(lambda found: f"{found['cue']}{found['gap']}{NAME}", text)
    text = _NEAR.sub(lambda found: _near(found, known), text)
    text = _WORD.sub(lambda found: _word(found, known), text)
    return _TWICE.sub(NAME, text)


def _figures(found: re.Match[str]) -> str:
    digits = sum(character.isdigit() for character in found[0])
    return NUMBER if digits > LONGEST_NUMBER else found[0]


def _near(found: re.Match[str], known: AbstractSet[str]) -> str:
    name = found["name"]
    known_word = plain(name) in known and not (name.istitle() and plain(name) in _ALSO_NAMES)
    about_self = found["cue"].casefold() in _SELF and not name.istitle()
    return found[0] if known_word or about_self else f"{found['cue']}{found['gap']}{NAME}"


def _word(found: re.Match[str], known: AbstractSet[str]) -> str:
    word = found[0]
    if not word[0].isupper() or len(word) == 1:
        return word
    stem = word[:-3] if word.endswith(_SHORT_FORMS) else re.split("['’]", word)[0]
    base = plain(stem)
    if word.endswith(_SHORT_FORMS) or len(stem) == 1:
        return word
    before = found.string[max(0, found.start() - 4) : found.start()].rstrip(" \"'([")
    starts = not before or before[-1] in ".!?\n"
    if base in known and (starts or base not in _ALSO_NAMES):
        return word
    return NAME + word[len(stem) :]
