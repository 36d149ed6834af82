"""Receipts: why this is asked, and why this is advised.

Rule: every receipt holds the runner's own answers, the rule, the source, the strength of the evidence
in words, what was taken for granted, and whether a clinician has reviewed it.
"""

from collections.abc import Iterable

import msgspec

from bot.content.questions import Question
from bot.content.tables import Rule
from bot.conversation import token
from bot.conversation.derive import Standing
from bot.conversation.message import Button, Message, message
from bot.conversation.readback import listed
from bot.conversation.speaking import Voice


def why_asked(question: Question, voice: Voice) -> Message:
    """Why an open question is asked."""
    text = voice.fill(question.why)
    return msgspec.structs.replace(message(text), kind=f"why:{question.id}")


def why_advised(standing: Standing, voice: Voice) -> Message:
    """The receipt of the advice as it stands."""
    content = voice.content
    parts = [voice.say("receipt_heading")]
    facts = _used(standing, voice)
    if facts:
        parts.append(voice.say("receipt_answers", facts=facts))
    rules = [rule for rule in standing.fired if rule.id != "S"] or list(standing.fired)
    parts.append("\n".join(_rule_line(rule, voice) for rule in rules[:4]))
    claims = [line for name in standing.pathways for line in _claims(name, voice)]
    if claims and not standing.locked:
        parts.append("\n".join(f"• {line}" for line in list(dict.fromkeys(claims))[:4]))
    granted = [
        voice.fact(name, standing.facts[name])
        for name in sorted(standing.known.assumed)
        if str(standing.facts[name]).lower() in content.facts[name].read
    ]
    granted = [text for text in granted if text]
    if granted and not standing.locked:
        parts.append(voice.say("receipt_assumed", facts="; ".join(granted)))
    reviewed = sorted({rule.reviewed_by for rule in rules if rule.reviewed_by})
    parts.append(
        voice.say("receipt_reviewed", who=", ".join(reviewed))
        if reviewed
        else voice.say("not_reviewed")
    )
    buttons = (Button(voice.say("button_fix_answer"), token.action("fix")),)
    return msgspec.structs.replace(message("\n\n".join(parts), *buttons), kind="receipt")


def _used(standing: Standing, voice: Voice) -> str:
    mentioned = set(_mentioned(standing.fired, voice))
    facts = {
        name: value
        for name, value in standing.facts.items()
        if name in mentioned
        and name in standing.known.origin
        and value is not False
        and value != "none"
    }
    return listed(facts, voice)


def _mentioned(rules: Iterable[Rule], voice: Voice) -> Iterable[str]:
    wanted = {rule.id for rule in rules}
    needs = voice.content.derived_needs
    for table in (voice.content.triage, voice.content.causes):
        for row in table.rules:
            if row.rule.id in wanted:
                for test in row.condition.mentions():
                    yield test.fact
                    yield from needs.get(test.fact, ())
    yield from ("run_distance_m", "run_date", "break_days", "pain_walk")


def _rule_line(rule: Rule, voice: Voice) -> str:
    sources = ", ".join(voice.content.evidence.cite(name) for name in rule.sources)
    strength = rule.strength or _strength(rule, voice)
    end = f" ({'; '.join(part for part in (sources, strength) if part)})" if sources else ""
    return f"• {voice.fill(rule.says)}{end}"


def _strength(rule: Rule, voice: Voice) -> str:
    """The strongest of a rule's sources, in words."""
    known = voice.content.evidence.sources
    found = {known[name].strength for name in rule.sources if name in known}
    return next((word for word in ("strong", "moderate", "weak", "tradition") if word in found), "")


def _claims(pathway: str, voice: Voice) -> Iterable[str]:
    flow = voice.content.flows.get(pathway)
    for name in flow.claims if flow else ():
        claim = voice.content.evidence.claims.get(name)
        if claim is not None:
            yield f"{claim.says} ({claim.strength})"
