"""What `heeldrop chat --json --help` prints, and docs/json-chat.md holds word for word."""

JSON_HELP = """\
`heeldrop chat --json` reads one JSON object per line and writes one JSON object per line.

What you send. Each line has one verb, and may have an "id" that comes back with the answer.

  {"say": "text"}                    say something
  {"tap": "token"}                   press a button, by token (even an old one) or label
  {"tap": 1}                         press a button of those shown last, by number from 1
  {"skip": "18h"}                    move the clock: 30m, 18h, 2d, 1w, "until sat 9:00"
  {"as": "member-2", "in": "#runs"}  be someone, somewhere; each may stand alone
  {"in": "private"}                  back to the private chat
  {"file": "run.gpx"}                drop a file
  {"restart": true}                  close everything and open it again from the data file
  {"resume": true}                   come back: someone known is told where they were
  {"state": true}                    only the done line, with its state

What you get. For each line sent: any number of message lines, at most one error line, and then
exactly one done line.

  {"message": {"text": "...", "buttons": [{"label": "Right", "token": "!right"}],
               "audience": "private_chat", "kind": "read_back", "urgent": false,
               "at": "2026-05-07T18:40:00Z", "to": "you", "in": "private"}}
  {"error": {"code": "no_such_button", "message": "..."}, "id": 7}
  {"done": true, "id": 7, "state": {"facts": {}, "triage": null, "pathways": [], "rules": [],
                                    "next": null, "plan": null}}

A message may also have "picture": {"path", "alt"} and "attachment": {"name", "text"}.
"edited": true means: not a new message, a post that was there says this now.
"audience" is everyone_here, only_you_here or private_chat. "at" is the chat's own time in UTC.
"to" is the person it is for, "in" is private, #place or #place/topic.

Error codes. After each of them the chat goes on, and nothing said is lost.

  not_json, not_an_object, not_utf8, line_too_long (65,536 bytes)
  one_verb, unknown_verb, bad_value, bad_id, control_characters
  no_such_button, no_such_file, not_a_moment, data_file, content, failed

The chat ends at the end of the input, with exit code 0. If the data folder or the content cannot be
used, it says why in one sentence, exits with 2, and has changed nothing.
"""
