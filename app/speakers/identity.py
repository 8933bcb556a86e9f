"""Which words are one word: spellings and transliterations folded to one key, for search and for `linking`.

Two names with the same key are the same words in another spelling (Sergei Shoigu, Sergey Shoygu, Сергей Шойгу). The
rules are the usual variants of romanization, and the riskier of them need a long word, so that short names of
different people (Han and Khan, Ana and Anna, Li and Ly, Jong and Yong) stay apart.
"""

import re
import unicodedata

from anyascii import anyascii

MAX_KEY = 300
HONORIFICS = frozenset(["mr", "mrs", "ms", "miss", "dr", "prof", "sir", "the"])
# In this order; the number is the least length of a word a rule may touch.
SPELLINGS: tuple[tuple[int, re.Pattern[str], str], ...] = (
    (4, re.compile("guei"), "gei"),
    (4, re.compile("(?<=[eiy])j$"), "i"),
    (4, re.compile("(?<!^)y"), "i"),
    (4, re.compile("i+"), "i"),
    (6, re.compile("kh"), "h"),
    (6, re.compile("ks"), "x"),
    (6, re.compile(r"([b-df-hj-np-tv-z])\1"), r"\1"),
)
CLOSE_SPELLINGS = (*SPELLINGS[:2], (4, re.compile("(?<=[aeiouy])y|(?<!^)y(?=[aeiouy]|$)"), "i"), *SPELLINGS[3:-1])
"""Without those that make another name outside Slavic ones (Smith, Smyth; Petersen, Pettersen)."""
GIVEN_NAMES = {
    "alexandr": "alexander",
    "alexandre": "alexander",
    "dimitri": "dmitri",
    "dmitrii": "dmitri",
    "yevgeni": "evgeni",
    "yekaterina": "ekaterina",
    "yelena": "elena",
}
HAN = re.compile("[\u3400-\u9fff]{2,3}")


def words_of(name: str, *, closely: bool = False) -> list[str]:
    """The words of a name, folded: no case, no accents, Latin letters, one spelling.

    `closely` keeps apart what may be two names (Smith, Smyth): that is for telling people apart, not for search.
    """
    tokens = [word for token in _tokens(name) for word in _romanized(token)]
    tokens = _joined_initials(tokens)
    kept = tokens[_honorifics(tokens) :] or tokens
    return [_one_spelling(word, closely) for word in kept]


def key_of(name: str) -> str:
    """The key that spellings of one name share; empty where a name has no letter or digit."""
    return " ".join(words_of(name))[:MAX_KEY]


def _tokens(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", name)
    plain = re.sub(r"['’ʼ`´.·]", lambda found: " " if found[0] == "·" else "", plain)
    return "".join(character if _is_letter(character) else " " for character in plain).split()


def _is_letter(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character)[0] == "M"


def _romanized(token: str) -> list[str]:
    latin = anyascii(token)
    if HAN.fullmatch(token) and len(syllables := re.findall("[A-Z][a-z]*", latin)) > 1:
        return [syllables[0].lower(), "".join(syllables[1:]).lower()]  # the family name stands first
    return re.sub("[^a-z0-9 ]", "", (latin or token).lower()).split() or [token.casefold()]


def _joined_initials(words: list[str]) -> list[str]:
    joined: list[str] = []
    for word, before in zip(words, ["", *words], strict=False):
        if len(word) == len(before) == 1 and word.isalpha() and joined:
            joined[-1] += word
        else:
            joined.append(word)
    return joined


def _honorifics(words: list[str]) -> int:
    return next((count for count, word in enumerate(words) if word not in HONORIFICS), len(words))


def _one_spelling(word: str, closely: bool) -> str:
    length = len(word)
    for least, pattern, spelling in CLOSE_SPELLINGS if closely else SPELLINGS:
        if length >= least:
            word = pattern.sub(spelling, word)
    return GIVEN_NAMES.get(word, word)
