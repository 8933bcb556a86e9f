"""Speech set with dashes: which lines are speech, what the narrator says in them, and who speaks."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.extraction import languages
from app.extraction.document import Zone, ZoneKind
from app.extraction.extractor import Extractor, Page, find_quotes
from app.extraction.linguistics import Tokenizer
from app.extraction.model.pointer import bundled_pointer
from app.extraction.narration.reading import Reading
from app.extraction.page.zones import find_zones
from app.extraction.quotations.dialogue import find_runs
from app.extraction.quotations.marks import find_quotations

PROSE = {
    "ru": "Директор верфи Павел Громов приехал на стройку в среду утром.",
    "es": "La directora del puerto, Ana Rivas, visitó las obras ayer por la mañana.",
    "fr": "Le directeur du port, Paul Roche, a visité le chantier mercredi matin.",
    "it": "La direttrice del porto, Anna Riva, ha visitato il cantiere mercoledì mattina.",
    "pt": "A diretora do porto, Ana Reis, visitou a obra na manhã de quarta-feira.",
}


def quotes(code, *lines, between="\n\n"):
    """The quotes below a paragraph of prose, by the rules alone, each with its speaker's name."""
    text = between.join([PROSE.get(code, ""), *lines])
    found = find_quotes(Page.of(text), languages.load(code))
    return [([s.of(text) for s in q.segments], q.speaker.name if q.speaker else None) for q in found]


@pytest.mark.parametrize(
    ("code", "line", "parts", "speaker"),
    [
        ("ru", "— Доки готовы, — заявил Громов. — Спуск завтра.", ["Доки готовы,", "Спуск завтра."], "Павел Громов"),
        ("ru", "– Кто там? – спросил директор.", ["Кто там?"], "Павел Громов"),
        ("ru", "- Доки готовы, - сказал Громов. - Спуск завтра.", ["Доки готовы,", "Спуск завтра."], "Павел Громов"),
        ("ru", "— Док, — сказал он, — не готов.", ["Док,", "не готов."], "Павел Громов"),
        ("ru", "— Боюсь воды… — признался он.", ["Боюсь воды…"], "Павел Громов"),
        ("ru", "— Нет, — смеётся директор. — Ждём.", ["Нет,", "Ждём."], "Павел Громов"),
        ("ru", "— И когда? — не унимался Громов.", ["И когда?"], "Павел Громов"),
        ("ru", "— Там никого, — прошипел Громов.", ["Там никого,"], "Павел Громов"),
        ("ru", "— Док пуст, — сказал он. Кран молчал. — Ждём.", ["Док пуст,", "Ждём."], "Павел Громов"),
        ("ru", "— Док пуст, — сказал он. Паром Выборг — Котка стоял.", ["Док пуст,"], "Павел Громов"),
        ("es", "—No lo sé —dijo Ana Rivas—. Mañana hablamos.", ["No lo sé", "Mañana hablamos."], "Ana Rivas"),
        ("es", "—Es caro —admitió la directora—, pero útil.", ["Es caro", "pero útil."], "Ana Rivas"),
        ("es", "—¿Y el dique? —se lamentó Rivas.", ["¿Y el dique?"], "Ana Rivas"),
        ("es", "—Ya veremos —dijo—. Hoy no.", ["Ya veremos", "Hoy no."], "Ana Rivas"),
        ("es", "-No lo sé -dijo Rivas-. Mañana hablamos.", ["No lo sé", "Mañana hablamos."], "Ana Rivas"),
        ("fr", "— Je pars, dit-il.", ["Je pars,"], "Paul Roche"),
        ("fr", "— Ce quai, explique Paul Roche, je l'ai voulu.", ["Ce quai,", "je l'ai voulu."], "Paul Roche"),
        ("fr", "— C'est fini ! lance Paul Roche. Je m'en vais.", ["C'est fini !", "Je m'en vais."], "Paul Roche"),
        ("fr", "— C'est fini, dit Paul Roche. Il ferma la porte.", ["C'est fini,"], "Paul Roche"),
        ("it", "– Non lo so – disse Anna Riva –. Vedremo.", ["Non lo so", "Vedremo."], "Anna Riva"),
        ("it", "— Siamo fermi — ha ammesso Riva — ma vivi.", ["Siamo fermi", "ma vivi."], "Anna Riva"),
        ("pt", "— Não vou — disse Ana Reis. — Fico aqui.", ["Não vou", "Fico aqui."], "Ana Reis"),
        ("pt", "– É tarde – explicou ela –, e chove.", ["É tarde", "e chove."], "Ana Reis"),
    ],
)
def test_the_narration_is_left_out_and_names_the_speaker(code, line, parts, speaker):
    assert quotes(code, line) == [(parts, speaker)]


def test_a_verb_of_its_own_makes_a_quote_of_its_own():
    line = "— Док готов, — сказал Громов. — Ждём судно, — добавил он. — И людей."
    assert quotes("ru", line) == [
        (["Док готов,"], "Павел Громов"),
        (["Ждём судно,", "И людей."], "Павел Громов"),
    ]


def test_marks_within_a_line_are_the_speakers_own():
    line = "— Судно «Заря» ждёт, — сказал Громов. — Это «рекорд»."
    assert quotes("ru", line) == [(["Судно «Заря» ждёт,", "Это «рекорд»."], "Павел Громов")]


def test_what_stands_in_marks_as_a_whole_is_told_by_them():
    assert quotes("fr", "– « Je n'ai plus la force », confie Paul Roche.") == [
        (["Je n'ai plus la force"], "Paul Roche")
    ]


def test_a_line_that_answers_at_once_is_speech_of_somebody_else():
    lines = ["— Док готов, — сказал Громов.", "— А кран?", "— Тоже."]
    assert quotes("ru", *lines) == [(["Док готов,"], "Павел Громов"), (["А кран?"], None)]


def test_a_name_or_a_dropped_subject_makes_no_other_of_an_answer():
    assert quotes("ru", "— Кто строит? — спросил Громов.", "— Анна Лис.")[1:] == [(["Анна Лис."], None)]
    assert quotes("es", "—Hay agua —dijo Rivas.", "—¿Y luz?")[1:] == [(["¿Y luz?"], None)]


def test_who_spoke_before_the_question_answers_it():
    lines = ["— Док готов, — сказал Громов.", "— А кран? — спросила Анна Лис.", "— Тоже."]
    assert quotes("ru", *lines)[1:] == [(["А кран?"], "Анна Лис"), (["Тоже."], "Павел Громов")]


TURNS = {
    "es": ("—¿Vendrá Vega? —preguntó Rivas.", "—No —respondió.", "—No creo —dijo Luis Vega.", "Ana Rivas", "Luis Vega"),
    "it": ("— Verrà Vega? — chiese Riva.", "— No — rispose.", "— Dubito — disse Luca Vega.", "Anna Riva", "Luca Vega"),
    "pt": (
        "— Virá? — perguntou Reis.",
        "— Não — respondeu.",
        "— Vem — disse Rui Veiga.",
        "Ana Reis",
        "Rui Veiga",
    ),
}


@pytest.mark.parametrize("code", TURNS)
def test_who_asked_does_not_answer_with_a_verb_alone(code):
    question, answer, _, asks, _ = TURNS[code]
    assert [speaker for _, speaker in quotes(code, question, answer)] == [asks, None]


@pytest.mark.parametrize("code", TURNS)
def test_verbs_alone_tell_of_two_in_turn(code):
    question, answer, named, asks, answers = TURNS[code]
    found = quotes(code, question, answer, question.replace(asks.split()[1], asks), named, between="\n")
    assert [speaker for _, speaker in found] == [asks, answers, asks, answers]


def test_several_quotations_of_a_line_are_of_one_speaker():
    lines = ["—¿Vendrá? —preguntó Rivas.", "—No —respondió—. No puede —repitió—. No insista.", "—Vale —dijo Luis Vega."]
    assert [speaker for _, speaker in quotes("es", *lines)] == ["Ana Rivas", "Luis Vega", "Luis Vega", "Luis Vega"]


def test_nobody_is_told_by_a_verb_alone_where_more_than_two_speak():
    lines = ["—¿Vendrá? —preguntó Rivas.", "—No —dijo Luis Vega.", "—Sí —dijo Marta Gil.", "—¿Seguro? —insistió."]
    assert [speaker for _, speaker in quotes("es", *lines)] == ["Ana Rivas", "Luis Vega", "Marta Gil", None]


def test_who_goes_on_has_spoken_before():
    assert quotes("es", "—No vendrá —dijo Rivas.", "—Hoy no —añadió.")[1][1] == "Ana Rivas"


def test_of_two_lines_with_verbs_alone_only_the_first_goes_on_with_the_prose():
    assert [speaker for _, speaker in quotes("es", "—¿Vendrá? —preguntó.", "—No —respondió.")] == ["Ana Rivas", None]


def test_nobody_answers_his_own_question():
    lines = ["— Док готов, — сказал Громов.", "— А кто платит? — добавил Громов.", "— Город."]
    assert quotes("ru", *lines)[2:] == [(["Город."], None)]


def test_an_answer_with_narration_that_is_not_understood_is_left_out():
    assert quotes("fr", "— Je pars, dit-il.", "— Et vous ? murmurait-on au fond.") == [(["Je pars,"], "Paul Roche")]


def test_questions_and_answers_without_any_verb_are_left_out():
    assert quotes("ru", "— Когда начнёте?", "— Завтра.", "— А деньги?", "— Деньги есть.") == []


def test_a_line_with_a_verb_and_a_colon_leads_to_speech():
    assert quotes("ru", "О сроках Павел Громов ответил:", "— Не знаю. Спросите город.") == [
        (["Не знаю. Спросите город."], "Павел Громов")
    ]


def test_a_colon_may_lead_to_a_conversation():
    lines = ["Разговор был коротким:", "— Док готов, — сказал Громов.", "— Ждём, — ответил мэр Иван Лис."]
    assert quotes("ru", *lines) == [(["Док готов,"], "Павел Громов"), (["Ждём,"], "Иван Лис")]


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        ("ru", ["— Док ждёт, — сказал Громов.", "— Кран и мол ждут с весны этого года;"]),
        ("ru", ["— Кто там? — Он сказал правду."]),
        ("ru", ["Громов назвал причины:", "— Рост цен.", "— Нет людей, — сказал он в марте.", "— Дождь."]),
        ("ru", ["— построить док, — сказал Громов.", "— купить кран."]),
        ("ru", ["— Док, — сказал Громов;", "— Кран;", "— Мол"]),
        ("ru", ["— Зенит — Спартак — 2:1", "— Заря — Волна — 0:0"]),
        ("ru", ["— Закон о доках, — второе чтение."]),
        ("ru", ["— Мол закрыт до 5 мая — об этом сообщили в порту."]),
        ("ru", ["— Павел Громов, директор верфи"]),
        ("es", ["—Un dique nuevo.", "—Dos grúas.", "—Más amarres."]),
        ("es", ["— Estreno — película Roma — cine Ideal."]),
        ("es", ["- El dique – dijo Rivas – costará más.", "- Hay grúas."]),
        ("es", ["- Un dique, según dijo Rivas.", "- Dos grúas."]),
        ("es", ["MADRID — El dique —dijo Rivas— costará más."]),
        ("fr", ["Ses annonces :", "– Le quai, a annoncé Paul Roche, coûtera cher.", "– Le mur, dit-il, aussi."]),
        ("fr", ["– Le quai, a annoncé Paul Roche, coûtera cher.", "– Le mur attendra."]),
        ("fr", ["- Le quai, a annoncé Paul Roche, coûtera cher."]),
        ("it", ["– Il molo — lo ha detto Riva — costa.", "– La gru c'è."]),
        ("pt", ["— O cais — que falou à imprensa — custa.", "— Não há grua."]),
        ("en", ["— We are ready, — said Ann Lee. — Work starts tomorrow.", "— Ann Lee, mayor"]),
        ("de", ["– Wir sind bereit – sagte Anna Holz – und warten."]),
    ],
)
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_lists_labels_and_parentheses_are_no_speech(code, lines, between):
    assert quotes(code, *lines, between=between) == []


def test_the_learned_model_leaves_dialogue_to_the_rules():
    text = f"{PROSE['ru']}\n\n— Доки готовы, — заявил Громов. — Спуск завтра.\n\n«Мы ждали год», — сказал он."
    found = Extractor(pointer=bundled_pointer()).extract(text, "ru").quotes
    assert [q.speaker.name for q in found if q.speaker] == ["Павел Громов"] * 2
    assert found[0].evidence.is_quote == 1 > found[1].evidence.is_quote
    assert found[0].confidence > 0.8


WORDS = st.sampled_from(
    ["— ", "-", "–", ", —", ".", "?", "«", "»", " ", "\n— ", "сказал", "Он", "Громов", "док", "dijo"]
)
TEXTS = st.lists(WORDS, max_size=60).map(" ".join) | st.lists(WORDS, max_size=60).map("".join)


def spoken(text, code):
    """The quotations of a text in which every line is a paragraph of the body."""
    zones = [Zone(zone.span, ZoneKind.BODY, number) for number, zone in enumerate(find_zones(text))]
    language = languages.load(code)
    tokens = Tokenizer(language).tokens(text, [zone.span for zone in zones])
    return Reading(text, language, tokens, find_quotations(text, zones), find_runs(text, zones)).quotations


@given(TEXTS, st.sampled_from(["ru", "es", "fr", "it", "pt"]))
def test_segments_are_slices_that_do_not_overlap(lines, code):
    text = f"— Он ждёт, {lines}"
    segments = sorted(segment for quotation in spoken(text, code) for segment in quotation.segments)
    assert all(segment.of(text) and segment.of(text) == segment.of(text).strip() for segment in segments)
    assert all(a.end <= b.start for a, b in pairwise(segments))
