"""Which of two names stays where they overlap: one that the registry knows, or a longer one found by its shape.

A name is more than its parts: Bank of Russia is not Russia, Milan Zver is not Milan. But texts also put words in front
of a name that are no part of it: Piloti Ryanairu, Presidents of Poland, US Donald Trump. The longer name stays

1. if it is resolved, and to another entity than its parts are, or to the same one under a name as long as it is;
2. if it is the name of a person: Anna Kovalenko is not any Kovalenko, nor Anna;
3. if its parts mean something that it cannot mean: Igor Brechalov, where only Aleksandr is known;
4. if one more word of it is a name by itself, or says what it is instead: Lion Air, Kalashnikov Museum;
5. if it is a body that only its place tells from others: Ministry of Health of Wales.

Else the parts stay, and of the rest what looks like a name.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from resolver.forms import SurfaceForm, analyse
from resolver.language.organizations import is_people, kind_of
from resolver.model import Resolution

if TYPE_CHECKING:  # what finds names takes a quarter of the time that all the rest takes to load
    from resolver.mentions.kinds import Span

_OF_SPELLING = frozenset({"match_policy", "letter_case"})  # contradictions that say nothing of who is meant
_Offsets = tuple[int, int]
_Decide = Callable[[int, int, str | None], Resolution]  # start, end and kind of a span -> what it means


def settle(by_name: Sequence[Resolution], shapes: "Sequence[Span]", decide: _Decide) -> Iterator[Resolution]:
    """One resolution for each place in a text, in order, from those of known names and those of name-like spans.

    Both inputs are in order and apart. `decide` is asked only for spans where it may matter, and lazily: what is known
    of a name is still remembered where its resolution is taken.
    """
    starts, ends = [_span(known)[0] for known in by_name], [_span(known)[1] for known in by_name]
    done = 0  # known names in front of what comes next
    for shape in shapes:
        inside = range(bisect_right(ends, shape.start), bisect_left(starts, shape.end))
        rivals = [by_name[i] for i in inside]
        if any(starts[i] < shape.start or ends[i] > shape.end for i in inside) or _is_settled(shape, rivals):
            continue
        yield from by_name[done : inside.start]
        done = inside.stop
        whole = decide(shape.start, shape.end, shape.kind)
        if not rivals or _replaces(shape, whole, rivals):
            yield whole
        else:
            rest = [decide(start, end, None) for start, end in _rest(shape, rivals)]
            yield from sorted([*rivals, *rest], key=_span)
    yield from by_name[done:]


def _is_settled(shape: "Span", inside: Sequence[Resolution]) -> bool:
    """Whether a known name of the same words is resolved: a period behind it may end the sentence."""
    if len(inside) != 1 or inside[0].status != "resolved":
        return False
    start, end = _span(inside[0])
    return start == shape.start and shape.text[end - start :] in ("", ".")


def _replaces(shape: "Span", whole: Resolution, inside: Sequence[Resolution]) -> bool:
    """Whether the longer name stays, and not the known ones in it."""
    if any(_span(known) == (shape.start, shape.end) for known in inside):
        return whole.status == "resolved"
    if whole.status == "resolved":
        return all(known.entity_id != whole.entity_id for known in inside) or _is_spelt_out(whole)
    if not any(known.entity for known in inside):
        return True
    return _contradicts(whole, inside) or _is_person(shape, inside) or _is_other(shape, inside)


def _is_spelt_out(whole: Resolution) -> bool:
    """Whether the alias that a longer name means has as many words, but for given names and initials.

    So has A. Brechalov or Great Britain, but not US Donald Trump.
    """
    form, alias = analyse(whole.mention.text, whole.mention.lang), analyse(whole.candidates[0].alias.text)
    if form is None or alias is None:
        return False
    return len(form.tokens) <= len(alias.tokens) or _surnames(form) <= _surnames(alias)


def _surnames(form: SurfaceForm) -> int:
    return sum(not (token.initial or token.given or token.patronymic) for token in form.tokens)


def _contradicts(whole: Resolution, inside: Sequence[Resolution]) -> bool:
    """Whether the longer name speaks against what its part would mean: Igor Brechalov, if only Aleksandr is known."""
    best = whole.candidates[0] if whole.candidates else None
    against = [veto for veto in best.vetoes if veto.name not in _OF_SPELLING] if best else []
    return bool(best and against and any(known.entity_id == best.entity.id for known in inside))


def _is_person(shape: "Span", inside: Sequence[Resolution]) -> bool:
    """Whether the longer name is that of a person, of whom single words are known: Milan Zver."""
    if shape.kind != "person" or not shape.proper or shape.proper[0][0] != shape.start:
        return False
    return all(len(known.mention.text.split()) == 1 for known in inside)


def _is_other(shape: "Span", inside: Sequence[Resolution]) -> bool:
    """Whether one more word makes another name of a known one: Lion Air, Bank of Russia."""
    form = analyse(shape.text)
    if len(inside) > 1:
        return form is not None and _is_local(shape, form, inside)
    (known,) = inside
    start, end = (at - shape.start for at in _span(known))
    outside = [t for t in form.tokens if not start <= t.start < end] if form else []
    if any(token.index_key[0] == "=" and _tells(token.index_key[1:], known) for token in outside):
        return True
    proper = {first - shape.start for first, _ in _outside(shape, inside)}
    return len(outside) == 1 and outside[0].start in proper


def _is_local(shape: "Span", form: SurfaceForm, inside: Sequence[Resolution]) -> bool:
    """Whether a known name of generic words is that of a body elsewhere: Ministry of Health of Wales."""
    first, *others = inside
    start, end = (at - shape.start for at in _span(first))
    words = [token.index_key for token in form.tokens if start <= token.start < end]
    is_body = all(key[0] == "=" for key in words) and any(kind_of(key[1:]) == "organization" for key in words)
    return is_body and all(other.entity is None or other.entity.type == "location" for other in others)


def _tells(concept: str, known: Resolution) -> bool:
    """Whether a generic word beside a known name makes another thing of it: the city of Moscow is Moscow."""
    if is_people(concept):
        return False
    place = known.entity is not None and known.entity.type == "location"
    return not (place and kind_of(concept) == "location")


def _rest(shape: "Span", inside: Sequence[Resolution]) -> Iterator[_Offsets]:
    """The spans of two or more proper words side by side that are left beside the known names."""
    run: list[_Offsets] = []
    for word in [*_outside(shape, inside), (shape.end + 2, shape.end + 2)]:
        if run and word[0] - run[-1][1] > 1:
            if len(run) > 1:
                yield run[0][0], run[-1][1]
            run = []
        run.append(word)


def _outside(shape: "Span", inside: Sequence[Resolution]) -> list[_Offsets]:
    """The proper words of a longer name that no known name in it holds."""
    spans = [_span(known) for known in inside]
    return [word for word in shape.proper if not any(start <= word[0] < end for start, end in spans)]


def _span(resolution: Resolution) -> _Offsets:
    return resolution.mention.start, resolution.mention.start + len(resolution.mention.text)
