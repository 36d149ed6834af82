"""Scripts with several people in one place, played against the pure core.

    title: A club run
    at: 2026-05-04 12:00 Europe/London
    admin in #runs: /run Thu 7pm Town Hall 10k easy; 4k walk-run
    tap admin in #runs: Post
    tap member-2 in #runs: Going A
    everyone: Going 1
    to member-2: You are down for A, 10 km
    never everyone: 4.1 km
    member-3 never sees: 4.1 km
    wait: 3d

`NAME in PLACE:` types; `tap NAME in PLACE:` presses the newest button that NAME can see with such a
label; `press` instead of `tap` sends a raw token. A place is `private` or begins with # (with @ on
another platform); `#runs/evening` is a topic of it. `NAME joins PLACE:` and `NAME removes PLACE:`
bring the bot in and throw it out.
`everyone:` must stand in what everyone could just read, `to NAME:` in what only NAME could;
`never everyone:` and `never to NAME:` must not; `post:` in what a post says now; `silence:` means
nothing was said to anybody, `quiet:` nothing to everyone. `NAME never sees:` looks at all that NAME
could ever read. `missing:` says what the platform does not allow, `zone NAME:` where somebody is.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from bot.checking.clubhouse import EVERYONE, Clubhouse
from bot.checking.talk import DEFAULT_AT, Line, Script, ScriptError, moment
from bot.content.load import Content
from bot.conversation.answers import span
from bot.conversation.event import Presence, Said, Tapped

NAME = r"([a-z]+(?:-\d+)?)"
_ACT = re.compile(rf"(?:(tap|press) )?{NAME} (in|joins|removes) ([#@][\w-]+(?:/\w+)?|private)")
_TO = re.compile(rf"(never )?to {NAME}")
_SEES = re.compile(rf"{NAME} never sees")
_ZONE = re.compile(rf"zone {NAME}")
_PLAIN = frozenset(
    {"title", "at", "everyone", "never everyone", "post", "silence", "quiet", "wait", "missing"}
)
_COLON = re.compile(r":(?:\s|$)")


def read_club_script(path: Path) -> Script:
    """Read a .talk file of the club. Raises ScriptError."""
    lines: list[Line] = []
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not raw.strip() or raw.lstrip().startswith("#"):
            continue
        verb, *rest = _COLON.split(raw, maxsplit=1)
        verb = verb.strip()
        known = verb in _PLAIN or any(one.fullmatch(verb) for one in (_ACT, _TO, _SEES, _ZONE))
        if not rest or not known:
            raise ScriptError(f"{path.name}:{number}: cannot read {raw!r}.")
        lines.append(Line(number, verb, rest[0].strip()))
    title = next((line.text for line in lines if line.verb == "title"), path.stem)
    return Script(path.name, title, tuple(lines))


def club_scripts_in(folder: Path) -> list[Script]:
    """Every script of the club, by name."""
    return [read_club_script(path) for path in sorted((folder / "club").glob("*.talk"))]


def play_club(script: Script, content: Content) -> Clubhouse:
    """Play a script to its end. Raises ScriptError where it does not hold."""
    scene = script.settings()
    now, _ = moment(scene.get("at", DEFAULT_AT))
    house = Clubhouse(content, now)
    for line in script.lines:
        if not _acted(house, script, line):
            _judge(house, script, line)
    return house


def club_transcript(script: Script, content: Content) -> Iterator[str]:
    """What is said, to whom, line by line, whether or not the script's claims hold."""
    scene = script.settings()
    now, _ = moment(scene.get("at", DEFAULT_AT))
    house = Clubhouse(content, now)
    for line in script.lines:
        if line.verb not in ("title", "at") and _acted(house, script, line):
            yield f"{line.verb}> {line.text}"
            yield from _told(house)


def _acted(house: Clubhouse, script: Script, line: Line) -> bool:
    found = _ACT.fullmatch(line.verb)
    if found is not None:
        _act(house, script, line, found)
    elif line.verb == "wait":
        house.wait(span(line.text.replace(" ", "")))
    elif line.verb == "missing":
        house.missing = msgspec.convert(line.text.split(), type=type(house.missing), strict=False)
    elif found := _ZONE.fullmatch(line.verb):
        stage = house.someone(found[1]).stage
        stage.runner = msgspec.structs.replace(stage.runner, zone=line.text)
    else:
        return line.verb in ("title", "at")
    return True


def _act(house: Clubhouse, script: Script, line: Line, found: re.Match[str]) -> None:
    how, name, doing, where = found.groups()
    if doing != "in":
        what = "joined" if doing == "joins" else "removed"
        house.happen(name, where, Presence("joined" if what == "joined" else "removed"))
    elif how == "press":
        house.happen(name, where, Tapped(line.text))
    elif how == "tap":
        button = house.button(name, line.text)
        if button is None:
            raise _fail(house, script, line, f"{name} sees no button {line.text!r}")
        house.happen(name, where, Tapped(button.token))
    else:
        house.happen(name, where, Said(line.text))


def _judge(house: Clubhouse, script: Script, line: Line) -> None:
    if line.verb == "silence":
        held, what = not house.said, "something was said"
    elif line.verb == "quiet":
        held, what = not _texts(house, EVERYONE), "something was said to everyone"
    elif line.verb == "post":
        held = any(line.text in message.text for message in house.posts.values())
        what = f"no post says {line.text!r}: {[one.text for one in house.posts.values()]}"
    elif found := _SEES.fullmatch(line.verb):
        held = not _in(line.text, house.seen_by(found[1]))
        what = f"{found[1]} could read {line.text!r}"
    else:
        found = _TO.fullmatch(line.verb)
        name = found[2] if found else EVERYONE
        never = line.verb.startswith("never")
        held = _in(line.text, _texts(house, name)) != never
        what = f"{line.text!r} was {'' if never else 'not '}said to {name}"
    if not held:
        raise _fail(house, script, line, what)


def _texts(house: Clubhouse, name: str) -> list[str]:
    return [heard.message.text for heard in house.said if heard.to == name]


def _in(text: str, among: list[str]) -> bool:
    return any(text.casefold() in one.casefold() for one in among)


def _fail(house: Clubhouse, script: Script, line: Line, text: str) -> ScriptError:
    said = "\n".join(_told(house))
    return ScriptError(f"{script.file}:{line.number}: {line.verb}: {text}. Said:\n{said}")


def _told(house: Clubhouse) -> Iterator[str]:
    for heard in house.said:
        yield f"  {heard.how} to {heard.to} ({heard.where}): " + heard.message.text.replace(
            "\n", "\n    "
        )
        if heard.message.buttons:
            yield "    " + "  ".join(f"[{button.label}]" for button in heard.message.buttons)
