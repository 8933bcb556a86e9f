"""Text as search sees it: words without case and accents, the same for both databases.

Both indexes take these words as they are, so that SQLite and PostgreSQL find the same quotes. Scripts written without
spaces are indexed character by character and searched as a sequence.
"""

import unicodedata

MAX_INDEXED = 100_000
"""Code points of one quote that are searchable: PostgreSQL refuses a tsvector of more than a megabyte."""
MAX_WORD = 100
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


def fold(text: str) -> str:
    """The text without case, accents and compatibility forms."""
    plain = unicodedata.normalize("NFKD", text).casefold().translate(ACCENTS).translate(LETTERS)
    return unicodedata.normalize("NFC", plain)


def terms(text: str) -> list[list[str]]:
    """What one types in a search box: for each word, the indexed words that must stand in a row."""
    return [row for word in text.split() if (row := _words(fold(word)))]


def indexed(text: str) -> str:
    """What the index keeps of a quote: its words, parted by spaces."""
    return " ".join(_words(fold(text[:MAX_INDEXED]))[:MAX_INDEXED])[: 2 * MAX_INDEXED]


def _words(folded: str) -> list[str]:
    return [word[:MAX_WORD] for word in "".join(map(_spaced, folded)).split()]


def _spaced(character: str) -> str:
    if not (character.isalnum() or unicodedata.category(character)[0] == "M"):
        return " "
    return f" {character} " if any(low <= ord(character) <= high for low, high in UNSPACED) else character
