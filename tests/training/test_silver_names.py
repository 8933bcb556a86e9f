"""Where a tagger and a treebank's tree agree on a name, and what becomes of the sentence where they do not."""

from app.extraction.training.conllu import Sentence, Word
from app.extraction.training.scoring import Score
from app.extraction.training.silver import agreement


def sentence() -> Sentence:
    rows = [("Ana", "PROPN", 4, "nsubj"), ("Maria", "PROPN", 1, "flat"), ("Brook", "PROPN", 1, "flat")]
    rows += [("left", "VERB", 0, "root"), ("town", "NOUN", 4, "obj")]
    return Sentence([Word(i, form, upos, "_", head, rel, "_") for i, (form, upos, head, rel) in enumerate(rows, 1)])


def test_a_name_found_in_part_gets_the_bounds_of_the_tree() -> None:
    agreed = agreement(sentence(), ["B-PERSON", "E-PERSON", "O", "O", "O"])
    assert agreed is not None
    assert [tag for _, tag in agreed] == ["B-PERSON", "I-PERSON", "E-PERSON", "O", "O"]


def test_a_name_without_a_proper_noun_leaves_the_sentence_out() -> None:
    assert agreement(sentence(), ["B-PERSON", "I-PERSON", "E-PERSON", "O", "S-LOC"]) is None


def test_a_row_of_proper_nouns_nobody_named_leaves_the_sentence_out() -> None:
    assert agreement(sentence(), ["O"] * 5) is None


def test_a_score_counts_what_was_found_and_what_was_there() -> None:
    score = Score()
    score.add("names", [1, 2, 3], [2, 3, 4, 5])
    assert round(score.f1("names"), 4) == 0.5714
