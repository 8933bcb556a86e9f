"""How the narrator's words are set off in a line of speech that a dash opens, in each language's way.

Over the letters of the narration: between dashes behind a mark (`— A, — сказал он. — B`), between dashes alone (`—A
—dijo él—. B`), between commas (`— A, dit-il, b`). Where nothing ends them, the rest of the line is the narrator's.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.extraction.document import Span
from app.extraction.languages import Language
from app.extraction.linguistics import Token
from app.extraction.narration.blocks import Item
from app.extraction.narration.writer import NarrationReader
from app.extraction.quotations.incises import DESCRIBED, is_speech, items_of, letters_of

SUBJECT = "[NTOLPRDBGXI]"
SAID = rf"""(?:
    a*C[aw]{{0,2}}{SUBJECT} | a+PC | Pa*C  # `сказал вчера он`, `a-t-il dit`, `он сказал`
    | a*C(?:p[dw]{{0,2}}{SUBJECT}?|,[aw]{{1,2}},){{1,2}}[NTPRBG]  # `raconte au journal Paul Girard`
)"""
SMILING = r"wP(?=[,.\-]) | w[NTRBG](?=[,.]?-) | (?<=\.-)a?w[NTRBG](?=[,.])"
"""`смеётся она`, `улыбается Громов. —`, `? — не унимался Громов`, whatever the verb."""
FREE = r"a{0,2}w[NTPRBG](?=[,.\-])"
"""The same where the language puts any verb before its subject there (`se lamentó Soler`)."""
SUBJECTLESS = r"a*C(?:[ap][^\-.?C]{0,12})?(?=[,.\-])"
IMPERSONAL = r"a*Cp"
"""`сообщили в порту`."""
BETWEEN_COMMAS = rf",{SAID}[^.,\-C]{{0,8}}(?:{DESCRIBED}+[,.](?=[^\-])|[,.](?!-)|$)"
CLOSED = re.compile(r"[.,:;]-[.,:;]?|-[.,:;]")
CLOSED_WITHIN_SENTENCE = re.compile(r"[^.\-]{0,40}-[.,:;]?")
LED = re.compile(rf"(?:{SUBJECT},?a*C|(?:^|[,.])a*C{SUBJECT})[^.,C]{{0,8}}\.?$")
"""The end of a line that leads to speech with a colon: `Иванов ответил:`."""
UNREAD = {",-": re.compile(r"[,.]-"), "-": re.compile("-"), ",": re.compile(",a*C")}
"""What may set off narration that was not understood."""
CALLS = frozenset("?!")
REACH = 60
"""Items looked at behind a narration: bounds the work on hostile text."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text without the dash that opens it."""

    span: Span
    items: Sequence[Item]
    letters: str


class Narrator:
    """Tells narration from speech in the lines of one text."""

    def __init__(self, text: str, tokens: Sequence[Token], reader: NarrationReader) -> None:
        self.text = text
        self.tokens = tokens
        self.starts = [token.span.start for token in tokens]
        self.reader = reader
        self.language = reader.language
        self.opening = _opening(reader.language)

    def line(self, span: Span) -> Line:
        """Read one line behind its dash."""
        first, last = (bisect_left(self.starts, edge) for edge in (span.start, span.end))
        items = items_of(self.tokens[first:last], self.reader)
        return Line(span, items, letters_of(items, self.text, self.language))

    def breaks(self, line: Line) -> Iterator[tuple[Item, int]]:
        """Each place where the narrator breaks in: the mark before, and where the speech is resumed behind."""
        position = 0
        while match := self.opening.search(line.letters, position):
            position = match.end()
            items = line.items[slice(*match.span())]
            if is_speech(items, self.text, self.language) or not self._narrates(line, match):
                continue
            last = self._last(line, match)
            position = last + 1 if last else len(line.letters)
            yield line.items[match.start()], line.items[last].span.end if last else line.span.end

    def _narrates(self, line: Line, match: re.Match[str]) -> bool:
        """Does a small letter follow, and behind a dash alone a verb of saying, unless the dash touches its word?"""
        mark, word = line.items[match.start()].span, line.items[match.start() + 1].span
        told = "C" in match[0] or line.letters[match.start() - 1] in ",." or mark.end == word.start
        return told and self.text[word.start].islower()

    def _last(self, line: Line, match: re.Match[str]) -> int | None:
        """The last item of a narration that begins like this; None where it ends with the line."""
        if self.language.dialogue == ",":
            last = match.end() - 1
            goes_on = line.letters[last] == "," or self.is_spoken(line.items[last + 1 : last + 1 + REACH])
            return last if goes_on else None
        alone = CLOSED_WITHIN_SENTENCE.match(line.letters, match.end()) if self.language.dialogue == "-" else None
        closed = alone or CLOSED.search(line.letters, match.end())
        return closed.end() - 1 if closed else None

    def is_spoken(self, items: Sequence[Item]) -> bool:
        """Does somebody ask, call, or speak of himself in these words?"""
        return any(item.letter == "I" or self.text[item.span.end - 1] in CALLS for item in items)

    def may_narrate(self, line: Line) -> bool:
        """May there be narration in this line that was not understood?"""
        calls = any(item.letter == "," and self.text[item.span.start] in CALLS for item in line.items)
        return calls or bool(UNREAD[self.language.dialogue].search(line.letters))

    def leads(self, introduction: Span) -> bool:
        """Does this line, which a colon ends, tell who speaks in the next one?"""
        return bool(LED.search(self.line(introduction).letters))


def _opening(language: Language) -> re.Pattern[str]:
    """How the narration begins in this language."""
    if language.dialogue == ",":
        return re.compile(BETWEEN_COMMAS, re.VERBOSE)
    verbs = [SAID, SMILING]
    verbs += [FREE] * language.free_verbs
    verbs += [SUBJECTLESS] * language.drops_subjects
    verbs += [IMPERSONAL] * bool(language.impersonal_endings)
    before = "(?<=[,.])" if language.dialogue == ",-" else "(?<=.)"
    return re.compile(rf"{before}-(?:{'|'.join(verbs)})", re.VERBOSE)
