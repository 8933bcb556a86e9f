"""Treebank files read into words as the tokenizer is to find them, and restyled as news pages print them."""

import random

from app.extraction.training.conllu import Document, Sentence, parse_documents
from app.extraction.training.scoring import laid_out, spans
from app.extraction.training.tokenizer import labelled
from app.extraction.training.typography import abbreviated, restyled
from app.extraction.training.variety import retold

SNIPPET = """# newdoc id = made_up
# newpar
# text = "Ana's in," said Bo Low.
1\t"\t"\tPUNCT\t``\t_\t4\tpunct\t_\tSpaceAfter=No
2-3\tAna's\t_\t_\t_\t_\t_\t_\t_\t_
2\tAna\tAna\tPROPN\tNNP\t_\t4\tnsubj\t_\t_
3\t's\tbe\tAUX\tVBZ\t_\t4\tcop\t_\t_
4\tin\tin\tADV\tRB\t_\t7\tccomp\t_\tSpaceAfter=No
5\t,\t,\tPUNCT\t,\t_\t4\tpunct\t_\tSpaceAfter=No
6\t"\t"\tPUNCT\t''\t_\t4\tpunct\t_\t_
7\tsaid\tsay\tVERB\tVBD\t_\t0\troot\t_\t_
8\tBo\tBo\tPROPN\tNNP\t_\t7\tnsubj\t_\t_
9\tLow\tLow\tPROPN\tNNP\t_\t8\tflat\t_\tSpaceAfter=No
10\t.\t.\tPUNCT\t.\t_\t7\tpunct\t_\t_

# newpar
# text = Du monde.
1-2\tDu\t_\t_\t_\t_\t_\t_\t_\t_
1\tDe\tde\tADP\tIN\t_\t3\tcase\t_\t_
2\tle\tle\tDET\tDT\t_\t3\tdet\t_\t_
3\tmonde\tmonde\tNOUN\tNN\t_\t0\troot\t_\tSpaceAfter=No
4\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_
"""


def document() -> Document:
    return parse_documents(SNIPPET).pop()


def spaced(sentence: Sentence) -> str:
    return " ".join(word.form for word in sentence.words)


def test_a_multiword_token_becomes_its_parts_where_they_spell_it() -> None:
    first, second = document().sentences
    assert spaced(first) == '" Ana \'s in , " said Bo Low .'
    assert spaced(second) == "Du monde ."


def test_labels_mark_the_last_character_of_tokens_and_sentences() -> None:
    text, labels = labelled(document().paragraphs()[0])
    assert text == '"Ana\'s in," said Bo Low.'
    assert labels == "100101001110000100100012"


def test_the_text_laid_out_holds_every_token_at_its_offsets() -> None:
    text, tokens, sentences = laid_out(document())
    assert [text[a:b] for a, b in tokens][:3] == ['"', "Ana", "'s"]
    assert [text[a:b] for a, b in sentences] == ['"Ana\'s in," said Bo Low.', "Du monde."]


def test_restyled_text_prints_its_marks() -> None:
    paragraph = document().paragraphs()[0]
    styled = {spaced(restyled(paragraph, random.Random(seed))[0]) for seed in range(20)}
    assert "“ Ana ’s in , ” said Bo Low ." in styled
    assert "« Ana ’s in , » said Bo Low ." in styled


def test_nothing_to_restyle_gives_no_copy() -> None:
    assert restyled(document().paragraphs()[1], random.Random(0)) is None
    assert abbreviated(document().paragraphs()[1], random.Random(0)) is None


def test_an_abbreviated_title_is_set_before_a_full_name() -> None:
    copies = [abbreviated(document().paragraphs()[0], random.Random(seed)) for seed in range(9)]
    titled = next(spaced(copy[0]) for copy in copies if copy)
    assert titled.endswith(". Bo Low .")


def test_a_retold_sentence_renames_its_person_and_nothing_else() -> None:
    told = retold([("said", "O"), ("Bo", "B-PERSON"), ("Low", "E-PERSON"), (".", "O")], random.Random(1))
    tags = [tag for _, tag in told]
    assert (told[0], told[-1]) == (("said", "O"), (".", "O"))
    assert spans(tags) == [(1, len(told) - 1, "PERSON")]
    assert "Low" not in [word for word, _ in told]


def test_a_sentence_without_people_is_not_retold() -> None:
    assert retold([("Bo", "S-LOC")], random.Random(1)) is None
