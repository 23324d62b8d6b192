"""The evidence for a candidate as a waterfall: each piece begins where the one before it ended, the last is the sum.

It is a list of texts, so it can be read without seeing the bars, copied, and printed. The bars are SVG without a word
in it, and their colours come from the style sheet of the page.
"""

from html import escape

from resolver.model import Evidence, Mention
from resolver.pipeline import Resolver
from resolver.report.explanation import Explanation, Step, explain_candidate, steps
from resolver.wording import score_text, visible

_LEAST = 0.8  # percent of the width: a bar that can still be seen
_MINUS = str.maketrans("-", "−")


def explain_name(resolver: Resolver, text: str, kind: str | None, entity_id: str) -> Explanation:
    """What became of an entity as the meaning of a name, without the text around it. Raises UnknownEntityError."""
    mention = Mention(text, kind)
    resolution = resolver.resolve(mention)
    known = next((candidate for candidate in resolution.candidates if candidate.entity.id == entity_id), None)
    return explain_candidate(resolution, known or resolver.explain(mention, entity_id), resolver.policy)


def waterfall(explanation: Explanation, *, summary: str) -> str:
    """HTML: the summary, which must be safe, and folded away below it each piece of evidence and what follows."""
    candidate = explanation.candidate
    found = steps(candidate)
    ends = [0.0, *(step.end for step in found)]
    low, high = min(ends), max(ends)
    score = f"score {score_text(candidate.score)}, it takes {explanation.needed:g}"
    total = Step(Evidence("sum", "", candidate.bits, score), 0.0, candidate.bits)
    rows = "".join(_row(step, low, high) for step in (*found, total))
    why = f"{candidate.entity.id} {'is' if explanation.is_linked else 'is not'} linked: {'; '.join(explanation.why)}"
    return (
        f"<details><summary>{summary}</summary>"
        f'<p class="by">By its name <bdi>{_text(candidate.alias.text)}</bdi>, the name alone, in bits:</p>'
        f'<ul class="fall">{rows}</ul><p class="by">{_text(why)}.</p></details>'
    )


def _row(step: Step, low: float, high: float) -> str:
    item = step.evidence
    kind = {"": "total", "contradict": "against"}.get(item.channel, "for" if item.bits > 0 else "less")
    mark = "<b>contradicts:</b> " if item.channel == "contradict" else ""
    bits = f"{item.bits:+.1f}".translate(_MINUS)
    return (
        f'<li class="{kind}"><span class="what">{_text(item.name)}</span> <span class="bits">{bits}</span> '
        f"{_bar(step, low, high)} <span>{mark}{_text(item.detail)}</span></li>"
    )


def _bar(step: Step, low: float, high: float) -> str:
    """A bar from where the step starts to where it ends, and a line at zero."""
    unit = 100 / ((high - low) or 1.0)
    width = max(abs(step.end - step.start) * unit, _LEAST)
    left = min((min(step.start, step.end) - low) * unit, 100 - width)
    return (
        f'<svg aria-hidden="true"><rect class="zero" x="{-low * unit:.4g}%" width="1" height="100%"/>'
        f'<rect class="step" x="{left:.4g}%" y="20%" width="{width:.4g}%" height="60%" rx="2"/></svg>'
    )


def _text(text: str) -> str:
    return escape(visible(text))
