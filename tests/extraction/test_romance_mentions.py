"""French and Spanish: noun phrases with what follows their noun, tied and inverted subjects, object pronouns."""

from __future__ import annotations

import pytest

from app.extraction import languages
from app.extraction.document import Span
from app.extraction.linguistics import Tokenizer
from app.extraction.mentions.finder import MentionFinder
from app.extraction.mentions.mention import Mention, MentionKind
from app.extraction.mentions.wording import Wording
from app.extraction.narration.writer import NarrationReader

PEOPLE = {MentionKind.NAME, MentionKind.ROLE, MentionKind.PRONOUN}


def find(code: str, text: str) -> list[Mention]:
    language = languages.load(code)
    return MentionFinder(text, Wording(language)).find(Tokenizer(language).tokens(text, [Span(0, len(text))]))


def people(code: str, text: str) -> list[str]:
    return [mention.phrase for mention in find(code, text) if mention.kind in PEOPLE]


def letters(code: str, text: str, quotation: str) -> str:
    language = languages.load(code)
    span = Span(0, len(text))
    start = text.index(quotation)
    reader = NarrationReader(language, text, MentionFinder(text, Wording(language)))
    segment = Span(start, start + len(quotation))
    return reader.read(span, Tokenizer(language).tokens(text, [span]), [(segment, 0)]).letters


@pytest.mark.parametrize(
    ("code", "text", "phrase"),
    [
        ("fr", "Hier la ministre déléguée de la Culture, Odile Brun, a souri.", "la ministre déléguée de la Culture"),
        ("fr", "Hier le gardien du phare est parti.", "le gardien du phare"),
        ("es", "Ayer el ministro turco de la Pesca, Omar Kaya, calló.", "el ministro turco de la Pesca"),
        ("es", "Ayer una portavoz del gremio de panaderos calló.", "una portavoz del gremio de panaderos"),
    ],
)
def test_a_role_takes_in_its_adjectives_and_complements(code: str, text: str, phrase: str) -> None:
    assert phrase in people(code, text)


@pytest.mark.parametrize(
    ("code", "text"),
    [("fr", "Hier l'avocat du ministre Paul Vasseur a souri."), ("es", "Ayer el chófer del ministro Pablo Rey calló.")],
)
def test_a_name_with_an_office_of_its_own_is_not_who_the_phrase_before_it_means(code: str, text: str) -> None:
    named = next(mention for mention in find(code, text) if mention.name)
    assert named.phrase.startswith("ministre" if code == "fr" else "ministro")


@pytest.mark.parametrize(
    ("code", "text", "gender"),
    [
        ("fr", "Hier la ministre est partie.", "f"),
        ("fr", "Hier le ministre est parti.", "m"),
        ("fr", "Hier la maire est partie.", "f"),
        ("fr", "Hier le maire est parti.", "m"),
        ("fr", "Hier la romancière est partie.", "f"),
        ("fr", "Hier l'avocate est partie.", "f"),
        ("fr", "Hier la Norvégienne est partie.", "f"),
        ("es", "Ayer la fiscal calló.", "f"),
        ("es", "Ayer el fiscal calló.", "m"),
        ("es", "Ayer la lexicógrafa calló.", "f"),
        ("es", "Ayer habló del fiscal.", "m"),
    ],
)
def test_the_article_or_the_noun_tells_the_gender(code: str, text: str, gender: str) -> None:
    role = next(mention for mention in find(code, text) if mention.kind is MentionKind.ROLE)
    assert role.gender == gender


def test_an_article_before_a_place_makes_it_no_woman() -> None:
    assert all(not mention.gender for mention in find("fr", "Hier la Garonne a débordé."))


def test_an_adjective_for_persons_does_not_make_a_party_one() -> None:
    assert [m.kind for m in find("es", "Ayer el partido socialista calló.")] == [MentionKind.ORGANIZATION]


@pytest.mark.parametrize(
    ("code", "text", "name"),
    [
        ("fr", "Hier, a dit Anne Berger en partant.", "Anne Berger"),
        ("fr", "Hier, a dit la députée Anne Le Goff en partant.", "Anne Le Goff"),
        ("es", "Ayer, dijo Marta Guerrero con prisa.", "Marta Guerrero"),
        ("es", "Ayer, dijo la diputada Marta La Torre con prisa.", "Marta La Torre"),
    ],
)
def test_surnames_that_are_trades_or_begin_with_an_article_stay_whole(code: str, text: str, name: str) -> None:
    assert name in [mention.name for mention in find(code, text)]


@pytest.mark.parametrize("agency", ["Keystone-ATS", "ATS"])
def test_an_agency_before_a_person_is_no_part_of_the_name(agency: str) -> None:
    text = f"Hier soir à {agency} Paul Rochat a tout dit."
    assert [mention.name for mention in find("fr", text) if mention.name] == ["Paul Rochat"]


def test_an_elided_article_at_the_start_of_a_sentence_is_no_part_of_a_name() -> None:
    assert [mention.name for mention in find("fr", "L’Union postale s’est tue.")] == ["Union postale"]


@pytest.mark.parametrize("verb", ["explique-t-il", "poursuit-il", "a-t-il répété"])
def test_a_subject_tied_to_its_verb_is_a_pronoun_of_its_own(verb: str) -> None:
    assert people("fr", f"Rien ne presse, {verb} hier.") == ["il"]


def test_a_name_with_a_hyphen_is_one_word() -> None:
    assert people("fr", "Hier, a dit Park Jong-il en partant.") == ["Park Jong-il"]


@pytest.mark.parametrize(
    ("code", "text", "quotation", "wanted"),
    [
        ("fr", "« Rien ne presse », lui a répondu la préfète.", "« Rien ne presse »", "q,aaCR."),
        ("fr", "« Rien ne presse », l'a coupé la préfète.", "« Rien ne presse »", "q,aaCR."),
        ("fr", "« Rien ne presse », zozote la préfète.", "« Rien ne presse »", "q,CR."),
        ("es", "«No hay prisa», le canturrea la alcaldesa.", "«No hay prisa»", "q,aCR."),
        ("fr", "Pour la préfète, « rien ne presse ».", "« rien ne presse »", "AR,q."),
    ],
)
def test_narration_around_a_quotation(code: str, text: str, quotation: str, wanted: str) -> None:
    assert letters(code, text, quotation) == wanted


@pytest.mark.parametrize(("code", "text"), [("fr", "Une annonce suit. « Non »"), ("es", "Sin respuesta clara. «No»")])
def test_a_cue_word_behind_a_preposition_or_an_article_is_a_noun(code: str, text: str) -> None:
    assert "C" not in letters(code, text, "« Non »" if code == "fr" else "«No»")


def test_capitals_without_end_are_read_in_one_pass() -> None:
    find("fr", "Président " * 3000 + "ancien " * 3000 + "Le " * 3000)
