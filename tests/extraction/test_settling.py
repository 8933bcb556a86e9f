"""The rules' resolution and the model's arcs, settled."""

from __future__ import annotations

import pytest

from app.extraction import languages
from app.extraction.attribution.evidence import Attribution
from app.extraction.coreference.characters import Cast, Character
from app.extraction.coreference.resolver import Resolver
from app.extraction.coreference.scene import INTRODUCED, NOBODY, Resolution
from app.extraction.document import Span, SpeakerKind
from app.extraction.mentions.mention import Description, Mention, MentionKind
from app.extraction.model.settling import HOW, Settler

ANN = Mention(Span(0, 7), MentionKind.NAME, "Ann Lee", "Ann Lee", gender="f")
BOB = Mention(Span(10, 17), MentionKind.NAME, "Bob Roy", "Bob Roy", gender="m")
ENGINEER = Mention(Span(20, 32), MentionKind.ROLE, "the engineer", definite=True)
ZOE = Mention(Span(60, 67), MentionKind.NAME, "Zoe Orr", "Zoe Orr", gender="f")
WAITER = Mention(Span(20, 30), MentionKind.ROLE, "the waiter", gender="m", definite=True)


class Arcs:
    """Says the same of every mention."""

    def __init__(self, chances: dict[Character, float], places: dict[Character, int]) -> None:
        self.said = chances
        self.places = places
        self.asked: list[Span] = []

    def chances(self, asked, fits, until=None):
        self.asked.append(asked)
        fitting = {character: chance for character, chance in self.said.items() if fits(character)}
        return {c: chance for c, chance in fitting.items() if until is None or self.places[c] < until}


@pytest.fixture
def resolver():
    return Resolver(languages.load("en"), Cast([ANN, BOB, ZOE]))


def places(resolver):
    return {character: mention.span.start for mention, character in resolver.cast.characters.items()}


def resolved(resolver, mention, rules, **chances):
    resolver.resolutions[mention] = rules
    characters = {"ann": resolver.cast.characters[ANN], "bob": resolver.cast.characters[BOB]}
    characters["zoe"] = resolver.cast.characters[ZOE]
    arcs = Arcs({characters[name]: chance for name, chance in chances.items()}, places(resolver))
    return Settler(resolver, arcs).resolution(Attribution(mention, None, "before"), 0)


def as_written():
    return Resolution(Character(SpeakerKind.UNNAMED), "as written")


def test_a_role_that_the_rules_leave_is_whom_the_model_points_at(resolver):
    found = resolved(resolver, WAITER, as_written(), bob=0.8, ann=0.1)
    assert found.character is resolver.cast.characters[BOB]
    assert found.chance == 0.8


@pytest.mark.parametrize(("chance", "how"), [(0.8, "as written"), (0.95, HOW)])
def test_a_role_of_no_gender_takes_a_surer_model(resolver, chance, how):
    assert resolved(resolver, ENGINEER, as_written(), bob=chance).how == how


def test_a_role_stays_as_written_where_the_model_is_not_sure(resolver):
    rules = as_written()
    found = resolved(resolver, ENGINEER, rules, bob=0.4, ann=0.1)
    assert found.character is rules.character
    assert found.pointed == pytest.approx(0.5), "nobody's chance"


def test_somebody_not_known_stays_unnamed(resolver):
    some = Mention(Span(20, 31), MentionKind.ROLE, "an engineer", definite=False)
    assert resolved(resolver, some, as_written(), bob=0.99).how == "as written"


def test_a_name_in_marks_is_nobody_named_before(resolver):
    firm = Mention(Span(20, 30), MentionKind.OTHER, "firm “Tidal”", definite=True)
    assert resolved(resolver, firm, as_written(), bob=0.99).how == "as written"


def test_a_document_is_nobody_else(resolver):
    letter = Mention(Span(20, 30), MentionKind.DOCUMENT, "the letter", definite=True)
    assert resolved(resolver, letter, as_written(), bob=0.99).how == "as written"


@pytest.mark.parametrize(("chance", "who"), [(0.6, ANN), (0.95, BOB)])
def test_the_rules_are_overruled_only_by_a_sure_model(resolver, chance, who):
    rules = Resolution(resolver.cast.characters[ANN], "spoken of", 1, 0.7)
    assert resolved(resolver, ENGINEER, rules, bob=chance).character is resolver.cast.characters[who]


def test_what_the_article_says_itself_stands(resolver):
    rules = Resolution(resolver.cast.characters[ANN], "described so", 1, 1.0)
    assert resolved(resolver, ENGINEER, rules, bob=0.99).character is resolver.cast.characters[ANN]


def test_nobody_of_another_gender_is_meant(resolver):
    she = Mention(Span(20, 23), MentionKind.PRONOUN, "she", gender="f", definite=True)
    rules = Resolution(resolver.cast.characters[ANN], "named", 1, 0.7)
    assert resolved(resolver, she, rules, bob=0.99).character is resolver.cast.characters[ANN]


def test_a_name_needs_no_arc(resolver):
    rules = Resolution(resolver.cast.characters[ANN], "named here")
    assert resolved(resolver, ANN, rules, bob=1.0).character is resolver.cast.characters[ANN]


def test_a_dropped_subject_is_asked_for_at_its_verb(resolver):
    arcs = Arcs({resolver.cast.characters[BOB]: 0.95}, places(resolver))
    resolver.dropped[3] = Resolution(resolver.cast.characters[ANN], "named", 1, 0.6)
    found = Settler(resolver, arcs).resolution(Attribution(None, Span(40, 44), "dropped"), 3)
    assert (found.character, arcs.asked) == (resolver.cast.characters[BOB], [Span(40, 44)])


def test_without_a_model_the_rules_stand(resolver):
    rules = as_written()
    resolver.resolutions[ENGINEER] = rules
    assert Settler(resolver, None).resolution(Attribution(ENGINEER, None, "before"), 0) is rules


def test_nobody_named_only_later_is_meant_where_somebody_fits_before(resolver):
    found = resolved(resolver, ENGINEER, as_written(), zoe=0.95, ann=0.01)
    assert found.how == "as written"


def test_somebody_named_in_the_same_sentence_may_be_meant(resolver):
    resolver.sentence_ends.append(80)
    assert resolved(resolver, ENGINEER, as_written(), zoe=0.95).character is resolver.cast.characters[ZOE]


def test_who_is_named_later_is_meant_where_nobody_fits_before():
    resolver = Resolver(languages.load("en"), Cast([ZOE]))
    resolver.resolutions[ENGINEER] = as_written()
    zoe = resolver.cast.characters[ZOE]
    arcs = Arcs({zoe: 0.95}, places(resolver))
    assert Settler(resolver, arcs).resolution(Attribution(ENGINEER, None, "x"), 0).character is zoe


@pytest.mark.parametrize(("head", "is_meant"), [("teacher", True), ("captain", False)])
def test_nobody_of_another_office_is_meant_who_is_named_later(head, is_meant):
    teacher, known = (Description(frozenset({word}), frozenset({word})) for word in ("teacher", head))
    later = Mention(Span(60, 67), MentionKind.NAME, "Zoe Orr", "Zoe Orr", known, gender="f")
    role = Mention(Span(20, 31), MentionKind.ROLE, "the teacher", description=teacher, definite=True)
    resolver = Resolver(languages.load("en"), Cast([later]))
    resolver.resolutions[role] = as_written()
    zoe = resolver.cast.characters[later]
    found = Settler(resolver, Arcs({zoe: 0.95}, places(resolver))).resolution(Attribution(role, None, "x"), 0)
    assert (found.character is zoe) is is_meant


@pytest.mark.parametrize(("head", "doubtful"), [("teacher", False), ("baker", True)])
def test_the_model_is_less_believed_where_the_article_tells_another_trade(head, doubtful):
    teacher, known = (Description(frozenset({word}), frozenset({word})) for word in ("teacher", head))
    bearer = Mention(Span(0, 7), MentionKind.NAME, "Ann Lee", "Ann Lee", known, gender="f")
    role = Mention(Span(20, 31), MentionKind.ROLE, "the teacher", description=teacher, definite=True)
    resolver = Resolver(languages.load("en"), Cast([bearer]))
    resolver.resolutions[role] = as_written()
    arcs = Arcs({resolver.cast.characters[bearer]: 0.95}, places(resolver))
    assert Settler(resolver, arcs).resolution(Attribution(role, None, "x"), 0).doubtful is doubtful


def test_no_pronoun_means_somebody_named_only_later():
    resolver = Resolver(languages.load("en"), Cast([ZOE]))
    she = Mention(Span(20, 23), MentionKind.PRONOUN, "she", gender="f", definite=True)
    resolver.resolutions[she] = NOBODY
    arcs = Arcs({resolver.cast.characters[ZOE]: 0.95}, places(resolver))
    assert Settler(resolver, arcs).resolution(Attribution(she, None, "x"), 0).character is None


def test_the_model_does_not_overrule_a_newcomer(resolver):
    he = Mention(Span(20, 22), MentionKind.PRONOUN, "he", gender="m")
    rules = Resolution(Character(SpeakerKind.UNNAMED), INTRODUCED)
    assert resolved(resolver, he, rules, bob=1.0) is rules


@pytest.mark.parametrize("rules", [None, ANN])
def test_several_whom_a_role_may_mean_share_the_chance(resolver, rules):
    told = Resolution(resolver.cast.characters[ANN], "spoken of", 1, 0.9) if rules else as_written()
    alone = resolved(resolver, ENGINEER, told, ann=0.96)
    resolver.contenders[ENGINEER] = 2
    shared = resolved(resolver, ENGINEER, told, ann=0.96)
    assert (shared.chance, shared.pointed) == (alone.chance / 2, alone.pointed / 2)


@pytest.mark.parametrize(("chance", "meant"), [(0.8, ANN), (0.95, BOB)])
@pytest.mark.parametrize("cue", [Span(50, 55), None])
def test_a_subject_left_out_goes_on_with_the_one_of_the_sentence_before(cue, chance, meant):
    resolver = Resolver(languages.load("it"), Cast([ANN, BOB, ZOE]))
    characters = resolver.cast.characters
    resolver.resolutions[ANN] = Resolution(characters[ANN], "named here")
    resolver.dropped[0] = Resolution(characters[BOB], "named")
    resolver.openers[0] = ANN
    arcs = Arcs({characters[BOB]: chance}, places(resolver))
    resolver.sentence_ends.append(100)
    found = Settler(resolver, arcs).resolution(Attribution(None, cue, "verb without a subject"), 0)
    assert found.character is characters[meant if cue else ANN]
