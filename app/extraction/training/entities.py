"""From GUM's mentions to names: the `Entity=` brackets, and how nested spans become flat names.

GUM brackets every mention, pronouns and common nouns too. A name is what remains when
- the mention's head is a proper noun, or a person's name hangs on a role (`actor Ana Brook`);
- only the head's own name is kept: flat and compound parts, capitalized adjectives, `of` phrases of organizations and
  places; determiners, titles and roles (`President`, `Mr.`), possessives, appositions and clauses fall off;
- what is left of a person is no mere title, people or demonym (`Mr. President`, `Americans`, `the Buddha`);
- a name inside a longer name is dropped, whatever the longer one is (`Chicago` in `University of Chicago`, `Nobel` in
  `Nobel Peace Prize`), so that names never overlap;
- a country is a place also where it acts (`North Korea said`), which GUM calls now an organization, now a place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.extraction.training.conllu import Sentence, Word
from app.extraction.training.gazetteer import COUNTRIES, TITLES

LABELS = {"person": "PERSON", "organization": "ORG", "place": "LOC"}
FIELD = re.compile(r"(?:^|\|)Entity=([^|]*)")
BRACKET = re.compile(r"\([^()]+\)?|[^()]+\)")
NAME_PARTS = {"flat", "compound", "amod", "nummod", "nmod:desc", "goeswith"}
JOINTS = {"case", "det", "cc", "punct"}
LONGEST_GAP = 3
"""Words between the parts of a personal name: the hyphen of `Jong - un`, a nickname with its marks."""


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """A stretch of a sentence's words, `[start, end)`, with GUM's entity type."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """A stretch of a sentence's words, `[start, end)`, labelled PERSON, ORG or LOC."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Bracketed:
    """A stretch of a sentence's words, `[start, end)`, that GUM brackets: who or what is meant, and its type."""

    identity: str
    kind: str
    start: int
    end: int


def bracketed(sentence: Sentence) -> Iterator[Bracketed]:
    """Every bracket of the sentence, inner ones first; unmatched ones are ignored."""
    pending: list[tuple[str, str, int]] = []
    for position, word in enumerate(sentence.words):
        field = FIELD.search(word.misc)
        for bracket in BRACKET.findall(field[1]) if field else ():
            identity, *told = bracket.strip("()").split("-")
            if bracket.startswith("("):
                pending.append((identity, told[0], position))
            opened = next((each for each in reversed(pending) if each[0] == identity), None)
            if bracket.endswith(")") and opened:
                pending.remove(opened)
                yield Bracketed(*opened, position + 1)


def mentions(sentence: Sentence) -> list[Mention]:
    """Every mention bracketed in the sentence, inner ones first."""
    return [Mention(each.start, each.end, each.kind) for each in bracketed(sentence)]


def names(sentence: Sentence) -> list[Name]:
    """The sentence's names of persons, organizations and places: flat, in reading order."""
    spans = mentions(sentence)
    cores = {core for mention in spans if (core := _core(sentence.words, mention, spans))}
    kept: list[Mention] = []
    for core in sorted(cores, key=lambda c: (c.start - c.end, c.kind not in LABELS, c.kind != "person", c)):
        if all(core.end <= other.start or other.end <= core.start for other in kept):
            kept.append(core)
    labelled = (Name(c.start, c.end, _label(sentence.words[c.start : c.end], c.kind)) for c in kept if c.kind in LABELS)
    return sorted(labelled)


def tags(sentence: Sentence) -> list[str]:
    """One BIOES tag a word."""
    row = ["O"] * len(sentence.words)
    for name in names(sentence):
        row[name.start : name.end] = bioes(name.end - name.start, name.label)
    return row


def bioes(length: int, label: str) -> list[str]:
    """The tags of one name of so many words."""
    if length == 1:
        return [f"S-{label}"]
    return [f"B-{label}", *[f"I-{label}"] * (length - 2), f"E-{label}"]


def _core(words: list[Word], mention: Mention, spans: list[Mention]) -> Mention | None:
    tree = Tree(words, mention)
    head = tree.proper_head(_head(words, mention), mention.kind)
    if head is None:
        return None
    if mention.kind == "person":
        start, end = tree.person(head)
        named = _is_personal(words, tree, head, start, end)
    else:
        start, end = tree.named(head, {(m.start, m.end) for m in spans})
        named = not any(words[i].upos == "PRON" for i in tree.children(head, {"nmod:poss"}))
    return Mention(start, end, mention.kind) if named and words[start].form[:1].isalnum() else None


def _head(words: list[Word], mention: Mention) -> int | None:
    inside = {word.index for word in words[mention.start : mention.end]}
    for position in range(mention.start, mention.end):
        word = words[position]
        if word.head not in inside and word.deprel != "punct":
            return position
    return None


def _is_personal(words: list[Word], tree: Tree, head: int, start: int, end: int) -> bool:
    forms = [word.form for word in words[start:end]]
    if words[head].xpos == "NNPS" or all(form.lower() in TITLES for form in forms):
        return False
    determined = tree.children(head, {"det", "nmod:poss", "nummod"})
    return forms[0][:1].isupper() and not (determined and (end - start == 1 or forms[-1].lower() in TITLES))


def _label(words: list[Word], kind: str) -> str:
    name = "".join(word.form + " " * word.space_after for word in words).strip().replace("’", "'").lower()
    return "LOC" if kind == "organization" and name in COUNTRIES else LABELS[kind]


class Tree:
    """The dependencies inside one mention."""

    def __init__(self, words: list[Word], mention: Mention) -> None:
        self.words = words
        self.places = range(mention.start, mention.end)

    def children(self, head: int, deprels: Iterable[str]) -> list[int]:
        """Positions of the head's dependents of these kinds."""
        return [
            i for i in self.places if self.words[i].head == self.words[head].index and self.words[i].deprel in deprels
        ]

    def proper_head(self, head: int | None, kind: str) -> int | None:
        """The head, if it is a proper noun; of a person also the name that hangs on a role (`actor Ana Brook`)."""
        if head is None or self.words[head].upos == "PROPN":
            return head
        hanging = [i for i in self.children(head, {"flat", "appos"}) if i > head and self.words[i].upos == "PROPN"]
        if kind != "person" or not hanging:
            return None
        between = self.words[head + 1 : hanging[0]]
        return None if any(word.upos == "PUNCT" for word in between) else hanging[0]

    def person(self, head: int) -> tuple[int, int]:
        """A personal name: the head, what is flat on it or beside it, and given names that hang before it."""
        before = [i for i in self.children(head, {"compound"}) if i < head and self._is_given_name(i)]
        after = [i for i in self._flat(head) if i > head]
        suffix = [i for i in self.children(head, {"nmod:desc"}) if i > head]
        start, end = head, head + 1
        for i in sorted(before, reverse=True):
            start = i if i == start - 1 else start
        for i in sorted(after + suffix):
            end = i + 1 if i - end <= LONGEST_GAP else end
        return start, end

    def _flat(self, head: int) -> list[int]:
        own = self.children(head, {"flat", "goeswith"})
        beside = [i for i in self.places if i > head and self._is_beside(i, head)]
        return beside + own + [below for i in own for below in self._flat(i)]

    def _is_beside(self, position: int, head: int) -> bool:
        word, first = self.words[position], self.words[head]
        return first.deprel == "flat" == word.deprel and first.head == word.head and word.upos == "PROPN"

    def _is_given_name(self, position: int) -> bool:
        word = self.words[position]
        return word.upos == "PROPN" and word.form.lower() not in TITLES and word.form[:1].isupper()

    def named(self, head: int, spans: set[tuple[int, int]]) -> tuple[int, int]:
        """Any other name: the unbroken run of its parts around the head."""
        parts = self._parts(head, spans)
        start, end = head, head + 1
        while start - 1 in parts:
            start -= 1
        while end in parts:
            end += 1
        while self.words[start].deprel in JOINTS and start < head:
            start += 1
        while self.words[end - 1].deprel in JOINTS and end - 1 > head:
            end -= 1
        return start, end

    def _parts(self, head: int, spans: set[tuple[int, int]], below: bool = False) -> set[int]:
        parts = {head}
        for i in self.places:
            if self.words[i].head == self.words[head].index and self._belongs(i, head, spans, below):
                parts |= self._parts(i, spans, below or self.words[i].deprel == "nmod")
            elif self.words[i].head == self.words[head].index and self.words[i].deprel in JOINTS:
                parts |= {i} if self._joins(i) else set()
        return parts

    def _belongs(self, position: int, head: int, spans: set[tuple[int, int]], below: bool) -> bool:
        word = self.words[position]
        capital = word.form[:1].isupper() or word.form[:1].isdigit() or word.deprel == "flat"
        if word.deprel in NAME_PARTS or (word.deprel == "conj" and below):
            return capital
        if word.deprel == "nmod" and word.upos == "PROPN":
            return any(self.words[i].form.lower() in ("of", "for") for i in self.children(position, {"case"}))
        return word.deprel == "nmod:poss" and capital and (position, position + 2) not in spans and word.upos != "PRON"

    def _joins(self, position: int) -> bool:
        word = self.words[position]
        return word.deprel != "punct" or word.form in ("-", "–", "/", ".", "'", "&")
