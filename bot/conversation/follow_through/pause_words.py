"""A pause in a runner's own words: "pause until 3 May", "I am on holiday from Monday to the 12th".

Rule: only words about a time to come are a pause ("I was on holiday" is history); what was read is
read back with its date before it counts. "Until Friday" comes back on Friday; "from Monday to Friday"
on the day after.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from bot.conversation.follow_through.day_words import Day, day_at, days_ahead, sensible

REASONS = (
    ("illness", re.compile(r"\b(ill|illness|sick|flu|a cold|fever|covid|unwell|a bug|poorly)\b")),
    ("injury", re.compile(r"\b(injur\w*|hurt\w*|sprain\w*|strain\w*|torn|tore|broke\w*)\b")),
    ("holiday", re.compile(r"\b(holidays?|vacation|away|travel\w*|abroad|trip)\b")),
)
_ASKED = re.compile(
    r"^/?(?:please |can you |could you |i(?:'d| would) like to |i want to |let'?s )*"
    r"(?:pause|take a break|i(?:'m| am) (?:taking|having) a break|put (?:it|the plan|my plan) on hold)\b"
)
_ABSENT = re.compile(
    r"^(?:hi |hey |sorry |ok |so )*(?:i(?:'m| am|'ll be| will be| am going to be)? )?"
    r"(?:(?:going |off )?(?:away|(?:on )?(?:a |my )?(?:holidays?|vacation)|abroad|travelling|traveling)|"
    r"(?:be )?back (?=in|on|by)|not running (?=until|till|for)|no running (?=until|till|for)|"
    r"(?:off|flying|travelling) to \w+(?: \w+)? (?=from|on|until|till|for|next|tomorrow)|"
    r"can(?:'t|not) run (?=until|till|for|next)|off (?=until|till|for)|see you (?=in|on))"
)
_UNWELL = re.compile(
    r"^(?:hi |hey |sorry |ok |so )*(?:i(?:'m| am|'ve got| have| have got| got|'ve) |feeling |got )"
    r"(?:a bit |really |quite |very |down with |come down with |the )*"
    r"(?:ill|sick|flu|a cold|a fever|covid|unwell|a bug|a virus|poorly)\b(?! (?:of|foot|feet|leg|toe|calf))"
)
_INJURED = re.compile(r"^(?:hi |sorry |ok |so )*i(?:'m| am|'ve been| have been| got) injured\b")
_PAST = re.compile(r"\b(was|were|been|last|ago|after|since|just|did|ran|returned|came|got back)\b")
_UNTIL = re.compile(r"\b(?:until|till|til|to|through|thru|back (?:on|by)|see you on|for)\s+")
_STARTS = re.compile(r"\b(?:from|starting|leaving|away|holidays?|vacation|on|off)\s+(?!for\b)")
_TO = re.compile(r"\s*(?:-|–|to|until|till|til|through|thru)\s*")
_BARE = re.compile(r"(?:the )?(\d{1,2})(?:st|nd|rd|th)?\s*(?:-|–|to|until|till)\s*")
_WHEN = re.compile(r"\b(?:until|till|til|back on|back by)\s+\S")
_GONE = re.compile(r"\b(?:until|till|til) (?:yesterday|today|last \w+)\b")
_OPEN = re.compile(r"\b(?:further notice|indefinitely|i say so|i say|no idea)\b")
LONGEST_WORDS = 14


@dataclass(frozen=True, slots=True)
class PauseTold:
    """A pause as it was told. `first` None: from now on. `until`: the day of coming back.

    `reason` is "" if none was told. `problem` is "" or why no day could be taken: none (no day was
    told), past, unknown, long.
    """

    reason: str
    first: date | None = None
    until: date | None = None
    problem: str = ""
    open: bool = False


def pause_told(
    text: str, today: date, *, coached: bool, month_first: bool = False
) -> PauseTold | None:
    """What a message says of a pause; None if it is about something else.

    Without a plan (`coached` False) only the word pause itself counts. `month_first`: 5/3 is 3 May.
    """
    plain = " ".join(text.casefold().replace("’", "'").strip(" .!?").split())
    if not _about_a_pause(plain, coached=coached):
        return None
    reason = next((name for name, words in REASONS if words.search(plain)), "")
    if _OPEN.search(plain):
        return PauseTold(reason, open=True)
    if _GONE.search(plain):
        return PauseTold(reason, problem="past")
    reader = _Reader(plain, today, month_first)
    first, last = reader.range()
    if first is not None and last is not None:
        return _checked(reason, first, last + timedelta(days=1), today)
    length = days_ahead(plain)
    if length is not None:
        return _checked(reason, first, (first or today) + timedelta(days=length), today)
    if first is not None and "next week" in plain:
        return _checked(reason, first, first + timedelta(days=7), today)
    until = reader.until()
    if until is not None:
        return _checked(reason, None, until.on, today)
    return PauseTold(reason, problem="unknown" if _WHEN.search(plain) else "none")


def _about_a_pause(plain: str, *, coached: bool) -> bool:
    if len(plain.split()) > LONGEST_WORDS:
        return False
    if _ASKED.match(plain):
        return True
    if not coached or _PAST.search(plain):
        return False
    return any(form.match(plain) for form in (_ABSENT, _UNWELL, _INJURED))


@dataclass(frozen=True, slots=True)
class _Reader:
    """The days in one message."""

    plain: str
    today: date
    month_first: bool

    def day(self, start: int, after: date | None = None) -> Day | None:
        """The day named from here on, counted from today or after another day."""
        return day_at(self.plain, start, after or self.today, month_first=self.month_first)

    def range(self) -> tuple[date | None, date | None]:
        """The first and the last day of "from Monday to the 12th"; the last may be missing."""
        for found in _STARTS.finditer(self.plain):
            bare = _BARE.match(self.plain, found.end())
            last = self.day(bare.end()) if bare else None
            if bare and last and last.on and int(bare[1]) <= last.on.day:
                return last.on.replace(day=int(bare[1]) or 1), last.on
            first = self.day(found.end())
            if first is None or first.on is None:
                continue
            to = _TO.match(self.plain, first.end)
            last = self.day(to.end(), first.on) if to else None
            return first.on, last.on if last else None
        return None, None

    def until(self) -> Day | None:
        """The day of coming back."""
        for found in _UNTIL.finditer(self.plain):
            day = self.day(found.end())
            if day is not None:
                return day
        return None


def _checked(reason: str, first: date | None, until: date | None, today: date) -> PauseTold:
    if until is None:
        return PauseTold(reason, problem="unknown")
    first = first if first is not None and first > today else None
    if until <= today or (first is not None and until <= first):
        return PauseTold(reason, problem="past")
    if not sensible(until, today):
        return PauseTold(reason, problem="long")
    return PauseTold(reason, first, until)
