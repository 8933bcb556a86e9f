"""Where in a quote the words of a search stand: offsets, so that whoever shows them does the escaping."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

from app.search.syntax import Node, Term, wanted
from app.search.words import MAX_INDEXED, Stretch, capitals, located, stems, stems_of


class HasText(Protocol):
    """A segment."""

    text: str


S = TypeVar("S", bound=HasText)


def highlights(tree: Node, segments: Sequence[S], language: str) -> Iterator[tuple[S, Stretch]]:
    """Each segment's stretches that answer the search; what runs over several is marked in each."""
    found = hits(tree, " ".join(segment.text for segment in segments), language)
    begin = 0
    for segment in segments:
        end = begin + len(segment.text)
        for start, stop in found:
            if start < end and stop > begin:
                yield segment, (max(start, begin) - begin, min(stop, end) - begin)
        begin = end + 1


def hits(tree: Node, text: str, language: str) -> list[Stretch]:
    """The stretches of a text that answer the search, in order and apart."""
    kept = text[:MAX_INDEXED]
    words = located(kept)
    stemmed = stems_of(kept, words, language)
    terms = list(wanted(tree))
    rows = (row for term in terms if not term.name for row in _of_term(term, words.folded, stemmed, language))
    found = [(words.places[first][0], words.places[last][1]) for first, last in rows]
    if names := {term.name for term in terms if term.name}:
        found += [one.place for one in capitals(kept) if one.marked in names]
    return list(_apart(sorted(found)))


def _of_term(term: Term, folded: Sequence[str], stemmed: Sequence[str], language: str) -> Iterator[Stretch]:
    """The first and the last word of each stretch that answers a term."""
    yield from _of_row(folded, term.words, prefix=term.prefix)
    if stemmed and not (term.exact or term.prefix):
        yield from _of_row(stemmed, stems(term.text, language))


def _of_row(tokens: Sequence[str], row: Sequence[str], *, prefix: bool = False) -> Iterator[Stretch]:
    whole, last = tuple(row[:-1]), row[-1]
    if not prefix and last not in tokens:
        return
    for end, token in enumerate(tokens):
        if token == last or (prefix and token.startswith(last)):
            begin = end - len(whole)
            if begin >= 0 and tuple(tokens[begin:end]) == whole:
                yield begin, end


def _apart(stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    open_stretch: Stretch | None = None
    for start, end in stretches:
        if open_stretch and start < open_stretch[1]:
            open_stretch = open_stretch[0], max(end, open_stretch[1])
        else:
            if open_stretch:
                yield open_stretch
            open_stretch = start, end
    if open_stretch:
        yield open_stretch
