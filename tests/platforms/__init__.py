"""Telegram and Discord on this machine, for tests of the adapters with the real libraries.

Start at `telegram_server.TelegramServer` and `discord_server.DiscordServer`. Both are async context
managers on loopback, both are driven by the platform's own description of itself, and both fail the
test at their end if the bot broke a rule (`violations`: `expect(kind)` for a rule that is meant to
be broken, `tolerate(kind)` for one that may be). People act at once and never wait:

    runner.says, taps, follows, sends_document, sends_location, edits, blocks, joins ...   Telegram
    member.slash, presses, chooses, submits, says, types, closes_dms ...                   Discord

What they see is asked with `sees(chat)`, and waited for with `await hears(words, chat)` or
`await server.until(look, what)`; nothing sleeps. What the bot called is in `server.sent` and
`server.calls(name)`. What goes wrong is ordered with `server.faults.order(name, fault)` (see
`telegram_faults` and `discord_faults`) or `server.hold(name)`, and a clock of the test's own can be
given as `now`. `payload_files` reads the raw payloads kept in `payloads/`.
"""
