"""Who said it: the rules of attribution on passages written for them, without a model."""

import pytest

from app.extraction.extractor import Extractor
from app.extraction.model.pointer import bundled_pointer

SAID = [
    pytest.param('"We will rebuild," Mayor Ann Field said.', ["Ann Field"], id="subject, verb"),
    pytest.param('"We will rebuild," said Mayor Ann Field.', ["Ann Field"], id="inverted"),
    pytest.param('"Will we rebuild?" asked Ann Field.', ["Ann Field"], id="question"),
    pytest.param('Ann Field said: "We will rebuild."', ["Ann Field"], id="before, colon"),
    pytest.param('Ann Field: "We will rebuild."', ["Ann Field"], id="colon without a verb"),
    pytest.param('According to Ann Field, "the town will be rebuilt by May."', ["Ann Field"], id="according to"),
    pytest.param('"The town will rise by May," according to Ann Field.', ["Ann Field"], id="behind: according to"),
    pytest.param('"We will rebuild," Ann Field, the mayor of Lowtown, said.', ["Ann Field"], id="apposition"),
    pytest.param('"We will rebuild," the mayor, Ann Field, said.', ["Ann Field"], id="name as apposition"),
    pytest.param('"We will rebuild," Rep. Ann Field, R-Pa., said of it.', ["Ann Field"], id="party and state"),
    pytest.param('Ann Field met Bob Stone and called him "a coward."', ["Ann Field"], id="shared subject"),
    pytest.param('Ann Field attacked the council, saying, "They sleep all day."', ["Ann Field"], id="participle"),
    pytest.param('The Post quoted Ann Field as saying "they sleep all day".', ["Ann Field"], id="quoted"),
    pytest.param('Ann Field was quoted by the Post as saying: "They sleep."', ["Ann Field"], id="quoted, passive"),
    pytest.param('"They sleep," the Post quoted Ann Field as saying.', ["Ann Field"], id="quoted, behind"),
    pytest.param(
        'The Post quoted Ann Field, who was there, as saying: "They sleep."',
        ["Ann Field"],
        id="quoted, relative clause",
    ),
    pytest.param(
        'Ann Field met Bob Stone. The Post quoted him as saying: "They sleep."', ["Bob Stone"], id="quoted, a pronoun"
    ),
    pytest.param(
        'According to the lawsuit, Ann Field told clerks to "stop whining."', ["Ann Field"], id="said by another source"
    ),
    pytest.param(
        'Bob Stone, according to the lawsuit, called it "a mess."', ["Bob Stone"], id="said, another source between"
    ),
    pytest.param('Bob Stone recalls that his aunt, Ann Field, said: "They sleep."', ["Ann Field"], id="apposed within"),
    pytest.param('According to Ann Field, who spoke late, it was "a mess."', ["Ann Field"], id="source with a clause"),
    pytest.param('"We paid," Ann Field told Bob Stone.', ["Ann Field"], id="addressee is not the speaker"),
    pytest.param(
        '"She is ill," said the father of the late Ann Field.', ["the father"], id="relative of whom adjectives tell"
    ),
    pytest.param('A spokesman for Ann Field said, "She is ill."', ["a spokesman"], id="spokesman"),
    pytest.param('The joint statement read: "Both sides agree."', ["the joint statement"], id="document"),
    pytest.param('"Go home!" protesters shouted.', ["protesters"], id="group"),
    pytest.param(
        'Ann Field spoke first.\n\n"We paid," she said.\n\n"We will pay again."',
        ["Ann Field", "Ann Field"],
        id="free-standing paragraph goes on",
    ),
    pytest.param(
        "Ann Field spoke first. “We paid,” she said.\n\n“Not yet.”\n— Bob Stone\n\nThe vote is on Monday.",
        ["Ann Field", "Bob Stone"],
        id="signature on the next line",
    ),
    pytest.param(
        "Ann Field spoke first. “We paid,” she said.\n\n“Not yet.”\nBob Stone, baker\n\nThe vote is on Monday.",
        ["Ann Field", "Bob Stone"],
        id="name and role on the next line",
    ),
    pytest.param(
        'Ann Field met Bob Stone.\n\n"I paid," said Stone.\n\n"And I did not," Field said.',
        ["Bob Stone", "Ann Field"],
        id="surnames",
    ),
    pytest.param(
        'Defense Minister Ann Field met reporters in Lowtown.\n\n"We paid," the minister said.',
        ["Ann Field"],
        id="role",
    ),
    pytest.param(
        "Bolivian Defense Minister Ann Field met her Peruvian counterpart, Defense Minister Rosa Paz.\n\n"
        '"We paid," the Bolivian minister said.',
        ["Ann Field"],
        id="role of two ministers by country",
    ),
    pytest.param(
        'Mr. Stone met Mrs. Field in Lowtown.\n\n"I paid," she said.\n\n"I did not," he said.',
        ["Field", "Stone"],
        id="gender",
    ),
    pytest.param('The weather was fine. "Nobody knows what will come of it."', [None], id="nobody near"),
]


@pytest.mark.parametrize(("text", "speakers"), SAID)
def test_speaker_is_found(text, speakers):
    quotes = Extractor().extract(text, "en").quotes
    assert [quote.speaker.name if quote.speaker else None for quote in quotes] == speakers


def test_who_spoke_last_goes_on_behind_each_topic():
    topics = "On the pier: “It leans.”\n\nOn Mayor Bob Stone: “He sleeps.”\n\nAbout the vote: “Ask me in May.”"
    quotes = Extractor().extract(f"“We paid,” Ann Field said.\n\n{topics}", "en").quotes
    assert [quote.speaker.name for quote in quotes] == ["Ann Field"] * 4


def test_who_is_told_behind_a_quotation_on_a_topic_says_it():
    text = "“We paid,” Ann Field said.\n\nOn Sunday: “Not a word,” said Bob Stone."
    assert [quote.speaker.name for quote in Extractor().extract(text, "en").quotes] == ["Ann Field", "Bob Stone"]


NOT_SAID = [
    pytest.param('The museum bought "Sunset at Sea" in May.', id="title of a work"),
    pytest.param('The so-called "reform" bill failed.', id="scare quote before a noun"),
    pytest.param('The link <a href="index.html"> stood there.', id="markup"),
    pytest.param("The price is 5'10\" or so, he said.", id="inches"),
]


@pytest.mark.parametrize("text", NOT_SAID)
def test_what_nobody_said_is_no_quote(text):
    assert Extractor().extract(text, "en").quotes == ()


SINGLE = "‘It smells of petrol,’ said Ann Field. ‘We can’t even wash the dogs’ ears.’"


@pytest.mark.parametrize(
    "more", ["", " The sign said “No water”.", " It was so in the ’90s. The miners’ club is shut."]
)
def test_single_marks_are_judged_as_double_ones_where_they_prevail(more):
    first, *others = Extractor().extract(SINGLE + more, "en").quotes
    assert [s.of(SINGLE + more) for s in first.segments][:1] == ["It smells of petrol,"]
    said = [s.of(SINGLE + more) for quote in [first, *others] for s in quote.segments]
    assert "We can’t even wash the dogs’ ears." in said


def test_single_marks_enclose_terms_where_double_ones_prevail():
    text = "“We have paid for all of it,” said Ann Field. She called it a ‘reform’, and he said ‘never’ to the ‘tax’."
    (quote,) = Extractor().extract(text, "en").quotes
    assert [s.of(text) for s in quote.segments] == ["We have paid for all of it,"]


def test_split_quotation_is_one_quote_of_two_segments():
    text = '"We paid," said Ann Field, "and we will pay again."'
    (quote,) = Extractor().extract(text, "en").quotes
    assert [segment.of(text) for segment in quote.segments] == ["We paid,", "and we will pay again."]


def test_quotation_reopened_at_each_paragraph_is_one_quote():
    text = 'Ann Field said: "We paid.\n\n"We will pay again."'
    (quote,) = Extractor().extract(text, "en").quotes
    assert [segment.of(text) for segment in quote.segments] == ["We paid.", "We will pay again."]


@pytest.mark.parametrize("again", ['"', ""])
def test_who_is_told_of_behind_the_last_paragraph_of_a_quotation_said_all_of_it(again):
    text = f'Bob Stone left early.\n\n"We paid.\n\n{again}We will pay again," said Ann Field.'
    (quote,) = Extractor().extract(text, "en").quotes
    assert quote.speaker.name == "Ann Field"


LED_BACK = [
    ("{}. Об этом заявил в среду министр Олег Рунин.", "Олег Рунин"),
    ("{}.\n\nОб этом журналистам сообщила глава порта Инна Берг.", "Инна Берг"),
    ("{}. Об этом в интервью РИА Новости рассказала депутат Инна Берг.", "Инна Берг"),
    ("{}. Об этом РИА Новости сообщил глава порта Олег Рунин.", "Олег Рунин"),
    ("{}, — об этом написала депутат Инна Берг.", "Инна Берг"),
    ("{}.\n\nОб этом сообщили в пресс-службе порта.", "пресс-служба порта"),
    ("{}. Слова министра Олега Рунина приводит РИА Новости.", "Олег Рунин"),
]


@pytest.mark.parametrize(("text", "name"), LED_BACK)
def test_the_sentence_behind_that_leads_back_to_a_quotation_tells_who_said_it(text, name):
    (quote,) = Extractor().extract(text.format("«Порт откроют уже весной, денег на это хватит»"), "ru").quotes
    assert quote.speaker.name == name


@pytest.mark.parametrize("agency", ["РИА Новости", "Коммерсант", "газета «Волна»"])
def test_who_passes_it_on_in_a_sentence_that_leads_back_did_not_say_it(agency):
    text = f"«Порт откроют уже весной, денег на это хватит». Об этом сообщает {agency}."
    assert Extractor().extract(text, "ru").quotes[0].speaker is None


def test_evidence_is_named():
    text = 'Ann Field came.\n\n"We paid," she said.'
    (quote,) = Extractor().extract(text, "en").quotes
    assert quote.mention.of(text) == "she"
    assert quote.cue.of(text) == "said"
    assert quote.reason == "said · subject and verb behind the quote · “she” → Ann Field, named 1 sentence before"
    assert 0 < quote.confidence < 1


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ('Ann Field said: "We paid."', "direct"),
        ('"We paid," Ann Field said.', "direct"),
        ('Ann Field called it "a disaster of our own making" on Monday.', "mixed"),
    ],
)
def test_kind_tells_whether_all_that_is_reported_stands_in_the_marks(text, kind):
    (quote,) = Extractor().extract(text, "en").quotes
    assert quote.kind == kind


def test_names_inside_a_quotation_do_not_speak_but_lend_the_full_name():
    text = '"Ask Ann Field about it," Bob Stone said.\n\n"I paid," Field answered.'
    quotes = Extractor().extract(text, "en").quotes
    assert [quote.speaker.name for quote in quotes] == ["Bob Stone", "Ann Field"]


def test_furniture_neither_speaks_nor_lends_names():
    text = (
        "Home\nWorld\nSports\nBREAKING\nHarold Stone: we pay nothing\nWeather\nAbout us\n\n"
        "Council votes on the new bridge at last\n\n"
        "The council of Lowtown voted on Monday evening after a debate that lasted for more than seven hours.\n\n"
        '"We have waited for this bridge for twenty years and now it will be built," Stone said after the vote.\n\n'
        "The mayor will sign the contract next week, and work on the bridge is to begin before the end of the year.\n"
    )
    (quote,) = Extractor().extract(text, "en").quotes
    assert quote.speaker.name == "Stone"


def test_unmeasured_language_is_said_in_a_warning():
    extraction = Extractor().extract('"Ja," sei Jan Vos.', "af")
    assert any("af" in warning for warning in extraction.warnings)


def test_sentence_that_begins_far_before_its_quotation_is_read():
    listed = ", ".join(["a lamp and a chair"] * 40)
    text = f"The sale went on for long, with {listed} and “a very fine set of old silver spoons” at its end."
    assert len(Extractor().extract(text, "en").quotes) == 1


def test_words_that_tell_of_talk_are_the_cue_wherever_the_sentence_stands():
    text = "Karl Roth las lange. In dem Bericht ist von „schweren Mängeln an der Brücke“ die Rede."
    (quote,) = Extractor().extract(text, "de").quotes
    assert quote.cue.of(text) == "die Rede"


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("es", ["La alcaldesa Ana Rey habló.", "Añadió que el contrato era «una ruina para todos»."]),
        ("it", ["La sindaca Ada Neri ha parlato.", "E ha aggiunto: «È una rovina»."]),
        ("it", ["La sindaca Ada Neri ha parlato.", "Ha poi ricordato in aula che il ponte è «una rovina per tutti»."]),
        ("pt", ["A prefeita Ana Reis falou.", "Acrescentou que o contrato era “uma ruína para todos”."]),
        ("es", ["La alcaldesa Ana Rey habló.", "—Es una ruina —aseguró—. No habrá más."]),
    ],
)
def test_a_verb_without_its_subject_goes_on_with_the_speaker_before_and_says_so(language, lines):
    (quote,) = Extractor().extract("\n\n".join(lines), language).quotes
    assert quote.speaker and quote.speaker.name in lines[0]
    assert f"verb without a subject · goes on with {quote.speaker.name}, named" in quote.reason


def test_an_object_of_what_a_verb_without_its_subject_tells_does_not_speak():
    text = "La edil Ana Rey criticó al gerente Luis Gil. «Ha mentido a todos», dijo."
    text += " Añadió que el gerente es «un inútil con corbata»."
    assert [quote.speaker.name for quote in Extractor().extract(text, "es").quotes] == ["Ana Rey"] * 2


@pytest.mark.parametrize(
    ("language", "text", "speaker"),
    [
        ("es", "La edil Ana Lobo calló. Explicó por teléfono el doctor Prado que «faltan camas en planta».", "Prado"),
        ("it", "L'assessora Ada Lupi tacque. Ha spiegato al telefono il dottor Prati che «mancano i letti».", "Prati"),
        ("es", "La edil Ana Lobo vio a Luis Prado. Dijo a Prado que «habrá más camas en mayo».", "Ana Lobo"),
        ("pt", "O técnico Rui Sá calou-se. Mais tarde, disse a jornalistas que “fica até maio”.", "Rui Sá"),
        ("pt", "A edil Ana Lobo viu o treino. Disse a Rui Motta, o técnico, que “confia muito nele”.", "Ana Lobo"),
    ],
)
def test_whom_a_preposition_leads_behind_a_verb_does_not_speak(language, text, speaker):
    (quote,) = Extractor().extract(text, language).quotes
    assert quote.speaker and quote.speaker.name == speaker


NARRATED_ON = {
    "in the next sentence": "« C'est fini », a dit le maire Paul Roux à Yves Petit. Et de conclure : « Partez tous. »",
    "in indirect speech": "« C'est fini », a dit le maire Paul Roux. Et d'ajouter qu'il faut « partir ».",
    "in the same sentence": "« C'est fini », a dit le maire Paul Roux à Yves Petit, avant d'ajouter : « Partez tous. »",
    "in the next paragraph": "« C'est fini », a dit le maire Paul Roux à Yves Roy.\n\nEt de lancer : « Partez tous. »",
}


@pytest.mark.parametrize("case", NARRATED_ON)
def test_an_infinitive_goes_on_with_who_spoke(case: str) -> None:
    quote = Extractor().extract(NARRATED_ON[case], "fr").quotes[-1]
    assert quote.speaker
    assert quote.speaker.name == "Paul Roux"


def test_a_preposition_and_a_number_narrate_nothing() -> None:
    quote = (
        Extractor().extract("« C'est fini », a dit le maire Paul Roux. Et de deux : « Partez tous. »", "fr").quotes[-1]
    )
    assert "infinitive" not in quote.reason


def test_a_quotation_behind_a_colon_that_ends_by_itself_is_not_what_the_next_sentence_says() -> None:
    text = "In a letter, Mayor Ann Lee wrote: “Thank you!” The White House declined to comment."
    (quote,) = Extractor().extract(text, "en").quotes
    assert quote.speaker
    assert quote.speaker.name == "Ann Lee"


BETWEEN = {
    "en": (
        "“It is over,” Ann Lee said. Asked of it, Bob Stone answered at once. “Never in my life.”",
        "Bob Stone",
    ),
    "es": (
        "«Se acabó», dijo Ana Rey. Preguntado por ello, Luis Gil contestó. «Jamás lo diremos.»",
        "Luis Gil",
    ),
    "a gesture": ("“It is over,” Ann Lee said. Bob Stone closed the door. “Never again.”", "Ann Lee"),
}


@pytest.mark.parametrize("case", BETWEEN)
def test_a_sentence_between_that_tells_of_another_who_speaks_ends_what_goes_on(case):
    text, speaker = BETWEEN[case]
    quotes = Extractor().extract(text, "es" if case == "es" else "en").quotes
    assert quotes[-1].speaker.name == speaker


def test_a_verb_before_adverbs_alone_tells_of_a_quotation_of_its_own():
    text = "«Salimos de noche», relató Ana Rey. Luis Gil, su hijo, esperaba. «No se veía nada», recordaba después."
    first, last = Extractor(pointer=bundled_pointer()).extract(text, "es").quotes
    assert (first.speaker.name, last.speaker.name) == ("Ana Rey", "Luis Gil")
    assert text[last.cue.start : last.cue.end] == "recordaba"
