"""The scorer: what an extractor found in annotated articles, judged segment by segment."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.extraction.document import Extraction, Quote, Span
from app.extraction.evaluation.figures import Calibration, Figures, Rates, share
from app.extraction.evaluation.gold import GoldArticle, GoldQuote
from app.extraction.evaluation.matching import matched, trim
from app.extraction.evaluation.names import Names, names_of

CLASSES = ("direct", "mixed", "1-2 words", "3-5 words", "6+ words")
"""In which recall is told: by kind and by length."""
MISSED, INVENTED, WRONG_SPEAKER, UNRESOLVED = MISSES = ("missed", "not a quote", "wrong speaker", "unresolved")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is true of one segment. `quote` is None where it was missed, `gold` where it is no quote."""

    span: Span
    gold: GoldQuote | None
    quote: Quote | None
    attributed: bool = False
    """Is its speaker right, by the place or by the name?"""
    resolved: bool | None = None
    """Is its speaker's full name right? None where no name is labelled."""

    @property
    def miss(self) -> str | None:
        """Which of MISSES it is, if any."""
        if self.gold is None or self.quote is None:
            return INVENTED if self.gold is None else MISSED
        if not self.attributed:
            return WRONG_SPEAKER
        return UNRESOLVED if self.resolved is False else None

    @property
    def right(self) -> bool:
        """Is it a quote, with the right name, or the right source where no name is labelled?"""
        found = self.gold is not None and self.quote is not None
        return found and (self.attributed if self.resolved is None else self.resolved)


@dataclass(frozen=True, slots=True)
class Miss:
    """One thing that went wrong. `wanted` holds the names or the words of the source, `got` the predicted name."""

    article: str
    sort: str
    words: str
    wanted: tuple[str, ...]
    got: str | None


def verdicts(article: GoldArticle, extraction: Extraction) -> list[Verdict]:
    """A verdict for each predicted segment and each gold one that was missed, in reading order."""
    names = names_of(article.language or extraction.language)
    golds = list(_flat(article.text, article.quotes))
    predicted = list(_flat(article.text, extraction.quotes))
    pairs = matched([span for span, _ in golds], [span for span, _ in predicted])
    found = [_judged(article.text, names, golds[i][1], *predicted[j]) for i, j in pairs.items()]
    found += [Verdict(span, quote, None) for i, (span, quote) in enumerate(golds) if i not in pairs]
    matched_ones = set(pairs.values())
    found += [Verdict(span, None, quote) for j, (span, quote) in enumerate(predicted) if j not in matched_ones]
    return sorted(found, key=lambda verdict: verdict.span)


def _flat(text: str, quotes: Sequence[Any]) -> Iterator[tuple[Span, Any]]:
    """Each segment once, trimmed, with its quote; nothing of empty ones."""
    seen: set[Span] = set()
    for quote in quotes:
        for segment in quote.segments:
            span = trim(text, segment)
            if span.start < span.end and span not in seen:
                seen.add(span)
                yield span, quote


def _judged(text: str, names: Names, gold: GoldQuote, span: Span, quote: Quote) -> Verdict:
    name = quote.speaker.name if quote.speaker else None
    resolved = None if gold.speaker is None else names.is_full(name, gold.speaker)
    return Verdict(span, gold, quote, _is_attributed(text, names, gold, quote, name), resolved)


def _is_attributed(text: str, names: Names, gold: GoldQuote, quote: Quote, name: str | None) -> bool:
    if not gold.source and not gold.speaker:
        return name is None
    if quote.mention and any(quote.mention.overlaps(source) for source in gold.source):
        return True
    if any(names.shares_last_word(name, source.of(text)) for source in gold.source):
        return True
    return bool(gold.speaker) and names.is_full(name, gold.speaker)


def judged(quotes: Sequence[Quote], passed: Sequence[Verdict]) -> Iterator[tuple[Quote, bool]]:
    """Each predicted quote, and whether it is right: all its segments are."""
    by_quote: defaultdict[int, list[bool]] = defaultdict(list)
    for verdict in passed:
        if verdict.quote:
            by_quote[id(verdict.quote)].append(verdict.right)
    for quote in quotes:
        segments = by_quote[id(quote)]
        yield quote, bool(segments) and all(segments)


@dataclass
class Evaluation:
    """Verdicts gathered over articles."""

    articles: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    there: Counter[str] = field(default_factory=Counter)
    """Gold segments of each class, and those of them that were found."""
    found: Counter[str] = field(default_factory=Counter)
    judged: list[tuple[float, bool]] = field(default_factory=list)
    """The confidence of each predicted quote, and whether it is right: what calibration is measured on, and fitted."""
    misses: list[Miss] = field(default_factory=list)

    def add(self, article: GoldArticle, extraction: Extraction) -> None:
        """Judge what was extracted from one article."""
        self.articles += 1
        passed = verdicts(article, extraction)
        for verdict in passed:
            self._count(article.text, verdict)
            if verdict.miss:
                self.misses.append(_miss(article, verdict, verdict.miss))
        self.judged += [(quote.confidence, right) for quote, right in judged(extraction.quotes, passed)]

    def figures(self) -> Figures:
        """The figures of all articles so far."""
        gold, predicted = self.counts["gold"], self.counts["predicted"]
        found, attributed = self.counts["found"], self.counts["attributed"]
        return Figures(
            articles=self.articles,
            gold_segments=gold,
            predicted_segments=predicted,
            found=Rates.of(found, predicted, gold),
            attributed=Rates.of(attributed, predicted, gold),
            attribution_accuracy=share(attributed, found),
            resolved=share(self.counts["resolved"], self.counts["labelled"]),
            recall={each: self.found[each] / self.there[each] for each in CLASSES if self.there[each]},
            calibration=Calibration.of(self.judged),
        )

    def _count(self, text: str, verdict: Verdict) -> None:
        self.counts["predicted"] += verdict.quote is not None
        if verdict.gold is None:
            return
        found = verdict.quote is not None
        self.counts["gold"] += 1
        self.counts["found"] += found
        self.counts["attributed"] += verdict.attributed
        self.counts["labelled"] += verdict.resolved is not None
        self.counts["resolved"] += bool(verdict.resolved)
        for each in filter(None, (verdict.gold.kind, _length(verdict.span.of(text)))):
            self.there[each] += 1
            self.found[each] += found


def _miss(article: GoldArticle, verdict: Verdict, sort: str) -> Miss:
    gold, quote = verdict.gold, verdict.quote
    wanted: tuple[str, ...] = ()
    if gold:
        sources = tuple(source.of(article.text) for source in gold.source)
        wanted = (gold.speaker or ()) if sort == UNRESOLVED or not sources else sources
    got = quote.speaker.name if quote and quote.speaker else None
    return Miss(article.id, sort, verdict.span.of(article.text), wanted, got)


def _length(said: str) -> str:
    count = len(said.split())
    return "1-2 words" if count < 3 else "3-5 words" if count < 6 else "6+ words"
