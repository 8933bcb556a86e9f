"""Which documents are never trained on, chosen by hand across genres with news and interviews weighted."""

from __future__ import annotations

from pathlib import Path

DEV = frozenset(
    (
        "GUM_academic_exposure",
        "GUM_bio_byron",
        "GUM_court_loan",
        "GUM_interview_gaming",
        "GUM_interview_mckenzie",
        "GUM_news_hackers",
        "GUM_news_nasa",
        "GUM_news_worship",
        "GUM_speech_inauguration",
        "GUM_voyage_athens",
    )
)

TEST = frozenset(
    (
        "GUM_academic_librarians",
        "GUM_bio_dvorak",
        "GUM_interview_cyclone",
        "GUM_interview_peres",
        "GUM_news_defector",
        "GUM_news_election",
        "GUM_news_homeopathic",
        "GUM_speech_impeachment",
        "GUM_textbook_labor",
        "GUM_voyage_oakland",
    )
)


def gum_files(treebanks: Path, part: str) -> list[Path]:
    """The GUM documents of `train`, `dev` or `test`, in a fixed order."""
    return [path for path in sorted((treebanks / "gum").glob("GUM_*.conllu")) if part_of(path.stem) == part]


def part_of(name: str) -> str:
    """The part a GUM document belongs to."""
    if name in DEV:
        return "dev"
    return "test" if name in TEST else "train"
