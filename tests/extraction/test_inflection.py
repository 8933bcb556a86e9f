"""Names and offices of an inflecting language, told in the nominative: Russian."""

from __future__ import annotations

import pytest

from app.extraction.extractor import Extractor
from app.extraction.languages import codes, load
from app.extraction.morphology import RussianMorphology, guessed_forms
from app.extraction.names.inflection import Inflection

SAID = "«Мост через залив достроят уже этой осенью»"


def speakers(text: str) -> list[str]:
    return [quote.speaker.name if quote.speaker else "?" for quote in Extractor().extract(text, "ru").quotes]


@pytest.mark.parametrize(
    ("form", "nominative"),
    [
        ("Павла Серова", "Павел Серов"),
        ("Ольги Тихой", "Ольга Тихая"),
        ("Ларисы Гнединой", "Лариса Гнедина"),
        ("Ивана Петровича Дроздова", "Иван Петрович Дроздов"),
        ("И. П. Дроздова", "И. П. Дроздов"),
        ("Марины Ким", "Марина Ким"),
        ("Фредерика Лемана", "Фредерик Леман"),
        ("Юрия Сороки", "Юрий Сорока"),
        ("Льва Заславского", "Лев Заславский"),
        ("Сергея Рудых", "Сергей Рудых"),
    ],
)
def test_genitive_of_a_source_is_told_in_the_nominative(form: str, nominative: str) -> None:
    assert speakers(f"По словам {form}, {SAID}.") == [nominative]


@pytest.mark.parametrize("name", ["Анна Белова", "Александра Гусева", "Ким Ир Хва", "Ли Вэй", "Тарас Сорока"])
def test_a_nominative_stays(name: str) -> None:
    assert speakers(f"{name} вышла к прессе. {SAID}, — сообщает {name}.") == [name]


def test_the_same_form_is_a_woman_or_a_man_by_its_verb() -> None:
    assert speakers(f"{SAID}, — сказала Александра Гусева.") == ["Александра Гусева"]
    assert speakers(f"По словам Александра Гусева, {SAID}.") == ["Александр Гусев"]


@pytest.mark.parametrize(
    ("names", "woman"),
    [
        ("Иван и Анна Котовы", "Анна Котова"),
        ("Иван и Анна Лагутины", "Анна Лагутина"),
        ("Иван и Анна Залесские", "Анна Залесская"),
    ],
)
def test_the_surname_of_several_is_told_in_the_singular(names: str, woman: str) -> None:
    assert speakers(f"{names} открыли пекарню. {SAID}, — рассказала Анна.") == [woman]


def test_a_body_before_a_given_name_in_any_case_does_not_bear_it() -> None:
    assert speakers(f"По словам директора завода Петра Ильина, {SAID}.") == ["Петр Ильин"]
    assert speakers(f"{SAID}, — сказал генсек НАТО Ян Рунд.") == ["Ян Рунд"]


def test_the_case_of_an_office_tells_that_of_the_name_behind_it_whatever_the_verb() -> None:
    text = f"Мэр Павел Рогов доложил президенту Ержану Сагынбаю о зиме. {SAID}, — ответил президент."
    assert speakers(text) == ["Ержан Сагынбай"]


def test_a_form_that_the_article_writes_is_preferred() -> None:
    text = f"Мэр Отто Кренц вышел к прессе. По мнению Кренца, {SAID}."
    assert speakers(text) == ["Отто Кренц"]


def test_all_forms_of_a_name_are_one_character() -> None:
    text = (
        f"Депутата Павла Серова ждали долго. {SAID}, — заявил Серов.\n\n"
        "Журналист спорил с Серовым. По словам Серова, «денег на это хватит всем районам».\n\n"
        "К Павлу Серову обратились жители. «Дорогу мы починим до первого снега», — ответил он."
    )
    assert speakers(text) == ["Павел Серов"] * 3


def test_initials_and_full_name_are_one_character() -> None:
    assert speakers(f"Иван Петрович Дроздов выступил в суде. {SAID}, — сказал И. П. Дроздов.") == [
        "Иван Петрович Дроздов"
    ]


def test_an_office_in_another_case_is_that_persons() -> None:
    text = f"Совещание с министром транспорта Павлом Серовым длилось час. {SAID}, — заявил министр."
    assert speakers(text) == ["Павел Серов"]


def test_an_office_of_another_is_not_the_name_behind_it() -> None:
    assert speakers(f"{SAID}, — заявил адвокат Павла Серова.") == ["адвокат Павла Серова"]


def test_a_deputy_is_not_the_minister() -> None:
    text = f"Заместитель министра Павел Серов молчал. {SAID}, — сказал президент."
    assert speakers(text) != ["Павел Серов"]


def test_the_gender_of_a_pronoun_and_of_a_verb_is_heeded() -> None:
    text = f"Ольга Белова встретила в порту Олега Рудина. {SAID}, — отметила она."
    assert speakers(text) == ["Ольга Белова"]


def test_possessives_belong_to_the_noun() -> None:
    text = f"Партию «Маяк» критикуют. Её лидер Павел Серов заявил: {SAID}."
    assert speakers(text) == ["Павел Серов"]


def test_a_body_speaks_where_the_verb_has_no_subject() -> None:
    assert speakers(f"{SAID}, — сообщили в министерстве транспорта.") == ["министерство транспорта"]


@pytest.mark.parametrize("name", ["Волна", "Северный путь", "Заря 2000"])
def test_a_quoted_name_between_office_and_holder_is_read_over(name: str) -> None:
    assert speakers(f"{SAID}, — сказал гендиректор компании «{name}» Иван Петров.") == ["Иван Петров"]


def test_a_quoted_name_behind_its_noun_is_no_quotation() -> None:
    text = f"Павел Серов сообщил агентству «Маяк», что музей «Заря» закроют. {SAID}, — добавил он."
    assert speakers(text) == ["Павел Серов"]
    assert speakers("Павел Серов назвал проект «ошибкой всей жизни».") == ["Павел Серов"]


def test_a_slogan_behind_its_noun_is_no_quotation() -> None:
    text = f"Павел Серов вышел с лозунгом «За честные выборы!». {SAID}, — добавил он."
    assert speakers(text) == ["Павел Серов"]


def test_place_before_a_given_name_is_no_part_of_it() -> None:
    inflection = Inflection.of(load("ru"))
    assert inflection.foreign_start(["Белоруссии", "Павел", "Серов"]) == 1
    assert inflection.foreign_start(["Серов", "Павел", "Ильич"]) == 0


@pytest.mark.parametrize(
    ("words", "start"),
    [
        ("Госдумы Марина Кольцова", 1),
        ("Госдумы Марины Кольцовой", 1),
        ("Минфина Антон Рябов", 1),
        ("Петербурга Александр Белов", 1),
        ("Городской Думы Алексей Серов", 2),
        ("Сороки Юрия Петровича", 0),
        ("Сорока Юрий Петрович", 0),
        ("Рябова Инна Петровна", 0),
        ("Энгус Роберт Тейлор", 0),
    ],
)
def test_a_body_or_town_in_the_genitive_is_no_part_of_a_name(words: str, start: int) -> None:
    assert Inflection.of(load("ru")).foreign_start(words.split()) == start


@pytest.mark.parametrize(
    "owner",
    ["Франции", "США", "МИД", "Минобороны Китая", "Южной Кореи", "Единой России", "Израиля", "РИА Новости", "Zenit"],
)
@pytest.mark.parametrize(("form", "name"), [("Орвель", "Орвель"), ("Вэй Цзиньфэн", "Вэй Цзиньфэн")])
def test_what_an_office_belongs_to_is_no_part_of_its_holders_name(owner: str, form: str, name: str) -> None:
    assert speakers(f"{SAID}, — сказал глава {owner} {form}.") == [name]


@pytest.mark.parametrize("owner", ["МИД", "российского МИД", "Минобороны Белоруссии", "Республики Татарстан"])
def test_an_office_without_a_name_is_told_as_it_is_written(owner: str) -> None:
    assert speakers(f"{SAID}, — сказал глава {owner}.") == [f"глава {owner}"]


def test_a_man_in_the_genitive_is_no_part_of_the_name_behind_him() -> None:
    assert speakers(f"{SAID}, — сказала адвокат Лосева Ирина Котова.") == ["Ирина Котова"]
    assert speakers(f"По словам депутата Сороки Юрия Львовича, {SAID}.") == ["Сорока Юрий Львович"]


@pytest.mark.parametrize(
    ("form", "nominative"),
    [
        ("министра обороны КНР Вэй Цзиньфэна", "Вэй Цзиньфэн"),
        ("председателя КНР Ся Цзиньцая", "Ся Цзиньцай"),
        ("Ван Вэньфэна", "Ван Вэньфэн"),
        ("Ким Чен Гына", "Ким Чен Гын"),
        ("профессора Романа Лосева", "Роман Лосев"),
        ("шейха Ахмеда аль-Хасана", "Ахмед аль-Хасан"),
        ("тренера Паоло Манчелли", "Паоло Манчелли"),
    ],
)
def test_a_form_in_an_oblique_case_is_no_nominative_that_the_article_writes(form: str, nominative: str) -> None:
    assert speakers(f"По словам {form}, {SAID}.") == [nominative]


@pytest.mark.parametrize("name", ["Урсула фон дер Линден", "Луис да Сильва"])
def test_particles_stand_within_a_name_behind_its_office(name: str) -> None:
    assert speakers(f"Глава комиссии {name} вышла к прессе. {SAID}, — говорится в тексте {name}.") == [name]


def test_the_name_of_several_in_the_genitive_belongs_to_them() -> None:
    assert speakers(f"По словам адвокатов Ивана Котова, {SAID}.") == ["адвокаты Ивана Котова"]


def test_whom_a_verb_tells_it_to_is_not_who_says_it() -> None:
    assert speakers(f"{SAID}, — заверил журналистов, не глядя на них, директор фонда Роман Штейн.") != ["журналисты"]
    assert speakers(f"{SAID}, — цитирует журналистов «Интерфакс».") == ["журналисты"]


def test_a_source_before_the_quotation_is_not_the_agency_that_passes_it_on() -> None:
    assert speakers(f"По словам Ольги Котовой, {SAID}, сообщает агентство Интерфакс.") == ["Ольга Котова"]


def test_a_given_name_and_patronymic_mean_who_bears_them_with_a_surname() -> None:
    text = f"Главврач Юрий Львович Сорокин ждал нас. {SAID}, — сказал Юрий Львович."
    assert speakers(text) == ["Юрий Львович Сорокин"]


def test_those_whom_a_title_belongs_to_tell_no_gender() -> None:
    text = f"Тренер спортсменки Сергей Котов ждал Дарью Котову. По словам Котова, {SAID}."
    assert speakers(text) == ["Сергей Котов"]


@pytest.mark.parametrize("body", ["Госдумы", "Минфина", "Кремля"])
def test_the_body_belongs_to_the_office_before_it(body: str) -> None:
    text = f"Представитель {body} Марина Кольцова вышла к прессе. {SAID}, — сказала Кольцова."
    assert speakers(text) == ["Марина Кольцова"]


@pytest.mark.parametrize("agency", ["ТАСС", "РИА Новости", "Интерфакс"])
def test_who_is_quoted_speaks_not_the_agency_behind(agency: str) -> None:
    text = f"Представитель порта Денис Лосев вышел к прессе. {SAID}, — "
    assert speakers(f"{text}цитирует Лосева {agency}.") == ["Денис Лосев"]
    assert speakers(f"{text}цитирует представителя {agency}.") == ["Денис Лосев"]
    assert speakers(f"{text}сказал Лосев {agency}.") == ["Денис Лосев"]


def test_who_is_quoted_is_told_in_the_nominative() -> None:
    assert speakers(f"Переговоры прошли. {SAID}, — цитирует Лосева РИА Новости.") == ["Лосев"]
    assert speakers(f"Переговоры прошли. {SAID}, — цитирует министра «Интерфакс».") == ["министр"]


def test_an_acronym_before_a_given_name_belongs_to_the_trade() -> None:
    assert speakers(f"{SAID}, — сказал экс-игрок ЦСКА Иван Котов.") == ["Иван Котов"]


def test_only_languages_that_ask_for_it_inflect() -> None:
    assert [code for code in codes() if Inflection.of(load(code))] == ["ru"]


def test_foreign_names_go_by_their_endings() -> None:
    forms = {(form.nominative, form.case, form.gender) for form in guessed_forms("шварца")}
    assert ("шварц", "gent", "m") in forms and ("шварца", "nomn", "f") in forms


def test_hostile_words_are_not_looked_up() -> None:
    known = RussianMorphology()
    assert known.name_forms("а" * 10_000) == ()
    assert known.noun_cases("а" * 10_000) == frozenset()


def test_listed_nouns_come_in_all_forms() -> None:
    language = load("ru")
    assert {"министра", "министром", "мэру"} <= language.roles
    assert language.lemmas["министром"] == "министр"
    assert "министров" in language.groups and "заявлении" in language.documents


@pytest.mark.parametrize("owner", ["Зимина", "Бориса Зимина", "певца Бориса Зимина", "Зиминых"])
def test_whose_kin_somebody_is_is_no_part_of_the_name(owner: str) -> None:
    assert speakers(f"Дочь {owner} Лидия сказала: {SAID}.") == ["Лидия"]


def test_a_surname_goes_first_behind_kin_of_somebody_told_before() -> None:
    assert speakers(f"Его дочь Зимина Лидия сказала: {SAID}.") == ["Зимина Лидия"]
