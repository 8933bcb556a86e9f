"""Fits `scene.WEIGHTS`: what makes a character the one that a pronoun means.

    python -m app.extraction.training.salience --treebanks ../shared/treebanks

Cases are the pronouns `he` and `she` of GUM's training documents (its `Entity=` brackets tell who is meant) and the
pronouns that name the source of a quote in the training parts of the made articles. A case counts where one of the
candidates is right. A logistic choice among the candidates is fitted by gradient descent, and measured by leaving out
each fifth of the texts in turn, beside the weights in use.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from app.extraction.coreference.characters import Character, words_of
from app.extraction.coreference.resolver import Resolver
from app.extraction.coreference.scene import WEIGHTS, Resolution
from app.extraction.document import SpeakerKind
from app.extraction.mentions.mention import Mention, MentionKind
from app.extraction.training import made
from app.extraction.training.antecedent_data import Article
from app.extraction.training.conllu import Document, read_documents
from app.extraction.training.entities import bracketed, names
from app.extraction.training.splits import gum_files

FOLDS = 5
STEPS = 500
RATE = 0.5
RIDGE = 0.02
GENRES = frozenset({"news", "interview", "bio", "speech", "court", "academic", "letter", "essay"})
GUM_WEIGHT = 0.3
"""What a pronoun of GUM, which may stand anywhere, counts beside one that names the source of a quote in the news."""


@dataclass(slots=True)
class Case:
    """A pronoun: the features of its candidates, and which of them are right."""

    text: str
    features: np.ndarray
    right: np.ndarray
    weight: float = 1.0


@dataclass(slots=True)
class Recorder(Resolver):
    """A resolver that notes the candidates of each pronoun."""

    seen: dict[int, list[tuple[Character, list[float]]]] = field(default_factory=dict)

    def _resolution(self, mention: Mention) -> Resolution:
        if mention.kind is MentionKind.PRONOUN:
            rows = [(c, [float(value) for value in self.scene.features(c).values()]) for c in self.antecedents(mention)]
            self.seen[mention.span.start] = rows
        return Resolver._resolution(self, mention)


def main() -> None:
    """Print the weights and how often they and those in use choose right."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--treebanks", type=Path, required=True)
    cases = [*_made_cases(), *_gum_cases(parser.parse_args().treebanks)]
    in_use = np.array(list(WEIGHTS.values()))
    print(f"{len(cases)} cases; in use {_report(cases, [in_use] * FOLDS)}; fitted {_report(cases, _folds(cases))}")
    for feature, weight in zip(WEIGHTS, fit(cases), strict=True):
        print(f'    "{feature}": {weight:.2f},')


def _folds(cases: list[Case]) -> list[np.ndarray]:
    return [fit([case for case in cases if _fold(case) != fold]) for fold in range(FOLDS)]


def _fold(case: Case) -> int:
    return sum(case.text.encode()) % FOLDS


def _report(cases: list[Case], weights: list[np.ndarray]) -> str:
    shares = []
    for kind in ("GUM", ""):
        chosen = [case for case in cases if case.text.startswith("GUM") == bool(kind)]
        right = sum(case.right[int(np.argmax(case.features @ weights[_fold(case)]))] for case in chosen)
        shares.append(f"{kind or 'made'} {int(right)}/{len(chosen)}")
    return ", ".join(shares)


def fit(cases: list[Case]) -> np.ndarray:
    """Weights under which the right candidates are the most probable ones."""
    weights = np.array(list(WEIGHTS.values()), dtype=float)
    total = sum(case.weight for case in cases)
    for _ in range(STEPS):
        slope = -RIDGE * weights
        for case in cases:
            scores = case.features @ weights
            chances = np.exp(scores - scores.max())
            wanted = chances * case.right
            slope += case.weight / total * ((wanted / wanted.sum() - chances / chances.sum()) @ case.features)
        weights += RATE * slope
    return weights


def _case(text: str, rows: list[tuple[Character, list[float]]], name: str) -> Case | None:
    """The pronoun as a case, if one candidate and not all are the person of this name."""
    right = np.array([_is_person(character, name) for character, _ in rows], dtype=float)
    if not right.any() or right.all():
        return None
    return Case(text, np.array([features for _, features in rows]), right)


def _is_person(character: Character, name: str) -> bool:
    gold = set(words_of(name))
    return character.kind is SpeakerKind.PERSON and any(set(words_of(known)) <= gold for known in character.names)


def _made_cases() -> Iterator[Case]:
    for article in made.parts()[0]:
        recorder = Article.read(article["id"], article["text"], article["language"], Recorder).resolver
        sources = {q["source"][0][0]: q["speaker"][0] for q in article["quotes"] if q["source"] and q["speaker"]}
        for start, name in sources.items():
            case = _case(article["id"], recorder.seen.get(start, []), name)
            if case:
                yield case


def _gum_cases(treebanks: Path) -> Iterator[Case]:
    for path in gum_files(treebanks, "train"):
        if path.stem.split("_")[1] in GENRES:
            for document in read_documents(path):
                text, pronouns = _pronouns(document)
                recorder = Article.read(path.stem, text, "en", Recorder).resolver
                found = (_case(path.stem, recorder.seen.get(start, []), name) for start, name in pronouns.items())
                yield from (replace(case, weight=GUM_WEIGHT) for case in found if case)


def _pronouns(document: Document) -> tuple[str, Mapping[int, str]]:
    """The text of a document, and where `he` and `she` stand in it with the fullest name of whom they mean."""
    text = ""
    meant: dict[str, list[str]] = {}
    pronouns: dict[int, str] = {}
    for paragraph in document.paragraphs():
        text = text.rstrip() + "\n\n" if text else ""
        for sentence in paragraph:
            starts = []
            for word in sentence.words:
                starts.append(len(text))
                text += word.form + " " * word.space_after
            for entity, first, last in ((each.identity, each.start, each.end) for each in bracketed(sentence)):
                inside = [n for n in names(sentence) if first <= n.start and n.end <= last and n.label == "PERSON"]
                if inside and inside[0].start - first <= inside[0].end - inside[0].start + 2:
                    whole = inside[0]
                    end = starts[whole.end - 1] + len(sentence.words[whole.end - 1].form)
                    meant.setdefault(entity, []).append(text[starts[whole.start] : end])
                if last - first == 1 and sentence.words[first].form.lower() in ("he", "she"):
                    pronouns[starts[first]] = entity
    full = {entity: max(named, key=lambda name: len(name.split())) for entity, named in meant.items()}
    return text, {start: full[entity] for start, entity in pronouns.items() if entity in full}


if __name__ == "__main__":
    main()
