"""Text as search sees it: words without case and accents, and their stems, the same for both databases.

Both indexes take these tokens as they are, so that SQLite and PostgreSQL find the same quotes. Scripts written without
spaces are indexed character by character and searched as a sequence. A quote's words come first, then their stems by
the rules of its language, each marked with that language: `ships` in English is `ships` and `enøship`. No folded word
has an ø, so a stem is never taken for a word, nor for a stem of another language. Last come names of two capitals that
but for their case are common words, marked alone: `US` and `U.S.` are `øus`, too, which `us` is not.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import repeat
from typing import NamedTuple

from app.search.stems import is_stemmed, stem

MAX_INDEXED = 50_000
"""Code points of one quote that are searchable: PostgreSQL refuses a tsvector of more than a megabyte."""
MAX_WORD = 100
MARK = "ø"
ACCENTS = dict.fromkeys((*range(768, 880), *range(1611, 1632)))
LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})
UNSPACED = (
    (0x0E00, 0x0EFF),
    (0x1000, 0x109F),
    (0x1780, 0x17FF),
    (0x2E80, 0x30FF),
    (0x31F0, 0x9FFF),
    (0x20000, 0x3FFFF),
)
CHUNK = re.compile(r"\S+")
ASCII_WORD = re.compile("[A-Za-z0-9]+")
APART = "".join(f"{chr(low)}-{chr(high)}" for low, high in UNSPACED)
LETTER, IN_WORD = rf"[^\W\d_{APART}]", rf"[^\W{APART}]"
TWO_LETTERS = re.compile(rf"(?<!{IN_WORD})(?<!{IN_WORD}\.)({LETTER})(\.?)({LETTER})(?!\.?{IN_WORD})\.?")
# Pronouns, articles, prepositions and forms of to be, to have and to do in languages of Europe.
TWO_LETTER_WORDS = """
    ab ai al am an as at au av be by co da de di do du ed ei el em en er es et eu ha he hi ho id ih if il im in io is
    it ja je ju la le li lo ma me mi mo mu my na ne ni no nu ob of om on op or os ou pa po se si so su ta te ti to tu
    ty um un up us va ve vi vo we wo ya ye yo za ze zu
"""
COMMON_WORDS = frozenset(TWO_LETTER_WORDS.split())

Stretch = tuple[int, int]
"""Where something begins in a text and where it ends."""


class Words(NamedTuple):
    """The words of a text in reading order: where each stands, and how it is folded."""

    places: list[Stretch]
    folded: list[str]


class Name(NamedTuple):
    """A marked name and the stretch of the text it stands for."""

    place: Stretch
    marked: str


def fold(text: str) -> str:
    """The text without case, accents and compatibility forms."""
    plain = unicodedata.normalize("NFKD", text).casefold().translate(ACCENTS).translate(LETTERS)
    return unicodedata.normalize("NFC", plain)


def located(text: str) -> Words:
    """The words of a text, and where they stand."""
    if text.isascii():
        folded = [word[:MAX_WORD] for word in ASCII_WORD.findall(text.lower())]
        return Words([word.span() for word in ASCII_WORD.finditer(text)], folded)
    found = [(start, end, word) for chunk in CHUNK.finditer(text) for start, end, word in _in_chunk(chunk)]
    return Words([(start, end) for start, end, _ in found], [word for _, _, word in found])


def _in_chunk(chunk: re.Match[str]) -> Iterator[tuple[int, int, str]]:
    written, begin = chunk[0], chunk.start()
    if written.isascii():
        for word in ASCII_WORD.finditer(written):
            yield begin + word.start(), begin + word.end(), word[0].lower()[:MAX_WORD]
    else:
        for start, end in _runs(written):
            for folded in _words(fold(written[start:end])):
                yield begin + start, begin + end, folded


def words(text: str) -> tuple[str, ...]:
    """The folded words of a text."""
    return tuple(located(text).folded)


def stems(text: str, language: str) -> tuple[str, ...]:
    """The marked stems of a text's words; none where there are no rules for the language."""
    return stems_of(text, located(text), language)


def capitals(text: str) -> Iterator[Name]:
    """The marked names of two capitals, or of two letters with dots, that but for that are common words."""
    is_shouted = _is_shouted(text)
    for found in TWO_LETTERS.finditer(text):
        written = found[1] + found[3]
        is_name = found[2] or (written.isupper() and not is_shouted)
        if is_name and fold(written) in COMMON_WORDS:
            yield Name(found.span(), MARK + fold(written))


def _is_shouted(text: str) -> bool:
    """Is all of it in capitals? Scripts without case are in none."""
    return text == text.upper() and 2 * sum(map(str.isupper, text)) > sum(map(str.isalpha, text))


def indexed(text: str, language: str) -> str:
    """What the index keeps of a quote: its words, then their stems and its names of capitals, parted by spaces."""
    kept = text[:MAX_INDEXED]
    found = located(kept)
    return " ".join((*found.folded, *stems_of(kept, found, language), *(name.marked for name in capitals(kept))))


def stems_of(text: str, found: Words, language: str) -> tuple[str, ...]:
    """The marked stems of words that were located in a text."""
    if not is_stemmed(language):
        return ()
    # Without accents a word's stem is the folded word's.
    written = found.folded if text.isascii() else [text[start:end] for start, end in found.places]
    return tuple(map(_stem, written, found.folded, repeat(language)))


@lru_cache(100_000)
def _stem(written: str, folded: str, language: str) -> str:
    """The marked stem. Its rules need the accents that folding drops, so they read the word as it was written."""
    written = unicodedata.normalize("NFC", written).lower()[:MAX_WORD]
    bare = "".join(_words(fold(stem(written, language)))) if len(written) > 1 else ""
    return f"{language}{MARK}{(bare or folded)[:MAX_WORD]}"


def _runs(chunk: str) -> Iterator[tuple[int, int]]:
    """Stretches that hold one word each; a character of an unspaced script is a stretch of its own."""
    begun, place = None, 0
    while place < len(chunk):
        end = _cluster(chunk, place)
        pieces = "".join(map(_spaced, fold(chunk[place:end])))
        if " " not in pieces:
            begun = place if begun is None else begun
        else:
            if begun is not None:
                yield begun, place
                begun = None
            if pieces.strip():
                yield place, end
        place = end
    if begun is not None:
        yield begun, place


def _cluster(chunk: str, place: int) -> int:
    """Where the character at `place` ends, combining marks included."""
    place += 1
    while place < len(chunk) and unicodedata.category(chunk[place])[0] == "M":
        place += 1
    return place


def _words(folded: str) -> list[str]:
    return [word[:MAX_WORD] for word in "".join(map(_spaced, folded)).split()]


def _spaced(character: str) -> str:
    if not (character.isalnum() or unicodedata.category(character)[0] == "M"):
        return " "
    return f" {character} " if any(low <= ord(character) <= high for low, high in UNSPACED) else character
