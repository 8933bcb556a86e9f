"""`«A, — said B, — C»`: where Russian and Romance languages leave the marks open around the words of the narration.

Between dashes all is narration. Behind a comma it ends at the next one or with its sentence, so that what describes the
subject behind a comma of its own must be told from the quotation going on: it is a role, a name, an age, a gerund or
relative clause, and another sentence follows. A verb with an object (`lo ha detto il ministro`) or with a subject that
is the speaker's own (`disait ma mère`) belongs to the speech.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.extraction.document import Quotation, Span
from app.extraction.languages import Language, fold
from app.extraction.linguistics import Token
from app.extraction.narration.blocks import Item
from app.extraction.narration.writer import NarrationReader

SUBJECT = "[NTOLPRBDGX]"
NAMED = "[NTRB]"
SAID = rf"""(?:
    a*C{SUBJECT} | a+PC | (?<=-)PC          # `dit le maire`, `a-t-il dit`, `он сказал`
    | a*C[aw]{{1,2}}[NT]                    # `explique mardi Paul Roche`
    | a*C,[aw]{{1,2}},{SUBJECT}             # `lance, furieux, le maire`
    | a*Cp[^.,\-C]{{0,3}}{NAMED}(?=[,.])    # `raconte au Monde Paul Girard`
)"""
DESCRIBED = r"""(?:
    ,(?: B[^.,\-Ca]{0,8}                  # `présidente de l'association`
    | R(?:pw?[NTOLXGDRBw]){0,3}           # `le maire de Lyon`
    | [NT] | \#w{1,2}                     # `54 ans`
    | p[%c][^.,\-]{0,8}                   # `en quittant la salle`
    | r[aw][^.,\-]{0,12} )(?=[.,])          # `qui dirige l'agence`, not `que nous`
)"""
INCISE = re.compile(
    rf"""(?<=[,.?])-(?:a*C|PC)[^\-]{{0,30}}?[,.:]-
    | (?<=[,?])-w[NTRP],?\.?-               # `, — смеётся она. —`, whatever the verb
    | -{SAID}[^\-.]{{0,30}}?[,:]?-[,.:;]?
    | [,\-]{SAID}[^.,\-C]{{0,8}}(?:{DESCRIBED}+[,.](?=[^\-])|[,.:]-|[,.](?!-)|$)""",
    re.VERBOSE,
)
"""Over the letters of `letters_of`."""
SUBJECTLESS = re.compile(rf"{INCISE.pattern} | -a*C(?:[ap][^\-.?]{{0,12}})?-[,.:;]?", re.VERBOSE)
"""The same where a verb may stand without its subject (`— ha detto ieri —`)."""
FIRST_WORD = re.compile(r"\w+'?")


def without_incises(
    quotations: Sequence[Quotation], tokens: Sequence[Token], reader: NarrationReader
) -> list[Quotation]:
    """The quotations cut where the narration speaks inside their marks; its words are narration again."""
    starts = [token.span.start for token in tokens]
    parted: list[Quotation] = []
    for quotation in quotations:
        segments: list[Span] = []
        for segment in quotation.segments:
            first, last = (bisect_left(starts, edge) for edge in (segment.start, segment.end))
            segments += _parts(segment, tokens[first:last], reader)
        parted.append(replace(quotation, segments=tuple(segments)))
    return parted


def _parts(segment: Span, tokens: Sequence[Token], reader: NarrationReader) -> Iterator[Span]:
    items = items_of(tokens, reader)
    start = segment.start
    pattern = SUBJECTLESS if reader.language.drops_subjects else INCISE
    for match in pattern.finditer(letters_of(items, reader.text, reader.language)):
        if is_speech(items[slice(*match.span())], reader.text, reader.language):
            continue
        first, last = items[match.start()], items[match.end() - 1]
        yield from trimmed(reader.text, start, first.span.start + (first.letter == ","))
        start = last.span.end
    yield from trimmed(reader.text, start, segment.end)


def items_of(tokens: Sequence[Token], reader: NarrationReader) -> list[Item]:
    """The items of these words, with a comma for a question or exclamation mark within a sentence."""
    calls = [Item(",", token.span) for token in tokens if token.text in "?!" and not token.ends_sentence]
    return sorted([*reader.items(tokens), *calls], key=lambda item: item.span.start)


def is_speech(items: Sequence[Item], text: str, language: Language) -> bool:
    """Does the verb have an object of its own, or a subject that belongs to who speaks (`ma mère`)?"""
    own = language.possessives - language.possessors.keys()
    verb = next((i for i, item in enumerate(items) if item.letter == "C"), 0)
    has_object = any(fold(item.span.of(text)) in language.accusatives for item in items[:verb])
    return has_object or any(item.mention and fold(item.mention.phrase).split()[0] in own for item in items)


def letters_of(items: Sequence[Item], text: str, language: Language) -> str:
    """The letters of the narration; of them `B` a role without a determiner, `#` a number, `%` a participle."""
    return "".join(_letter_of(item, fold(item.span.of(text)), language) for item in items)


def _letter_of(item: Item, words: str, language: Language) -> str:
    if item.letter == "R":
        first = FIRST_WORD.match(words)
        return "R" if first and first[0] in language.determiners else "B"
    if item.letter == "w" and words.isdecimal():
        return "#"
    is_participle = item.letter == "w" and language.participle_endings and words.endswith(language.participle_endings)
    return "%" if is_participle else item.letter


def trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    if words.strip():
        yield Span(start, start + len(words.strip()))
