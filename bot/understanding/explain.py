"""What each stage found, with the words it came from, for people who want to see why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.understanding.labels import red_flags
from bot.understanding.pathways import find_pathways

if TYPE_CHECKING:
    from bot.understanding.analysis import Analysis, Text
    from bot.understanding.reading import Reading, Understood


def explain(understood: Understood) -> dict[str, Any]:
    """The stages by name: normalised, mentions, context, resolved, readings, asks."""
    analysis = understood.analysis
    if analysis is None:
        return {}
    return {
        "language": understood.language,
        "normalised": " ".join(token.norm for token in analysis.text.tokens),
        "mentions": _mentions(analysis.text),
        "quantities": [_quantity(analysis, k) for k in range(len(analysis.quantities))],
        "context": [
            {
                "fact": f.fact,
                "value": f.value,
                "standing": f.standing,
                "certainty": f.certainty,
                "quote": analysis.text.quote(f.i, f.j)[0],
            }
            for f in analysis.findings.flags
        ],
        "resolved": {
            name: {"value": f.value, "quote": analysis.text.quote(f.i, f.j)[0]}
            for name, f in analysis.findings.fields.items()
        },
        "points": {
            name: [{"points": p, "quote": analysis.text.quote(i, j)[0]} for p, i, j in told]
            for name, told in analysis.findings.points.items()
        },
        "readings": [_reading(r) for r in understood.readings + understood.denied],
        "asks": [{"kind": ask.kind, "quote": ask.quote} for ask in understood.asks],
        "pathways": list(find_pathways(analysis.findings, red_flags(analysis.findings))),
    }


def _mentions(text: Text) -> list[dict[str, Any]]:
    hits = sorted((h for own in text.hits.values() for h in own), key=lambda h: (h.i, h.concept))
    return [
        {"concept": h.concept, "value": h.value, "quote": text.quote(h.i, h.j)[0]} for h in hits
    ]


def _quantity(analysis: Analysis, k: int) -> dict[str, Any]:
    q = analysis.quantities[k]
    return {"kind": q.kind, "low": q.low, "high": q.high, "quote": analysis.text.quote(q.i, q.j)[0]}


def _reading(reading: Reading) -> dict[str, Any]:
    return {
        "fact": reading.fact,
        "value": reading.value,
        "certainty": reading.certainty,
        "standing": reading.standing,
        "quote": reading.quote,
    }
