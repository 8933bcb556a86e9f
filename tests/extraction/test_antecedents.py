"""The chances of characters to be whom a mention stands for."""

from __future__ import annotations

import numpy as np
import pytest

from app.extraction.coreference.characters import Character
from app.extraction.document import Span, SpeakerKind
from app.extraction.mentions.mention import Mention, MentionKind
from app.extraction.model.antecedents import AntecedentHead, Antecedents
from app.extraction.model.folder import ANTECEDENTS
from app.extraction.model.pieces import Part, Pieces
from app.extraction.model.windows import DISTANCES

WORDS = ("Ann", "Lee", "met", "Bob", "Roy", "and", "she", "spoke")
WIDTH = len(WORDS)
TEXT = " ".join(WORDS)


@pytest.fixture
def head(tmp_path):
    """Every piece asks for `Ann`, weakly; nobody gets little."""
    eye = np.eye(WIDTH, dtype=np.float32)
    asks = np.zeros((WIDTH, WIDTH), np.float32)
    asks[WORDS.index("Ann")] = 4.0
    weights = {
        "query.0.weight": eye, "query.0.bias": np.zeros(WIDTH), "query.2.weight": asks, "query.2.bias": np.zeros(WIDTH),
        "key.0.weight": eye, "key.0.bias": np.zeros(WIDTH), "key.2.weight": eye, "key.2.bias": np.zeros(WIDTH),
        "nobody.weight": np.zeros((1, WIDTH)), "nobody.bias": np.array([-2.0]),
        "distance": np.zeros(len(DISTANCES) + 1), "paragraph": np.zeros(12),
    }  # fmt: skip
    np.savez(tmp_path / ANTECEDENTS, **weights)
    return AntecedentHead(tmp_path)


def pieces(offset: int = 0) -> Pieces:
    starts = np.array([TEXT.index(word) + offset for word in WORDS], np.int32)
    ends = starts + np.array([len(word) for word in WORDS], np.int32)
    ids = np.arange(WIDTH, dtype=np.int32)
    zeros = np.zeros(WIDTH, np.int32)
    return Pieces(ids, starts, ends, zeros + Part.NARRATION, zeros, zeros - 1)


def place(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


ANN, BOB = Character(SpeakerKind.PERSON), Character(SpeakerKind.PERSON)
CAST = {
    Mention(place("Ann Lee"), MentionKind.NAME, "Ann Lee", "Ann Lee"): ANN,
    Mention(place("Bob Roy"), MentionKind.NAME, "Bob Roy", "Bob Roy"): BOB,
}


def anybody(_character: Character) -> bool:
    return True


def test_all_pieces_of_a_name_count_for_its_bearer(head):
    states = head.states(pieces(), np.eye(WIDTH, dtype=np.float32))
    chances = Antecedents(head, [states], CAST).chances(place("she"), anybody)
    assert chances[ANN] > chances[BOB] > 0
    assert sum(chances.values()) < 1, "some is left for nobody"


def test_who_does_not_fit_gets_nothing(head):
    states = head.states(pieces(), np.eye(WIDTH, dtype=np.float32))
    chances = Antecedents(head, [states], CAST).chances(place("she"), lambda character: character is BOB)
    assert set(chances) == {BOB}


def test_names_behind_a_place_count_for_nobody(head):
    again = Mention(place("spoke"), MentionKind.NAME, "Spoke", "Spoke")
    states = head.states(pieces(), np.eye(WIDTH, dtype=np.float32))
    antecedents = Antecedents(head, [states], CAST | {again: BOB})
    everywhere, before = (antecedents.chances(place("she"), anybody, until) for until in (None, place("spoke").start))
    assert before[BOB] < everywhere[BOB]
    assert set(antecedents.chances(place("she"), anybody, place("met").start)) == {ANN}


@pytest.mark.parametrize("cast", [{}, CAST])
def test_where_nothing_was_read_nobody_is_meant(head, cast):
    states = head.states(pieces(offset=1000), np.eye(WIDTH, dtype=np.float32))
    assert Antecedents(head, [states], cast).chances(place("she"), anybody) == {}
    assert Antecedents(head, [], cast).chances(place("she"), anybody) == {}
    assert Antecedents(None, [states], cast).chances(Span(1035, 1038), anybody) == {}


def test_chances_are_those_that_were_learned(tmp_path):
    torch = pytest.importorskip("torch")
    from app.extraction.training.antecedent_data import Case
    from app.extraction.training.antecedents import Arcs, write

    torch.manual_seed(1)
    arcs = Arcs(WIDTH).eval()
    torch.nn.init.normal_(arcs.distance)
    write(arcs, tmp_path)
    hidden = np.random.default_rng(1).normal(size=(WIDTH, WIDTH)).astype(np.float32)
    head = AntecedentHead(tmp_path)
    states, asking = head.states(pieces(), hidden), np.array([6])
    named = np.array([0, 1, 3, 4])
    from app.extraction.model.antecedents import places

    distance, paragraph = (each[None].astype(np.int64) for each in places(states.pieces, asking))
    mask = np.isin(np.arange(WIDTH), named)[None]
    right = np.zeros((1, WIDTH + 1), bool)
    case = Case("", hidden, mask, [asking], distance, paragraph, right, np.ones(1, np.float32))
    with torch.no_grad():
        learned = arcs(case).exp().numpy()[0][named]
    assert head.chances(states, asking, named) == pytest.approx(learned, abs=0.01)
