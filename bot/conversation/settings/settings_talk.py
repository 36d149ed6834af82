"""Settings in conversation: each asked when first needed, each changed in one or two taps.

Rule: never a form. Whatever is set is read back at once, above all the clock: "so it is 18:40 for
you". After a change everything that is planned moves along.
"""

import re
from collections.abc import Callable, Collection, Mapping
from datetime import time

import msgspec

from bot.coaching.clock import WEEKDAYS, is_zone
from bot.content.cities import city
from bot.conversation import going_on, token
from bot.conversation.follow_through import check_times, coached, following, nudging, prompts
from bot.conversation.follow_through.soreness_scale import split
from bot.conversation.message import Button
from bot.conversation.settings import clock_words, setting_words
from bot.conversation.speaking import joined
from bot.conversation.talk import Talk

NAMES = ("days", "nudge_time", "morning_time", "units", "quiet", "country", "zone", "pre_run")
TIMES: Mapping[str, tuple[str, ...]] = {
    "nudge_time": ("12:30", "17:00", "18:00", "19:30"),
    "morning_time": ("08:00", "09:00", "10:00"),
    "run_time": ("07:00", "12:00", "18:00", "19:00"),
}
QUIET = ("20:00-08:00", "21:00-08:00", "22:00-09:00")
_PLACE = re.compile(r"^(?:i(?:'m| am|’m)|i live|it is|it's)?\s*(?:in|near|at)\s+", re.IGNORECASE)
COUNTRIES = ("GB", "IE", "US", "CA", "AU", "NZ", "DE", "FR", "ES")


def show(talk: Talk, _: str) -> None:
    """The settings, with a button each."""
    lines = [talk.voice.say(f"setting_{name}", value=_value(talk, name)) for name in NAMES]
    buttons = [talk.button(f"set_{name}", "set", name) for name in NAMES]
    talk.update(open="")
    talk.say_words("settings", *buttons, lines="\n".join(lines))


def _value(talk: Talk, name: str) -> str:
    settings, say = talk.runner.settings, talk.voice.say
    if name == "days":
        days = [day for day in WEEKDAYS if settings.get(f"run_days.{day}") is True]
        return joined(say(f"day_{day}") for day in days) or say("not_set")
    if name == "nudge_time":
        return nudging.nudge_time(talk).strftime("%H:%M")
    if name == "morning_time":
        return check_times.morning_time(talk).strftime("%H:%M")
    if name == "quiet":
        start, end = _quiet(talk)
        return say("from_to", start=start.strftime("%H:%M"), end=end.strftime("%H:%M"))
    if name == "units":
        return say(f"units_{talk.voice.units}")
    if name == "country":
        return talk.content.emergency.name(talk.voice.country) or say("not_set")
    if name == "zone":
        return zone_words(talk) if talk.runner.zone else say("not_set")
    return say("yes" if settings.get("pre_run") is True else "no")


def ask(talk: Talk, name: str) -> None:
    """Ask for one setting."""
    asker = ASKED.get(name)
    if asker is None:
        show(talk, "")
    else:
        asker(talk)


def _ask_time(name: str) -> Callable[[Talk], None]:
    def put(talk: Talk) -> None:
        buttons = [Button(at, token.action("put", f"{name}@{at}")) for at in TIMES[name]]
        prompts.put(talk, f"ask_{name}", *buttons)

    return put


def _ask_units(talk: Talk) -> None:
    buttons = [talk.button(f"units_{unit}", "put", f"units@{unit}") for unit in ("km", "mi")]
    prompts.put(talk, "ask_units", *buttons)


def _ask_quiet(talk: Talk) -> None:
    buttons = []
    for span in QUIET:
        start, _, end = span.partition("-")
        label = talk.voice.say("from_to", start=start, end=end)
        buttons.append(Button(label, token.action("put", f"quiet@{span}")))
    prompts.put(talk, "ask_quiet", *buttons)


def _ask_country(talk: Talk) -> None:
    names = talk.content.emergency
    buttons = [
        Button(names.name(code) or code, token.action("put", f"country@{code}"))
        for code in COUNTRIES
        if names.name(code)
    ]
    prompts.put(talk, "ask_country", *buttons)


def _ask_pre_run(talk: Talk) -> None:
    buttons = [talk.button(f"limp_{one}", "put", f"pre_run@{one}") for one in ("yes", "no")]
    prompts.put(talk, "ask_pre_run", *buttons)


def _ask_days(talk: Talk) -> None:
    settings = talk.runner.settings
    buttons = []
    for day in WEEKDAYS:
        chosen = settings.get(f"run_days.{day}") is True
        label = talk.voice.say(f"day_{day}")
        buttons.append(Button(f"✓ {label}" if chosen else label, token.action("day", day)))
    buttons.append(talk.button("days_done", "days_done"))
    prompts.put(talk, "ask_days", *buttons)


def ask_zone(talk: Talk) -> None:
    """Ask for the clock: by its time, by a city, or by a shared location."""
    prompts.put(talk, "ask_zone")


ASKED: Mapping[str, Callable[[Talk], None]] = {
    "days": _ask_days,
    "nudge_time": _ask_time("nudge_time"),
    "morning_time": _ask_time("morning_time"),
    "run_time": _ask_time("run_time"),
    "units": _ask_units,
    "quiet": _ask_quiet,
    "country": _ask_country,
    "zone": ask_zone,
    "pre_run": _ask_pre_run,
}


# Setting


def put(talk: Talk, argument: str) -> None:
    """One setting was chosen: keep it, say so, move what is planned."""
    name, value = split(argument)
    if name not in ASKED:
        show(talk, "")
        return
    talk.update(open="")
    if name == "quiet":
        start, _, end = value.partition("-")
        talk.settings(quiet_from=start, quiet_to=end)
    elif name == "pre_run":
        talk.settings(pre_run=value == "yes")
        if value == "yes":
            ask(talk, "run_time")
            return
    elif name == "zone":
        set_zone(talk, value)
        return
    else:
        talk.set(name, value)
    following.begin(talk)
    shown = value if name == "run_time" else _value(talk, name)
    back = talk.button("settings", "settings")
    text = talk.voice.say("setting_kept", what=talk.voice.say(f"setting_{name}", value=shown))
    buttons = [back]
    if name.endswith("_time") and name != "run_time" and _is_quiet(talk, value):
        text = f"{text} {talk.voice.say('setting_in_quiet', value=_value(talk, 'quiet'))}"
        buttons.append(talk.button("set_quiet", "set", "quiet"))
    talk.say_text(text, *buttons, kind="setting_kept")


def toggle_day(talk: Talk, day: str) -> None:
    """One run day was chosen or taken away."""
    name = f"run_days.{day}"
    if day in WEEKDAYS:
        talk.set(name, talk.runner.settings.get(name) is not True)
    _ask_days(talk)


def days_done(talk: Talk, _: str) -> None:
    """The run days are complete."""
    days = {day: talk.runner.settings.get(f"run_days.{day}") is True for day in WEEKDAYS}
    if not any(days.values()):
        talk.say_words("days_none")
        _ask_days(talk)
        return
    talk.answer({f"run_days.{day}": chosen for day, chosen in days.items()}, "tapped", "days")
    put(talk, "days@")


def set_days(talk: Talk, chosen: Collection[str]) -> None:
    """The run days, all told at once: these and no others."""
    for day in WEEKDAYS:
        talk.set(f"run_days.{day}", day in chosen)
    days_done(talk, "")


def set_zone(talk: Talk, zone: str) -> None:
    """The runner's zone is known: read the time back, then go on with a plan that waited for it."""
    if not is_zone(zone):
        ask_zone(talk)
        return
    had = talk.runner.zone
    talk.runner = msgspec.structs.replace(talk.runner, zone=zone)
    talk.update(open="")
    wrong = talk.button("zone_wrong", "set", "zone")
    talk.say_words("zone_read_back", wrong, time=talk.voice.clock(talk.now), zone=zone_words(talk))
    if coached.agreed(talk.runner) and not had:
        following.confirm(talk)
    else:
        following.begin(talk)


def zone_words(talk: Talk) -> str:
    """The zone by its city: "New York"."""
    return talk.runner.zone.rpartition("/")[2].replace("_", " ")


def heard(talk: Talk, text: str) -> bool:
    """A setting in the runner's own words; False if these words are none."""
    shown = clock_words.here(text)
    if shown is not None:
        _zone_by_time(talk, shown)
        return True
    setting = told(talk, text)
    if setting is not None:
        return _take(talk, *setting)
    if not prompts.is_open(talk, "ask_"):
        return False
    name = talk.conversation.open.removeprefix(prompts.MARK + "ask_")
    return _typed(talk, name.removesuffix("_city"), _PLACE.sub("", text.strip()))


def told(talk: Talk, text: str) -> tuple[str, str] | None:
    """The setting that these words are, and its value; None while they may answer the run days."""
    question = talk.content.question_by_id.get(talk.conversation.open)
    found = setting_words.told(text, _quiet(talk), coached=coached.agreed(talk.runner))
    about_days = question is not None and question.id == "days"
    return None if about_days and found is not None and found[0] == "days" else found


def _take(talk: Talk, name: str, value: str) -> bool:
    """Set it, read it back, and put what was open once more."""
    opened, recent = talk.conversation.open, talk.conversation.recent
    if name in ("country", "zone"):
        if not _typed(talk, name, value):
            return False
    elif name == "days":
        set_days(talk, value.split(","))
    else:
        put(talk, f"{name}@{value}")
    if talk.conversation.pending or opened in talk.content.question_by_id:
        going_on.go_on(talk)
    elif opened.startswith(prompts.MARK) and not prompts.is_open(talk) and not _asks(opened):
        talk.update(open=opened, recent=recent)
        prompts.again(talk)
    return True


def _asks(opened: str) -> bool:
    """Whether the open prompt asks for a setting, which has been told now."""
    return opened.removeprefix(prompts.MARK + "ask_").removesuffix("_city") in ASKED


def _typed(talk: Talk, name: str, text: str) -> bool:
    at = clock_words.time_of(text)
    if name in TIMES and at is not None:
        put(talk, f"{name}@{at:%H:%M}")
    elif name == "quiet" and (span := clock_words.two_times(text)) is not None:
        put(talk, f"quiet@{span[0]:%H:%M}-{span[1]:%H:%M}")
    elif name == "country" and (code := talk.content.emergency.code(text)):
        put(talk, f"country@{code}")
    elif name == "zone" and at is not None:
        _zone_by_time(talk, at)
    elif name == "zone" and (place := city(text)) is not None:
        set_zone(talk, place.zone)
    elif name == "zone" and is_zone(text.strip()):
        set_zone(talk, text.strip())
    else:
        return False
    return True


def _zone_by_time(talk: Talk, shown: time) -> None:
    """What the clock shows now: one zone of the country, or a choice of cities."""
    country = talk.voice.country
    found = clock_words.cities_where(shown, talk.now, country) if country else []
    if len(found) == 1:
        set_zone(talk, found[0].zone)
        return
    found = found or clock_words.cities_where(shown, talk.now, "")
    if not found:
        talk.say_words("zone_no_such_time")
        ask_zone(talk)
        return
    buttons = [Button(one.name, token.action("put", f"zone@{one.zone}")) for one in found]
    prompts.put(talk, "ask_zone_city", *buttons)


def _is_quiet(talk: Talk, at: str) -> bool:
    """Whether this time of day is in the quiet hours."""
    start, end = _quiet(talk)
    told_at = time.fromisoformat(at)
    return start <= told_at < end if start < end else told_at >= start or told_at < end


def _quiet(talk: Talk) -> tuple[time, time]:
    return (
        check_times.clock_setting(talk, "quiet_from", time(21)),
        check_times.clock_setting(talk, "quiet_to", time(8)),
    )
