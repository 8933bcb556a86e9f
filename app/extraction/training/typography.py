"""What news pages print and web treebanks hardly hold: “ ” ‘ ’ « » „ —, and abbreviations like `Sen.` and `Jan.`.

The tokenizer learns them from restyled copies of the treebanks' paragraphs.
"""

from __future__ import annotations

import random
from dataclasses import replace

from app.extraction.training.conllu import Sentence, Word

OPENING, CLOSING = "``", "''"
MARKS = ("“”‘’",) * 8 + ("«»‹›", "„“‚‘", "„”‚’")
"""Double and single pairs to draw from; the English ones are drawn most."""
DASHES = "—" * 3 + "–"
TITLES = (
    "Mr.", "Mrs.", "Ms.", "Dr.", "Prof.", "Gen.", "Lt.", "Col.", "Maj.", "Capt.", "Sgt.", "Sen.",
    "Rep.", "Gov.", "Rev.", "Hon.", "St.", "Pres.", "Adm.", "Brig.", "Cmdr.", "Supt.", "Amb.",
)  # fmt: skip
MONTHS = {
    name: tuple(short.split())
    for name, short in {
        "January": "Jan.", "February": "Feb.", "March": "Mar. March", "April": "Apr. April", "August": "Aug.",
        "September": "Sept. Sep.", "October": "Oct.", "November": "Nov.", "December": "Dec.",
    }.items()
}  # fmt: skip


def restyled(sentences: list[Sentence], rng: random.Random) -> list[Sentence] | None:
    """A copy of one paragraph in one printed style, or nothing when nothing in it would change."""
    marks = rng.choice(MARKS)
    copies = [Sentence(_restyle_dashes(_restyle_marks(s.words, marks), rng), s.opens_paragraph) for s in sentences]
    changed = any(a.words != b.words for a, b in zip(sentences, copies, strict=True))
    return copies if changed else None


def _restyle_marks(words: list[Word], marks: str) -> list[Word]:
    return [replace(word, form=_printed(word, marks)) for word in words]


def _printed(word: Word, marks: str) -> str:
    if word.xpos in (OPENING, CLOSING):
        closes = word.xpos == CLOSING
        if word.form == '"':
            return marks[0 + closes]
        if word.form == "'":
            return marks[2 + closes]
    if len(word.form) > 1 and word.form != "''":
        return word.form.replace("'", "’")
    return "’" if word.form == "'" else word.form


def _restyle_dashes(words: list[Word], rng: random.Random) -> list[Word]:
    styled = list(words)
    for i in range(1, len(styled) - 1):
        before, dash = styled[i - 1], styled[i]
        if dash.form in ("--", "-", "–", "—") and before.space_after and dash.space_after:
            glued = rng.random() < 0.6
            styled[i - 1] = replace(before, space_after=not glued)
            styled[i] = replace(dash, form=rng.choice(DASHES), space_after=not glued)
    return styled


def abbreviated(sentences: list[Sentence], rng: random.Random) -> list[Sentence] | None:
    """A copy of one paragraph with `Sen.` before its people and `Jan.` for its months, or nothing if it has neither."""
    copies = [Sentence(_abbreviate(s.words, rng), s.opens_paragraph) for s in sentences]
    changed = any(a.words != b.words for a, b in zip(sentences, copies, strict=True))
    return copies if changed else None


def _abbreviate(words: list[Word], rng: random.Random) -> list[Word]:
    short: list[Word] = []
    for i, word in enumerate(words):
        following = words[i + 1] if i + 1 < len(words) else None
        if word.form in MONTHS and following is not None and following.form[:1].isdigit() and rng.random() < 0.8:
            word = replace(word, form=rng.choice(MONTHS[word.form]))
        elif _begins_name(words, i) and rng.random() < 0.6:
            short.append(replace(word, form=rng.choice(TITLES), space_after=True))
        short.append(word)
    return short


def _begins_name(words: list[Word], i: int) -> bool:
    if i + 1 == len(words) or words[i].upos != "PROPN" or (i and words[i - 1].upos == "PROPN"):
        return False
    return words[i + 1].deprel == "flat" and words[i + 1].head == words[i].index and words[i + 1].upos == "PROPN"
