"""The decision flow as a Mermaid diagram, drawn from the content itself.

Rule: the table is the truth and draws its own documentation. Questions point to the facts' rules they
can decide, rules to what follows. Nothing in the diagram is typed by hand.
"""

from collections.abc import Iterator

from bot.content.load import Content
from bot.content.tables import CompiledRule, Level

_LEVELS: tuple[Level, ...] = ("emergency", "same_day", "this_week", "self_manage")


def mermaid(content: Content) -> str:
    """The whole flow: questions in order of priority, the rules they feed, the outcomes."""
    lines = ["flowchart LR"]
    lines += [
        f'  {_node(question.id)}["{question.code} {_text(question.ask)}"]'
        for question in content.questions
    ]
    lines += [f"  L_{level}(({level}))" for level in _LEVELS]
    edges: dict[str, None] = {}
    for row in content.triage.rules:
        lines.append(f'  R_{_safe(row.rule.id)}{{"{row.rule.id}"}}')
        edges.update(dict.fromkeys(_into(content, row)))
        edges[f"  R_{_safe(row.rule.id)} --> L_{row.rule.level}"] = None
    for row in content.causes.rules:
        lines.append(f'  R_{_safe(row.rule.id)}{{"{row.rule.id}"}}')
        edges.update(dict.fromkeys(_into(content, row)))
        for name in row.rule.pathways:
            edges[f"  R_{_safe(row.rule.id)} --> P_{name}"] = None
    lines += [f'  P_{name}["{_text(flow.label)}"]' for name, flow in content.flows.items()]
    lines += edges
    return "\n".join(lines) + "\n"


def page(content: Content) -> str:
    """The diagram as a page of the documentation."""
    return (
        "# How Heeldrop decides\n\n"
        "Drawn from the content by `heeldrop graph --page`; never edited by hand. Questions on the left are\n"
        "in order of priority. Each is asked only while an answer can still change the outcome.\n\n"
        f"```mermaid\n{mermaid(content)}```\n"
    )


def _into(content: Content, row: CompiledRule) -> Iterator[str]:
    for test in row.condition.mentions():
        for fact in content.derived_needs.get(test.fact, (test.fact,)):
            for question in content.settled_by.get(fact, ())[:1]:
                yield f"  {_node(question.id)} --> R_{_safe(row.rule.id)}"


def _node(name: str) -> str:
    return f"Q_{_safe(name)}"


def _safe(name: str) -> str:
    return name.replace("-", "_").replace(".", "_")


def _text(words: str) -> str:
    line = words.strip().splitlines()[0].replace('"', "'")
    return line if len(line) <= 60 else line[:57] + "..."
