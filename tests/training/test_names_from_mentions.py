"""GUM's brackets become flat names: titles, determiners and possessives fall off, the longest name wins."""

from app.extraction.training.conllu import Sentence, parse_documents
from app.extraction.training.entities import Mention, mentions, names, tags

ROWS = """
1 Yesterday yesterday NOUN _ 7 obl Entity=(1-time-new-n-1)
2 Defence defence PROPN NNP 4 compound Entity=(2-person-new-n-3,4-coref-Ana_Brook(3-organization-new-n-1)
3 Minister minister PROPN NNP 4 nmod:desc _
4 Ana Ana PROPN NNP 7 nsubj _
5 Maria Maria PROPN NNP 4 flat _
6 Brook Brook PROPN NNP 4 flat Entity=2)
7 told tell VERB _ 0 root _
8 the the DET _ 9 det Entity=(4-organization-new-n-2
9 University university PROPN NNP 7 obj _
10 of of ADP _ 11 case _
11 Varna Varna PROPN NNP 9 nmod Entity=(5-place-new-n-1)4)|SpaceAfter=No
12 , , PUNCT _ 14 punct _
13 the the DET _ 14 det Entity=(6-person-new-n-2
14 president president NOUN _ 7 obj Entity=6)
15 and and CCONJ _ 16 cc _
16 Norway Norway PROPN NNP 14 conj Entity=(7-organization-acc-n-1(8-abstract-new-n-1)
17 's 's PART _ 16 case Entity=7)
18 Danes Dane PROPN NNPS 14 conj Entity=(9-person-new-n-1)
19 that that SCONJ _ 21 mark _
20 she she PRON _ 21 nsubj Entity=(2-person-giv-n-1)
21 agreed agree VERB _ 7 ccomp _
"""


def sentence(rows: str = ROWS) -> Sentence:
    lines = []
    for row in rows.strip().splitlines():
        index, form, lemma, upos, xpos, head, deprel, misc = row.split()
        lines.append("\t".join((index, form, lemma, upos, xpos, "_", head, deprel, "_", misc)))
    return parse_documents("# newdoc id = made_up\n" + "\n".join(lines) + "\n").pop().sentences.pop()


def found(text: Sentence) -> list[tuple[str, str]]:
    return [(" ".join(word.form for word in text.words[n.start : n.end]), n.label) for n in names(text)]


def test_every_bracket_is_read_nested_and_single_word_ones_too() -> None:
    read = mentions(sentence())
    assert Mention(1, 6, "person") in read
    assert Mention(1, 2, "organization") in read
    assert Mention(7, 11, "organization") in read
    assert Mention(10, 11, "place") in read
    assert len(read) == 10


def test_a_bracket_never_closed_is_ignored() -> None:
    assert mentions(sentence("1 Ana Ana PROPN NNP 0 root Entity=(1-person-new-n-1")) == []


def test_a_person_is_named_without_title_and_pronouns_and_peoples_are_no_names() -> None:
    assert [name for name, label in found(sentence()) if label == "PERSON"] == ["Ana Maria Brook"]


def test_the_longest_name_wins_and_loses_its_determiner() -> None:
    names_found = found(sentence())
    assert ("University of Varna", "ORG") in names_found
    assert all(name != "Varna" for name, _ in names_found)


def test_a_country_that_acts_is_a_place_without_its_possessive() -> None:
    assert ("Norway", "LOC") in found(sentence())


def test_a_mere_title_is_no_name() -> None:
    rows = """
1 Mr. Mr. PROPN NNP 2 nmod:desc Entity=(1-person-new-n-2
2 President president PROPN NNP 0 root Entity=1)
"""
    assert found(sentence(rows)) == []


def test_a_hyphen_and_a_nickname_stay_inside_a_personal_name() -> None:
    rows = """
1 Han Han PROPN NNP 0 root Entity=(1-person-new-n-1
2 Min Min PROPN NNP 1 flat SpaceAfter=No
3 - - PUNCT HYPH 4 punct SpaceAfter=No
4 jun jun PROPN NNP 2 flat Entity=1)
"""
    assert found(sentence(rows)) == [("Han Min - jun", "PERSON")]


def test_tags_mark_begin_inside_end_and_single() -> None:
    row = tags(sentence())
    assert row[3:6] == ["B-PERSON", "I-PERSON", "E-PERSON"]
    assert row[15] == "S-LOC"
    assert row[6] == "O"


def test_a_name_hanging_on_a_role_is_found_without_the_role() -> None:
    rows = """
1 actor actor NOUN NN 0 root Entity=(1-person-new-n-1,2,3
2 Ana Ana PROPN NNP 1 flat _
3 Brook Brook PROPN NNP 1 flat Entity=1)
"""
    assert found(sentence(rows)) == [("Ana Brook", "PERSON")]
    assert found(sentence(rows.replace("2 Ana Ana PROPN NNP 1 flat", "2 , , PUNCT , 3 punct"))) == []
