"""What one types in a search box, read into a tree that knows neither database.

    peace talks      both words, in any of their forms
    "peace talks"    these words exactly, in a row
    negotiat*        words that begin so, also at the end of a phrase
    peace OR war     either; OR binds the two terms beside it, as in search engines
    -football        without it: before a word, a phrase or a group
    (peace OR war)   a group
    U.S. NATO        a name of capitals, with dots or without; where but for the case it is a common word (us), not that

What can be read leniently is: a mark that is never closed closes at the end, an operator without its terms is left
out. What is left is refused with its remedy.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from app.search.stems import ALGORITHMS
from app.search.words import MARK, capitals, stems, words

MAX_TERMS = 40
MAX_DEPTH = 10
LEAST_PREFIX = 3
MARKS = '"“”„‟«»'
TOKEN = re.compile(
    rf"(?P<minus>-*)(?:[{MARKS}](?P<phrase>[^{MARKS}]*)[{MARKS}]?(?P<star>\*?)|(?P<open>\())"
    rf"|(?P<close>\))|(?P<word>[^\s(){MARKS}]+)"
)
DOTTED = re.compile(r"(?<!\w)(?<!\w\.)[^\W\d_](?:\.[^\W\d_])+(?!\w)\.?")
UNDOTTED = re.compile(r"(?<![\w.])[^\W\d_]{2,5}(?![\w.])")
OR, AND, NOT = ("OR", "|", "||"), ("AND", "&", "&&", "+"), ("NOT",)


class SyntaxRefusedError(ValueError):
    """A search that cannot be meant; the message says what to write instead."""


@dataclass(frozen=True)
class Term:
    """A word, or several in a row."""

    text: str
    exact: bool = False
    prefix: bool = False
    is_respelled: bool = False
    """Whether it was typed with other dots."""

    @cached_property
    def name(self) -> str | None:
        """The marked name of capitals that the whole term is, where but for its case it is a common word."""
        found = [] if self.prefix else list(capitals(f"{self.text} a"))  # a, or it would be a shout
        return next((one.marked for one in found if one.marked == MARK + "".join(self.words)), None)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The folded words."""
        return words(self.text)

    def rows(self, languages: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
        """The rows of indexed tokens of which a quote in one of `languages` has one."""
        if self.name:
            return ((self.name,),)
        if self.exact or self.prefix:
            return (self.words,)
        known = (row for language in languages if language in ALGORITHMS and (row := stems(self.text, language)))
        return tuple(dict.fromkeys((self.words, *known)))


@dataclass(frozen=True)
class All:
    """All of these, and none of those."""

    parts: tuple["Node", ...]
    without: tuple["Node", ...] = ()


@dataclass(frozen=True)
class AnyOf:
    """One of these at least."""

    parts: tuple["Node", ...]


Node = Term | All | AnyOf


def parse(text: str) -> Node:
    """The tree of a search. Raises SyntaxRefusedError."""
    reader = _Reader(list(_tokens(text)))
    parts = reader.group(0)
    while reader.rest:  # a bracket that closes nothing
        parts += reader.group(0)
    if not parts:
        raise SyntaxRefusedError("Write at least one word with letters or digits in it.")
    return _together(parts)


def wanted(node: Node) -> Iterator[Term]:
    """The terms that a quote may have, those to leave out aside."""
    if isinstance(node, Term):
        yield node
    else:
        for part in node.parts:
            yield from wanted(part)


@dataclass(frozen=True)
class _Token:
    kind: str
    term: Term | None = None
    excluded: bool = False


@dataclass(frozen=True)
class _Part:
    node: Node
    excluded: bool = False


def _tokens(text: str) -> Iterator[_Token]:
    count = 0
    for found in TOKEN.finditer(text):
        for token in _token(found):
            count += token.term is not None
            if count > MAX_TERMS:
                raise SyntaxRefusedError(f"Write at most {MAX_TERMS} words and phrases.")
            yield token


def _token(found: re.Match[str]) -> Iterator[_Token]:
    if found["close"]:
        yield _Token("close")
    elif found["open"]:
        yield _Token("open", excluded=_is_minus(found))
    elif found["phrase"] is not None:
        yield from _term(found["phrase"], exact=True, star=bool(found["star"]), excluded=_is_minus(found))
    else:
        yield from _word(found["word"])


def _is_minus(found: re.Match[str]) -> bool:
    before = found.string[found.start() - 1] if found.start() else " "
    return bool(found["minus"]) and (before.isspace() or before == "(")


def _word(word: str) -> Iterator[_Token]:
    for kind, spellings in (("or", OR), ("and", AND), ("not", NOT)):
        if word in spellings:
            yield _Token(kind, Term(word))
            return
    bare = word.lstrip("-+")
    yield from _term(bare.rstrip("*"), star=bare.endswith("*"), excluded=word.startswith("-"))


def _term(text: str, *, exact: bool = False, star: bool, excluded: bool) -> Iterator[_Token]:
    # Where the phrase ends in a star inside its marks, the last word is a prefix as well.
    prefix = star or text.rstrip().endswith("*")
    term = Term(text, exact=exact, prefix=prefix)
    if not term.words:
        return
    last = term.words[-1]
    if prefix and last.isascii() and len(last) < LEAST_PREFIX:
        raise SyntaxRefusedError(f"Write at least {LEAST_PREFIX} letters before the star in {last}*.")
    yield _Token("term", term, excluded)


@dataclass
class _Reader:
    """Reads tokens from left to right; what it has read is dropped."""

    rest: list[_Token]
    place: int = field(default=0)

    def __post_init__(self) -> None:
        self.rest.reverse()

    def group(self, depth: int) -> list[_Part]:
        """The parts up to the bracket that closes the group, or to the end."""
        if depth > MAX_DEPTH:
            raise SyntaxRefusedError(f"Write at most {MAX_DEPTH} brackets inside each other.")
        parts: list[_Part] = []
        joins = False
        negates = False
        while self.rest and (token := self.rest.pop()).kind != "close":
            if token.kind == "or":
                joins = bool(parts)
            elif token.kind == "not":
                negates = True
            elif token.kind != "and" and (part := self._part(token, depth, negates)):
                parts.append(_either(parts.pop(), part) if joins else part)
                joins = negates = False
        return parts

    def _part(self, token: _Token, depth: int, negates: bool) -> _Part | None:
        excluded = token.excluded or negates
        if token.kind == "term" and token.term:
            return _Part(_spelled(token.term), excluded)
        inside = self.group(depth + 1)
        return _Part(_together(inside), excluded) if inside else None


def _spelled(term: Term) -> Node:
    """The term; where names of capitals are in it, with their dots or without."""
    if term.prefix or term.name:
        return term
    bare = DOTTED.sub(lambda found: found[0].replace(".", ""), term.text)
    dotted = UNDOTTED.sub(lambda found: f"{'.'.join(found[0])}." if found[0].isupper() else found[0], term.text)
    other = {words(text): Term(text, exact=term.exact, is_respelled=True) for text in (bare, dotted)}
    others = [one for spelling, one in other.items() if spelling != term.words]
    return AnyOf((term, *others)) if others else term


def _either(left: _Part, right: _Part) -> _Part:
    if left.excluded or right.excluded:
        raise SyntaxRefusedError("Write words to look for on both sides of OR, and what to leave out apart from them.")
    before = left.node.parts if isinstance(left.node, AnyOf) else (left.node,)
    return _Part(AnyOf((*before, right.node)))


def _together(parts: list[_Part]) -> Node:
    found = tuple(part.node for part in parts if not part.excluded)
    if not found:
        raise SyntaxRefusedError("Write at least one word to look for beside what to leave out.")
    without = tuple(part.node for part in parts if part.excluded)
    return found[0] if len(found) == 1 and not without else All(found, without)


def render(node: Node, term: Callable[[Term], str], conjunction: str, disjunction: str, exclusion: str) -> str:
    """The tree as an expression; what stands between its parts is a database's own."""

    def joined(parts: tuple[Node, ...], between: str) -> str:
        return "(" + between.join(part(one) for one in parts) + ")"

    def part(one: Node) -> str:
        if isinstance(one, Term):
            return term(one)
        if isinstance(one, AnyOf):
            return joined(one.parts, disjunction)
        found = joined(one.parts, conjunction)
        return f"({found}{exclusion}{joined(one.without, disjunction)})" if one.without else found

    return part(node)
