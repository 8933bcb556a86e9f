"""Which language a text is in, told offline by py3langid (Lui and Baldwin 2012)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from app.extraction import languages

LONGEST_SAMPLE = 2_000
LONG = 200
"""Characters from which a language without a data file is believed."""
SURE = 0.9
"""The probability from which a short text may be in such a language."""


@cache
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def detect(samples: Sequence[str]) -> str:
    """The ISO 639-1 code of the language that most of these stretches of text are in.

    In doubt it is one of the languages that have a data file.
    """
    sample = " ".join(" ".join(samples).split())[:LONGEST_SAMPLE]
    ranking = [(code, share) for code, share in _identifier().rank(sample) if len(code) == 2]
    best, probability = ranking[0]
    known = languages.codes()
    if best in known or len(sample) >= LONG or probability >= SURE:
        return best
    return next(code for code, _ in ranking if code in known)
