"""Quotes written out row by row: NDJSON, and CSV that a spreadsheet opens right."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import chain
from typing import Any

from app.quotes.models import Passage
from app.quotes.schemas import QuoteOut
from app.quotes.shown import ShownQuote
from app.utterances.schemas import UtteranceOut

Batches = Iterable[Sequence[ShownQuote]]
# JSON allows these raw, but readers that split lines as Python's str.splitlines does break a record at them.
LINE_ENDS = str.maketrans({"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"})
# Where a spreadsheet may begin a cell: where we do, and at a tab, a line's end or the sign that we do not go by if it
# does not go by ours and by our marks (Excel goes by semicolons where the comma is the decimal point). There, behind
# blanks or not and in full width too, these signs begin a formula.
FORMULA = {
    sign: re.compile(rf"(^|[{other}\t\r\n])(?=['\s\ufeff\u200b-\u200f\u2060]{{0,20}}[=+\-@＝＋－＠−])")
    for sign, other in ((",", ";"), (";", ","))
}
GUARDED = r"\1'"
NO_IRI = re.compile(r'[\x00-\x20\x7f-\x9f<>"{}|\\^`\ufffe\uffff]')
MAX_CELL = 32_767
"""UTF-16 units that a cell of a spreadsheet holds; a longer one spills into its neighbours."""
CUT = "… (cut)"
COLUMNS = (
    "id",
    "said_at",
    "speaker",
    "speaker_kind",
    "text",
    "kind",
    "confidence",
    "outlet",
    "article_title",
    "article_url",
    "language",
    "mention",
    "cue",
    "reason",
    "segments",
    "snippet",
    "speaker_id",
    "article_id",
    "highlights",
    "utterance_id",
    "appearances",
    "first_seen",
    "outlets",
    "status",
    "speaker_corrected",
    "extractor",
)


def ndjson(batches: Batches) -> Iterator[bytes]:
    """A JSON object a line, of the same fields as the items of the JSON list; a chunk a batch."""
    for batch in batches:
        lines = "".join(QuoteOut.model_validate(quote).model_dump_json() + "\n" for quote in batch)
        yield lines.translate(LINE_ENDS).encode()


def table(batches: Batches, sign: str = ",") -> Iterator[bytes]:
    """CSV of RFC 4180, with the byte order mark by which spreadsheets know UTF-8; a chunk a batch."""
    yield ("\ufeff" + _csv([COLUMNS], sign)).encode()
    for batch in batches:
        yield _csv([[_cell(value, sign) for value in _row(quote)] for quote in batch], sign).encode()


def primed(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The same chunks, the first two made already: what fails at once fails before the status is sent."""
    begun = [chunk for chunk in (next(chunks, None), next(chunks, None)) if chunk is not None]
    return chain(begun, chunks)


def rfc_3339(moment: datetime | None) -> str | None:
    """A moment as everything but JSON's own serializer writes it."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z") if moment else None


def iri(address: str) -> str:
    """An address as it was sent, with what may not stand in one percent-encoded."""
    return NO_IRI.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), address)


def _csv(rows: Iterable[Sequence[Any]], sign: str) -> str:
    lines = io.StringIO(newline="")
    csv.writer(lines, delimiter=sign, lineterminator="\r\n").writerows(rows)
    return lines.getvalue()


def _row(quote: ShownQuote) -> list[Any]:
    """The values of COLUMNS."""
    speaker, article = quote.speaker, quote.article
    return [
        quote.id,
        rfc_3339(quote.said_at),
        speaker and speaker.name,
        speaker and speaker.kind,
        quote.text,
        quote.kind,
        quote.confidence,
        article.outlet,
        article.title,
        article.url,
        quote.language,
        quote.mention and quote.mention.text,
        quote.cue and quote.cue.text,
        quote.reason,
        _places(quote.segments),
        quote.snippet.text,
        quote.speaker_id,
        quote.article_id,
        _places(quote.highlights),
        quote.utterance_id,
        *_utterance(quote.utterance),
        quote.status,
        quote.speaker_corrected,
        quote.extractor,
    ]


def _utterance(said: UtteranceOut | None) -> list[Any]:
    if said is None:
        return [None, None, None]
    return [said.appearances, rfc_3339(said.first_seen), "; ".join(one.outlet for one in said.outlets if one.outlet)]


def _places(stretches: Iterable[Passage]) -> str:
    return " ".join(f"{stretch.start}:{stretch.end}" for stretch in stretches)


def _cell(value: Any, sign: str) -> Any:
    """A value as a cell may hold it: what would begin a formula gets an apostrophe before it."""
    if not isinstance(value, str):
        return value
    guarded = FORMULA[sign].sub(GUARDED, value)
    units = guarded.encode("utf-16-le")
    if len(units) <= 2 * MAX_CELL:
        return guarded
    return units[: 2 * (MAX_CELL - len(CUT))].decode("utf-16-le", "ignore") + CUT
