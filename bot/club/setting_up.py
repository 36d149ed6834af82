"""Setting a club up: an admin, four settings and a clock, a preview, on. A minute, and no form.

Rule: what the platform does not let us do is named in plain words, with what follows from it. The
place where /setup is typed is the place where runs are posted. Nothing is posted before [Turn on].
"""

from datetime import date, time, timedelta

import msgspec

from bot.club import digest_times, posting, rights, tokens
from bot.club.clubtalk import ClubTalk
from bot.club.joining_places import joins
from bot.club.saying import place_of
from bot.club.state import Club, ClubRun, Draft, Option, Spot
from bot.coaching.clock import WEEKDAYS, is_zone
from bot.content.cities import city
from bot.conversation.event import Place
from bot.conversation.message import Button
from bot.conversation.settings.clock_words import cities_where, time_of

UNITS = ("both", "km", "mi")
WHO = ("admins", "everyone")
TIMES = ("sun_18:00", "sun_20:00", "mon_08:00", "fri_12:00")
EXAMPLE = (Option("A", "", 10_000), Option("B", "", 4_000, walk_run=True))


def asked(talk: ClubTalk, rest: str = "") -> None:
    """/setup, [Set up], and "/setup 123456" to join a club that is set up elsewhere."""
    if not rights.administers(talk):
        return
    if rest and joins(talk, rest):
        return
    if talk.club is None and talk.private:
        talk.tell_me("setup_in_group")
        return
    if talk.club is None:
        talk.club = _new(talk)
    elif not talk.private and _elsewhere(talk.club, talk.event.where):
        where = talk.event.where
        choice = tokens.of_group(where.chat, where.thread)
        move = talk.button("here", "here", choice=choice)
        talk.tell_me("move_here", move, talk.button("back", "card"))
        return
    elif not talk.private:
        _here(talk, talk.event.where)
    settled(talk)


def settled(talk: ClubTalk) -> None:
    """The card, once the club has a clock."""
    if not rights.administers(talk):
        return
    if talk.club is not None and talk.club.zone:
        card(talk)
    else:
        ask(talk, "zone")


def here(talk: ClubTalk, choice: str = "") -> None:
    """[Post here]: another channel or topic of the group; the runs to come are posted there too."""
    if not rights.administers(talk) or talk.club is None:
        return
    where = talk.event.where
    if talk.private:  # the answer to /setup was private: its button names the place
        groups = [spot.place for spot in talk.club.spots if spot.place.platform == where.platform]
        named = [one for one in groups if one.chat == tokens.group(choice)]
        if not named:
            talk.tell_me("setup_in_group")
            return
        where = msgspec.structs.replace(named[0], thread=tokens.thread(choice))
    moved = _elsewhere(talk.club, where)
    _here(talk, where)
    talk.retire("here")
    if moved and talk.club.on:
        posting.publish_open(talk)
    card(talk)


def _elsewhere(club: Club, where: Place) -> bool:
    """Whether runs are posted in another channel or topic of this group."""
    there = [spot.place for spot in club.spots if _same_group(spot, where)]
    return bool(there) and all(place.thread != where.thread for place in there)


def _same_group(spot: Spot, where: Place) -> bool:
    return (spot.place.platform, spot.place.chat) == (where.platform, where.chat)


def _new(talk: ClubTalk) -> Club:
    figures = talk.figures.digest
    return Club(
        talk.held.next_club,
        name=talk.event.where.name,
        zone=talk.held.runner.zone,
        digest_day=figures.day,
        digest_at=time.fromisoformat(figures.at),
        spots=(Spot(talk.event.where, talk.held.missing),),
    )


def _here(talk: ClubTalk, where: Place) -> None:
    """Runs of this group are posted here from now on."""
    spots = talk.club.spots if talk.club else ()
    new = Spot(where, talk.held.missing)
    if not any(_same_group(spot, where) for spot in spots):
        talk.keep(spots=(*spots, new))
    else:
        talk.keep(spots=tuple(new if _same_group(spot, where) else spot for spot in spots))


def card(talk: ClubTalk) -> None:
    """What is set, and what is missing."""
    club = talk.club
    if club is None:
        return
    missing = dict.fromkeys(one for spot in club.spots for one in spot.missing)
    lacks = [talk.words(f"missing_{one}") for one in missing]
    lines = [
        *(
            [talk.words("setup_lacks"), *lacks, ""]
            if lacks
            else [talk.words("setup_lacks_none"), ""]
        ),
        talk.words("set_here"),
        talk.words("set_digest", value=digest_times.words(talk, club)),
        talk.words("set_units", value=talk.words(f"units_{club.units}")),
        talk.words("set_who", value=talk.words(f"who_{club.organisers}")),
        talk.words("set_zone", value=place_of(club.zone) or club.zone, time=talk.clock_now()),
    ]
    buttons = [
        talk.button(f"set_{one}", "set", choice=one) for one in ("digest", "units", "who", "zone")
    ]
    on = [] if club.on else [talk.button("on", "on")]
    talk.asks(None)
    talk.tell_me("setup", *buttons, talk.button("preview", "preview"), *on, lines="\n".join(lines))


def ask(talk: ClubTalk, what: str) -> None:
    """Ask for one setting."""
    if not rights.administers(talk) or what not in ("digest", "units", "who", "zone"):
        return
    if what == "digest":
        buttons = [
            Button(digest_times.short(talk, one), _put(talk, f"digest={one}")) for one in TIMES
        ]
        buttons.append(Button(talk.words("no_digest"), _put(talk, "digest=off")))
    elif what == "units":
        buttons = [Button(talk.words(f"units_{one}"), _put(talk, f"units={one}")) for one in UNITS]
    elif what == "who":
        buttons = [Button(talk.words(f"who_{one}"), _put(talk, f"who={one}")) for one in WHO]
    else:
        buttons = []
    waits = what if what in ("zone", "digest") else ""
    talk.asks(Draft("setup", talk.number, asks=waits))
    talk.tell_me(f"ask_{what}", *buttons)


def put(talk: ClubTalk, choice: str) -> None:
    """One setting was chosen."""
    name, _, value = choice.partition("=")
    if not rights.administers(talk):
        return
    if name == "units" and value in UNITS:
        talk.keep(units=value)
    elif name == "who" and value in WHO:
        talk.keep(organisers=value)
    elif name == "zone" and is_zone(value):
        _zone(talk, value)
    elif name != "digest" or not digest_times.put(talk, value):
        talk.tell_me("old_button")
        return
    card(talk)


def _zone(talk: ClubTalk, zone: str) -> None:
    talk.keep(zone=zone)
    digest_times.plan(talk)


def heard(talk: ClubTalk, text: str) -> bool:
    """A setting in words: a city, what the clock shows, or a day and a time for the digest."""
    asks = talk.draft.asks if talk.draft else ""
    if asks == "digest":
        value = digest_times.read(text)
        if value:
            put(talk, f"digest={value}")
        else:
            ask(talk, "digest")
        return True
    shown, place = time_of(text), city(text)
    if place is not None or is_zone(text.strip()):
        put(talk, f"zone={place.zone if place else text.strip()}")
    elif shown is not None and (found := cities_where(shown, talk.now, talk.voice.country)):
        if len(found) == 1:
            put(talk, f"zone={found[0].zone}")
        else:
            buttons = [Button(one.name, _put(talk, f"zone={one.zone}")) for one in found]
            talk.tell_me("ask_zone_city", *buttons)
    else:
        ask(talk, "zone")
    return True


def preview(talk: ClubTalk) -> None:
    """[Preview]: how a run will look here."""
    if not rights.administers(talk) or talk.club is None:
        return
    day = _next_thursday(talk.today)
    run = ClubRun(
        0, talk.number, talk.words("example_title"), day, time(19), talk.zone,
        talk.words("example_place"), _example(talk),
    )  # fmt: skip
    on = [] if talk.club.on else [talk.button("on", "on")]
    buttons = (*on, talk.button("back", "setup"))
    talk.say(posting.preview(talk, run, buttons, talk.words("preview")))


def _example(talk: ClubTalk) -> tuple[Option, ...]:
    easy, walk = talk.words("example_easy"), talk.words("example_walk")
    return tuple(
        msgspec.structs.replace(one, words=words)
        for one, words in zip(EXAMPLE, (easy, walk), strict=True)
    )


def _next_thursday(today: date) -> date:
    return today + timedelta(days=(WEEKDAYS.index("thu") - today.weekday() - 1) % 7 + 1)


def turn_on(talk: ClubTalk) -> None:
    """[Turn on]."""
    if not rights.administers(talk) or talk.club is None:
        return
    if not talk.club.zone:
        ask(talk, "zone")
        return
    talk.keep(on=True)
    talk.asks(Draft("run", talk.number))  # /run is of this club, also in our private chat
    talk.retire("on")
    digest_times.plan(talk)
    talk.tell_me("is_on")


def _put(talk: ClubTalk, choice: str) -> str:
    return talk.button("on", "put", choice=choice).token
