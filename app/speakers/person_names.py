"""The parts of a person's name: title, given names, family name, generation; in every order that is usual.

A name that stands family first where that is told (Xi Jinping, Nguyen Phu Trong) has its given name written as one
word, so that Kim Jong-un, Kim Jong Un and Jongun Kim differ in the order alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from app.speakers.identity import words_of
from app.speakers.lexicon import gender_of, listed, titles, usual
from app.speakers.wade_giles import is_wade_giles, pinyin

MAX_WORDS = 12
INITIALS = re.compile(r"(?:[^\W\d_]\.[-\s]?)+[^\W\d_]?\.?")
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
VOWELLESS = re.compile("[\u0590-\u06ff]")
HANGUL = re.compile("[\uac00-\ud7af]{3}")
SYLLABLE = re.compile("(?:[bcdfghjklmnpqrstwxyz]{0,2}h?[aeiou]{1,3}(?:ng|n|k|l|m|p|t|r|h|b)?){1,2}")
EASTERN = "chinese", "korean"
LONG_ENOUGH = 6
SLAVIC = re.compile("([eo][vw]a?|enk[oa]|chuk|ski|skaia|ich)$")
ABDUL = re.compile("^abd[aeo]l(?=.{3})")


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name without its title. `words` stand given names first; `forms` holds what else each may be spelled like."""

    words: tuple[str, ...]
    suffix: str = ""
    gender: str = ""
    """`m` or `f` where the given name tells."""
    family: str = ""
    """`first` where the family name stood first for certain, `either` where nothing tells."""
    filiation: bool = False
    """Is it a chain of fathers' names (`bin Salman`)?"""
    vowels: bool = True
    """False where the script writes none."""
    forms: tuple[frozenset[str], ...] = ()
    hyphened: bool = False
    """Do the first two words make one given name (`Jean-Claude`)?"""

    @property
    def is_bare(self) -> bool:
        """Is it a surname, a given name or a mononym alone?"""
        return len(self.words) < 2


@lru_cache(4096)
def parsed(name: str) -> PersonName:
    """The parts of a name."""
    inverted = _inverted(name)
    words, suffix = _without_suffix(_untitled([form for token in inverted.split() for form in _spelled(token)]))
    plain = [word for word, _ in words]
    filiation = any(word in listed("filiations") for word in plain[1:])
    words = _without_particles(words)[:MAX_WORDS]
    gender = gender_of(words[0][0]) if len(words) > 1 else ""
    hyphened = _hyphened(inverted)
    family, words = _ordered(words, hyphened)
    kept, forms = tuple(word for word, _ in words), tuple(forms for _, forms in words)
    vowels, is_double = not VOWELLESS.search(name), len(kept) > 2 and hyphened >= {*kept[:2]}
    return PersonName(kept, suffix, gender, family, filiation, vowels, forms, is_double)


Word = tuple[str, frozenset[str]]


def _inverted(name: str) -> str:
    """`Spahn, Jens` as `Jens Spahn`."""
    family, comma, given = name.partition(",")
    if not comma or "," in given or set(words_of(given)) <= listed("suffixes"):
        return name.replace(",", " ")
    return f"{given} {family}"


def _spelled(token: str) -> list[Word]:
    """The words of what stands between two spaces, each in its usual spelling and in the others it may have."""
    if INITIALS.fullmatch(token) or _is_initials(token):
        return [(letter, frozenset([letter])) for word in words_of(token) for letter in word]
    pieces = [words_of(_hangul(piece), closely=True) for piece in token.replace("-", " ").split()]
    others = [words_of(piece.translate(UMLAUTS), closely=True) for piece in token.replace("-", " ").split()]
    plain, other = ([usual(word) for piece in found for word in piece] for found in (pieces, others))
    if len(plain) != len(other):
        other = plain
    if is_wade_giles(token) and not any(map(gender_of, plain)):
        other = [pinyin(piece) for piece in token.lower().split("-")]
    return [(word, frozenset([word, spelled, _elsewhere(word)])) for word, spelled in zip(plain, other, strict=True)]


def _elsewhere(word: str) -> str:
    """A word as other countries romanize it, where its ending or beginning tells what it is: Medwedew, Abdelkader."""
    if len(word) >= LONG_ENOUGH and SLAVIC.search(word):
        return word.replace("w", "v").replace("y", "i")
    return ABDUL.sub("abdul", word)


def _is_initials(token: str) -> bool:
    """`JK` of `JK Rowling`: capitals alone, and no vowel between them that would make them a word."""
    return 1 < len(token) <= 3 and token.isascii() and token.isupper() and not re.search("[AEIOUY]", token[1:])


def _hangul(piece: str) -> str:
    return f"{piece[0]} {piece[1:]}" if HANGUL.fullmatch(piece) else piece


def _untitled(words: list[Word]) -> list[Word]:
    """Without all that leads up to the last title; a title that is a name as well needs two words behind it."""
    cut = 0
    for index, (word, _) in enumerate(words[:-1]):
        left = len(words) - index - 1
        if word in titles() and (left > 1 or word not in listed("also_names")):
            cut = index + 1
    words = words[cut:]
    is_monsieur = len(words) > 2 and words[0][0] == "m" and gender_of(words[1][0])
    return words[1:] if is_monsieur else words


def _without_suffix(words: list[Word]) -> tuple[list[Word], str]:
    if len(words) > 2 and words[-1][0] in listed("suffixes"):
        return words[:-1], words[-1][0]
    return words, ""


def _without_particles(words: list[Word]) -> list[Word]:
    """Without `von der`, `al-` and the like, and with `Abdul Rahman` as one word; a first word always stays."""
    eastern = bool(words) and words[0][0] in listed("vietnamese")
    dropped = listed("filiations") | listed("arabic_articles") | (frozenset() if eastern else listed("particles"))
    kept: list[Word] = []
    for index, word in enumerate(words):
        if kept and kept[-1][0] == "abdul":
            if word[0] not in listed("arabic_articles"):
                kept[-1] = _join([kept[-1], word])
        elif not 0 < index < len(words) - 1 or eastern or word[0] not in dropped:
            kept.append(word)
    return kept


def _join(words: list[Word]) -> Word:
    """Words as one; `Chun-ying` as `chuning`, which is how `Chunying` is folded."""
    plain, other = ("".join(word for word, _ in words), "".join(next(iter(f - {w}), w) for w, f in words))
    joined = [re.sub("(?<!^)yi", "i", each) for each in (plain, other)]
    return joined[0], frozenset(joined)


def _hyphened(name: str) -> set[str]:
    """Words that a hyphen joins to another: parts of a given name, where the family name has one syllable."""
    return {word for token in name.split() if "-" in token for word, _ in _spelled(token)}


def _ordered(words: list[Word], hyphened: set[str]) -> tuple[str, list[Word]]:
    """The words with the family name last, and what told where it stood."""
    if len(words) < 2:
        return "", words
    plain = [word for word, _ in words]
    is_last = len(words) == 2 and (plain[1] in listed("vietnamese") or gender_of(plain[1]))
    if plain[0] in listed("vietnamese") and not is_last:
        return "first", [words[-1], *words[1:-1], words[0]]  # people are called by the last of the given names
    first = plain[0] not in hyphened and _is_eastern(plain[0], plain[1:])
    last = plain[-1] not in hyphened and _is_eastern(plain[-1], plain[:-1])
    if first and last:
        return "either", words
    if first:
        given, (family, forms) = _join(words[1:]), words[0]
        return "first", [given, (family, forms | {pinyin(family)} if len(given[1]) > 1 else forms)]
    return ("last", [_join(words[:-1]), words[-1]]) if last else ("", words)


def _is_eastern(family: str, given: list[str]) -> bool:
    """A Chinese or Korean family name with a given name of syllables of there."""
    if not any(family in listed(name) for name in EASTERN) or len(given) > 2:
        return False
    return all(len(word) > 1 and SYLLABLE.fullmatch(word) and not gender_of(word) for word in given)
