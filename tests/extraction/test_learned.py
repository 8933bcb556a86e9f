"""The learned model beside the rules: who decides what, with pointings made up; and the real model on any text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.extraction.document import Span
from app.extraction.extractor import Extractor
from app.extraction.model import pointer
from app.extraction.model.pointer import WEIGHTS, Pointer, bundled_pointer
from app.extraction.model.pointing import Pointing

TEXT = 'Ann Field met Bob Stone in the harbour.\n\n"We paid for all of it last year," Stone said on Monday.'
ITALIAN = "Ada Neri ha incontrato la stampa. «Non pagheremo mai questo ponte», ha detto."


PARTS = ["“We paid”", " said ", "Ann Field", "\n\n", ". ", "橋", "ё", "😀", "«да»", '"no"']


class Told:
    """Says the same of every quotation."""

    threads = 1
    antecedents = None

    def __init__(
        self,
        is_quote: float,
        source: list[tuple[Span, float]],
        nothing: float = 0.0,
        phrase: Span | None = None,
        cue: Span | None = None,
    ) -> None:
        self.pointing = Pointing(is_quote, source, nothing, cue, phrase)

    def read(self, text, paragraphs, quotations):
        return pointer.Told([self.pointing for _ in quotations])


def place(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def only_quote(told: Told, text: str = TEXT, language: str = "en"):
    (quote,) = Extractor(pointer=told).extract(text, language).quotes
    return quote


def test_the_rules_mention_stands_where_the_model_allows_it():
    told = Told(0.9, [(place("Ann"), 0.4), (place("Stone said"), 0.2)])
    assert only_quote(told).speaker.name == "Bob Stone"


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("市長は会見で「来年度から給食を無償にする」と述べた。映画「橋」が公開された。", "ja", 1),
        ("시장은 “우리는 이 다리 비용을 절대 내지 않을 것이다”라고 말했다.", "ko", 1),
        ("Burmistrz był zły. „Nie zapłacimy za ten most”, powiedział.", "pl", 0),
    ],
)
def test_the_model_tells_neither_quotes_nor_speakers_of_what_it_cannot_read(text, language, found):
    quotes = Extractor(pointer=Told(0.02, [(Span(0, 2), 0.9)])).extract(text, language).quotes
    assert [quote.speaker for quote in quotes] == [None] * found


def test_the_model_overrules_where_it_does_not():
    told = Told(0.9, [(place("Ann"), 0.9), (place("Stone said"), 0.01)])
    assert only_quote(told).speaker.name == "Ann Field"


def test_a_signature_on_a_line_of_its_own_stands_against_the_model():
    text = "Ann Field came.\n\n“We paid for it.”\nBob Stone, baker\n\nThe vote is on Monday.\n"
    assert only_quote(Told(0.95, [(place("Ann Field", text), 0.9)]), text).speaker.name == "Bob Stone"


def test_office_and_name_before_a_colon_stand_against_the_model():
    text = "Ann Field came.\n\nVisiting coach Bob Stone: “We paid for it.”\n"
    assert only_quote(Told(0.95, [(place("Ann Field", text), 0.9)]), text).speaker.name == "Bob Stone"


def test_who_is_spoken_of_before_a_colon_does_not_speak():
    text = "Ann Field said it leaked.\n\nOn coach Bob Stone: “He paid for it.”\n"
    assert only_quote(Told(0.95, [(place("Stone", text), 0.9)]), text).speaker.name == "Ann Field"


def test_what_somebody_is_called_is_a_quote_sooner():
    text = "Ann Field called the dockers {}."
    extractor = Extractor(pointer=Told(0.3, [(place("Ann Field", text), 0.9)]))
    called, titled = (extractor.extract(text.format(words), "en").quotes for words in ("“lazy”", "a “lot”"))
    assert (len(called), len(titled)) == (1, 0)


def test_who_said_it_is_the_speaker_not_who_passes_it_on():
    text = "Ann Field came.\n\n“We paid for it,” Field said on Monday, according to the Harbour News.\n"
    told = Told(0.95, [(place("Harbour News", text), 0.9)])
    assert only_quote(told, text).speaker.name == "Ann Field"


WITHIN = {
    "told": "Ann Field claimed Bob Stone told her: “We sank it.”",
    "called": "Ann Field said Bob Stone had called the pier “a wreck of planks”.",
    "told that": "Ann Field told the court that Bob Stone said she was “too slow for it”.",
    "behind who hears it": "Ann Field told reporters that on Monday Bob Stone said it was “too slow for it”.",
    "as whom a passive describes": "Ann Field said she was described as “a slow old goat” by Bob Stone.",
    "by whom a passive tells": "Ann Field said she was called “a slow old goat” by Bob Stone.",
    "an apposition": "Ann Field alleges that her boss, Bob Stone, called her “a slow old goat”.",
    "who is accused": "Ann Field accused Bob Stone of calling her “a slow old goat”.",
    "who is sued": "Ann Field sued Bob Stone for saying she was “too slow for it”.",
    "who is remembered": "Ann Field recalled Bob Stone telling her: “We sank it.”",
}


@pytest.mark.parametrize("case", WITHIN)
def test_who_speaks_in_what_another_says_is_quoted(case):
    text = WITHIN[case]
    assert only_quote(Told(0.95, [(place("Ann Field", text), 0.95)]), text).speaker.name == "Bob Stone"


NOT_WITHIN = {
    "a thought": "Ann Field said Bob Stone felt “lost among the planks”.",
    "what should be said": "Ann Field suggested Bob Stone should say “we are sorry”.",
    "what was said is judged": "Ann Field said what Bob Stone said was “a pack of lies”.",
    "another verb goes on": "Ann Field said Bob Stone refused to answer and “hid in the hold”.",
    "what somebody said is no object": "Ann Field said a report by Bob Stone was “a pack of lies”.",
}


@pytest.mark.parametrize("case", NOT_WITHIN)
def test_who_tells_of_another_speaks_where_that_one_said_nothing(case):
    text = NOT_WITHIN[case]
    assert only_quote(Told(0.95, [(place("Ann Field", text), 0.95)]), text).speaker.name == "Ann Field"


def test_whose_role_it_is_does_not_speak():
    text = "The widow of murdered docker Bob Stone said: “We sank it.”"
    assert only_quote(Told(0.95, [(place("Stone", text), 0.95)]), text).speaker.name == "the widow"


def test_an_article_alone_names_nobody():
    text = "Ann Field came. “We sank it, and we will sink it again,” came the reply."
    assert only_quote(Told(0.9, [(place(" the ", text), 0.9)]), text).speaker is None


@pytest.mark.parametrize(
    ("told", "name"),
    [("One of the", "one of the dockers"), ("A trader in", "a trader"), ("A trader in the", "a trader")],
)
def test_an_unnamed_source_is_not_called_by_half_a_phrase(told, name):
    text = "{} said it was “a wreck of planks”.".format(
        "One of the dockers" if told.startswith("One") else "A trader in the town"
    )
    phrase = place(told, text)
    found = Told(0.9, [(Span(0, 3 if told.startswith("One") else 8), 0.9)], phrase=phrase)
    assert only_quote(found, text).speaker.name == name


def test_nobody_passes_on_what_no_verb_of_saying_reports():
    text = "Bob Stone was “beyond help” then, or dead, according to Ann Field."
    assert only_quote(Told(0.95, [(place("Field", text), 0.95)]), text).speaker.name == "Ann Field"


def test_grammar_outweighs_a_model_that_points_into_another_sentence():
    text = "Ann Field denied “any knowledge” of it. Bob Stone shouted loudly."
    told = Told(0.9, [(place("Stone", text), 0.8), (place("Field", text), 0.1)])
    assert only_quote(told, text).speaker.name == "Ann Field"


def test_the_subject_before_a_colon_outweighs_a_model_that_points_into_the_sentence_before():
    text = "Ann Field came. Bob Stone was blunter: “We paid for it.”"
    pointing = [(place("Ann", text), 0.9), (place("Stone", text), 0.06)]
    quote = only_quote(Told(0.9, pointing, cue=place("came", text)), text)
    assert (quote.speaker.name, quote.cue) == ("Bob Stone", None)


def test_reported_speech_goes_on_although_the_model_points_at_who_speaks_next():
    text = "Anna Roth klagte laut. Der Wald sei „am Ende“. Karl Moos sprach lange."
    told = Told(0.9, [(place("Karl Moos", text), 0.8), (place("Anna Roth", text), 0.1)])
    assert only_quote(told, text, "de").speaker.name == "Anna Roth"


def test_whom_a_preposition_tells_to_be_spoken_to_does_not_speak():
    text = "El alcalde Luis Gil calló. Después cambió de tono. «No pagaremos», le espetó a Ana Ruiz entre aplausos."
    assert only_quote(Told(0.9, [(place("Ana Ruiz", text), 0.9)]), text, "es").speaker.name == "Luis Gil"


def test_a_source_behind_such_a_preposition_speaks():
    text = "Stando al sindaco Ivo Riva, il ponte è «un rudere pericoloso»."
    assert only_quote(Told(0.9, [(place("Ivo Riva", text), 0.9)]), text, "it").speaker.name == "Ivo Riva"


def test_a_verb_that_the_model_points_at_is_nobody():
    text = "Мэр Пётр Рогов уехал. Говорят, что мост «проклят навсегда»."
    told = Told(0.9, [(place("рят", text), 0.4)], cue=place("Говорят", text))
    assert only_quote(told, text, "ru").speaker is None


def test_nobody_speaks_where_the_model_sees_nobody():
    told = Told(0.9, [], nothing=0.9)
    assert only_quote(told).speaker is None


def test_nobody_speaks_where_the_model_is_sure_of_no_word_and_not_of_nobody():
    assert only_quote(Told(0.9, [], nothing=0.3)).speaker is None


def test_words_that_are_no_mention_are_the_speaker_as_they_stand():
    text = '"We paid for all of it last year," went the song.\n'
    told = Told(0.9, [(place("song", text), 0.9)])
    assert "song" in only_quote(told, text).speaker.name


LED_BACK = "«Порт откроют уже весной». Об этом заявил в среду министр Олег Рунин."


def test_what_leads_back_to_a_quotation_stands_against_the_model():
    assert only_quote(Told(0.9, [], nothing=0.9), LED_BACK, "ru").speaker.name == "Олег Рунин"


DROPPED = "Мэр Инна Берг ждала. «Порт откроют», — сказал{}. Инженер Петер Ланге кивнул."


@pytest.mark.parametrize(("ending", "name"), [("", "Петер Ланге"), ("а", None)])
def test_the_form_of_a_verb_rules_out_whom_only_the_model_takes_for_its_subject(ending, name):
    text = DROPPED.format(ending)
    speaker = only_quote(Told(0.9, [(place("Ланге", text), 0.9)]), text, "ru").speaker
    assert (speaker and speaker.name) == name


def test_what_the_model_takes_for_no_quote_is_none():
    told = Told(0.05, [(place("Stone said"), 0.9)])
    assert Extractor(pointer=told).extract(TEXT, "en").quotes == ()


def test_a_dropped_subject_is_sought_in_the_sentences_before():
    told = Told(0.9, [(place("ha detto", ITALIAN), 0.9)])
    assert only_quote(told, ITALIAN, "it").speaker.name == "Ada Neri"


def test_a_pronoun_between_commas_means_the_subject_it_repeats():
    text = "Anne Roux est déléguée. La direction de Verrolac, elle, dénonce « un blocage illégal »."
    told = Told(0.9, [(place("elle", text), 0.9)])
    assert only_quote(told, text, "fr").speaker.name == "la direction de Verrolac"


def test_who_the_sentence_is_about_is_no_source_that_the_model_sees_nowhere():
    text = "Ada Neri ha incontrato la stampa. Di quanto il collega Ugo Riva propone, ha detto, resta «molto poco»."
    assert only_quote(Told(0.9, [], nothing=0.7), text, "it").speaker.name == "Ada Neri"


def test_whom_it_was_said_to_does_not_speak_be_the_model_sure():
    text = "La edil Ana Lobo vio a Luis Prado. Dijo a Prado que «habrá más camas en mayo»."
    assert only_quote(Told(0.9, [(place("Prado que", text), 0.95)]), text, "es").speaker.name == "Ana Lobo"


def test_a_subject_left_out_in_dialogue_is_as_sure_as_in_marks():
    lines = "La directora Ana Rivas paseaba por el muelle.\n\n—Ya veremos —dijo—. Hoy no."
    assert only_quote(Told(0.9, [], nothing=1.0), lines, "es").evidence.mention == 0.5


def test_a_surer_model_makes_a_surer_quote():
    sure, unsure = (only_quote(Told(0.95, [(place("Stone said"), chance)])) for chance in (0.95, 0.3))
    assert sure.confidence > unsure.confidence


PHRASES = {
    "the person named behind a role with a complement": (
        "“We paid for it,” said the head of the dockers' union, Ada Stone.",
        "head",
        "the head of the dockers' union, Ada Stone",
        "Ada Stone",
    ),
    "the possessor, where the model takes the possessive alone": (
        "Ada Stone came late. Reporters heard her warning: “We paid for it.”",
        "her",
        "her",
        "Ada Stone",
    ),
    "a name that was read as part of another's phrase": (
        "Ada Moss came late. Moss quietly defied President Bo Roth as “a small man”.",
        "Moss",
        "Moss",
        "Ada Moss",
    ),
    "a relative of somebody named, where the model takes the possessive alone": (
        "Bob Stone came late. His neighbour said: “We paid for it.”",
        "His",
        "His",
        "his neighbour",
    ),
    "the critics of somebody named, where the model takes the possessive alone": (
        "Bob Stone came late. His critics said: “We paid for it.”",
        "His",
        "His",
        "his critics",
    ),
    "somebody named whose message it is": (
        "Bob Stone came late. Stone's message to the dockers was short: “We paid for it.”",
        "Stone",
        "Stone",
        "Bob Stone",
    ),
    "one of many by the whole phrase": (
        "Bob Stone came late. One of the dockers said: “We paid for it.”",
        "One",
        "One",
        "one of the dockers",
    ),
    "one of many, where the model takes the preposition, too": (
        "Bob Stone came late. One of the dockers said: “We paid for it.”",
        "One",
        "One of",
        "one of the dockers",
    ),
    "an unnamed source with the article that the model leaves out": (
        "Bob Stone came late. “We paid for it,” an angry winkle-picker said.",
        "winkle-picker",
        "angry winkle-picker",
        "an angry winkle-picker",
    ),
    "an unnamed source by the whole phrase": (
        "“We paid for it,” said a spokesman for the small ports of the north.",
        "spokesman",
        "a spokesman for the small ports of the north",
        "a spokesman for the small ports of the north",
    ),
}


def test_one_of_several_may_be_named():
    text = "«Мы за это заплатили», — считает одна из авторов доклада Ольга Котова."
    told = Told(0.95, [(place("одна", text), 0.95)], phrase=place("одна из", text))
    assert only_quote(told, text, "ru").speaker.name == "Ольга Котова"


MANY = {
    "en": ("Ann Lee promised water. “It is coming,” Ann Lee said. “I lost three cows,” {} said.", "another"),
    "de": ("Anna Roth versprach Wasser. „Es kommt“, sagte Anna Roth. „Ich verlor drei Kühe“, rief {}.", "jemand"),
    "es": ("Ana Rivas prometió agua. «Ya llega», dijo Ana Rivas. «He perdido tres vacas», gritó {}.", "alguien"),
    "fr": ("Anne Roux a promis de l'eau. « Elle vient », a dit Anne Roux. « Menteuse », a crié {}.", "quelqu'un"),
    "it": ("Anna Neri ha promesso acqua. «Arriva», ha detto Anna Neri. «Ho perso tre mucche», ha detto {}.", "uno"),
    "ru": ("Анна Лис обещала воду. «Она придёт», — сказала Анна Лис. «Я потерял коров», — сказал {}.", "кто-то"),
}


@pytest.mark.parametrize("code", MANY)
def test_whom_the_text_leaves_open_is_not_the_speaker_before(code):
    template, who = MANY[code]
    text = template.format(who)
    first, second = Extractor(pointer=bundled_pointer()).extract(text, code).quotes
    assert first.speaker.name in text
    assert second.speaker.name == who


def test_the_same_speaker_goes_on_where_the_model_points_back_at_words_that_are_no_mention():
    text = "“We paid for it,” went the song. “It was dear.”\n"
    (quote,) = Extractor(pointer=Told(0.95, [(place("song", text), 0.95)])).extract(text, "en").quotes
    assert len(quote.segments) == 2


def test_whom_a_role_spoke_to_is_not_its_holder():
    text = "Verkehrsminister Karl Stein kam spät. „Man muss reden“, sagte der Politiker der Deutschen Presse-Agentur."
    source, whole = place("Politiker", text), place("der Politiker der Deutschen Presse-Agentur", text)
    assert only_quote(Told(0.95, [(source, 0.95)], phrase=whole), text, "de").speaker.name == "Karl Stein"


@pytest.mark.parametrize(
    "text",
    [
        "Bob Stone of the Post quoted Mayor Ada Moss as saying “we paid for it”.",
        "The mayor, Ada Moss, was quoted by Bob Stone as saying “we paid for it”.",
    ],
)
def test_the_model_does_not_give_the_words_to_who_quotes_them(text):
    assert only_quote(Told(0.95, [(place("Stone", text), 0.95)]), text).speaker.name == "Ada Moss"


@pytest.mark.parametrize(("text", "word", "phrase", "name"), PHRASES.values(), ids=PHRASES)
def test_the_phrase_around_the_models_word_tells_who_speaks(text, word, phrase, name):
    source, whole = (Span(text.rindex(words), text.rindex(words) + len(words)) for words in (word, phrase))
    told = Told(0.95, [(source, 0.95)], phrase=whole)
    assert only_quote(told, text).speaker.name == name


def test_a_phrase_ends_with_the_mark_that_closes_the_name_in_it():
    text = "В компании «Тидал» отметили: «Работы идут по плану»."
    told = Told(0.95, [(place("Тидал", text), 0.95)], phrase=place("компании «Тидал", text))
    *_, quote = Extractor(pointer=told).extract(text, "ru").quotes
    assert quote.mention.of(text) == "компании «Тидал»"


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.sampled_from(["“We paid”", " said ", "Ann Field", "\n\n", ". ", "橋", "ё", "😀", "«да»", '"no"']),
        max_size=30,
    )
)
def test_the_real_model_points_into_the_text(parts):
    text = "".join(parts)
    extraction = Extractor(pointer=bundled_pointer()).extract(text, "en")
    for quote in extraction.quotes:
        for span in filter(None, (*quote.segments, quote.mention, quote.cue)):
            assert 0 <= span.start < span.end <= len(text)
        assert 0 <= quote.confidence <= 1


def test_more_threads_read_the_same() -> None:
    """The model reads beside the rules then; it once was shown names in marks that the rules read over."""
    text = (
        'They met under the theme "A quieter harbour". Ann Field, chief of the "Wave" Bob Stone works for, spoke. '
        '"We paid for all of it," she said. "Not yet," said Stone.'
    )
    one, two = (Extractor(pointer=Pointer(WEIGHTS, threads)).extract(text, "en").quotes for threads in (1, 2))
    assert len(one) == 2 and one == two


def test_the_model_is_asked_whom_a_pronoun_stands_for():
    text = "Ann Lee chaired the meeting on Monday. “We will wait,” she said.\n"
    (quote,) = Extractor(pointer=bundled_pointer()).extract(text, "en").quotes
    assert quote.speaker.name == "Ann Lee"
    assert quote.evidence.pointed > 0.5


GOVERNED = {
    "de": ("Laut Polizei war der Mann „bewaffnet“.", "Laut", "Polizei"),
    "en": ("According to the ministry, the plan is “not feasible”.", "According", "the ministry"),
    "es": ("El hombre iba, según la policía, “muy borracho”.", "según", "la policía"),
    "fr": ("Selon la police, l'homme était « armé ».", "Selon", "la police"),
    "it": ("L'uomo era, secondo la polizia, «molto ubriaco».", "secondo", "la polizia"),
    "pt": ("Segundo a polícia, o homem estava “armado”.", "Segundo", "a polícia"),
    "ru": ("По данным министерства, план «неосуществим».", "По", "министерство"),
}


@pytest.mark.parametrize(("text", "preposition", "source"), GOVERNED.values(), ids=GOVERNED)
def test_whom_a_source_preposition_leads_stands_where_the_model_points_at_the_preposition(text, preposition, source):
    language = next(code for code, told in GOVERNED.items() if told[0] == text)
    quote = only_quote(Told(0.97, [(place(preposition, text), 0.9)]), text, language)
    assert (quote.speaker.name, quote.confidence > 0.4) == (source, True)


def test_whom_a_source_preposition_leads_stands_where_the_model_sees_nobody():
    text = GOVERNED["fr"][0]
    assert only_quote(Told(0.97, [(place("police", text), 0.1)], nothing=0.9), text, "fr").speaker.name == "la police"


def test_the_model_says_who_speaks_beside_a_source_preposition_where_it_is_sure():
    text = "According to police, Ann Field bellowed, “I paid”."
    assert only_quote(Told(0.97, [(place("Ann Field", text), 0.9)]), text).speaker.name == "Ann Field"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Dupont : « On verra. » « Aucun doute », a insisté Roux.", "fr"),
        ("Paul Brandt: „Mal sehen.“ „Kein Zweifel“, betonte Anna Roux.", "de"),
    ],
)
def test_what_stands_behind_the_next_quotation_tells_nothing_of_one_that_a_colon_leads_to(text, language):
    first = text.partition(":")[0].split()[-1]
    told = Told(0.97, [(place("Roux", text), 0.6), (place(first, text), 0.3)], nothing=0.1)
    quotes = Extractor(pointer=told).extract(text, language).quotes
    assert [quote.speaker.name.split()[-1] for quote in quotes] == [first, "Roux"]


def test_whom_a_preposition_leads_is_no_source_of_reported_speech_that_goes_on():
    text = "Das Wetter bleibe gut, sagte Enno Tjarks. Es gebe „keine Gefahr“ für die Bürger."
    told = Told(0.97, [(place("Bürger", text), 0.85), (place("Tjarks", text), 0.1)])
    assert only_quote(told, text, "de").speaker.name == "Enno Tjarks"


def test_a_body_named_before_its_verb_is_told_where_the_model_sees_a_subject_left_out():
    text = "Rui Costa chegou. A Gazeta escreve: “Não basta”."
    told = Told(0.97, [(place("Gazeta", text), 0.3)], nothing=0.7)
    assert only_quote(told, text, "pt").speaker.name == "Gazeta"
