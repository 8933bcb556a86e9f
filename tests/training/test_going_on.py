"""Training goes on with a user's articles: what it takes, how it runs, what it leaves."""

from __future__ import annotations

import pytest
import torch

from app.extraction.document import Span
from app.extraction.training.attribution_continue import Material, TooFewError
from app.extraction.training.attribution_data import to_article
from app.extraction.training.attribution_run import Epoch, Run, Step, late_mean, train
from tests.training.toy import article, toy, write_toy

MADE = ([article(100 + i) for i in range(20)], [article(200)])


def material(count: int = 10, **changes) -> Material:
    return Material.of([article(i, **changes) for i in range(count)], MADE)


def asked(checkpoint, **changes) -> Run:
    articles = [to_article(article(i)) for i in range(3)]
    return Run(toy, articles, articles[:1], checkpoint, **{"rate": 1e-3, "epochs": 2, "minutes": 9, **changes})


def test_a_fifth_of_the_articles_is_held_out():
    own = material(10)
    assert (len(own.own), len(own.own_held_out)) == (8, 2)
    assert not {a["id"] for a in own.own} & {a["id"] for a in own.own_held_out}


def test_one_article_at_least_is_held_out_and_it_quotes_somebody():
    silent = [{**article(50 + i), "quotes": []} for i in range(3)]
    held_out = Material.of([*silent, *(article(i) for i in range(5))], MADE).own_held_out
    assert any(each["quotes"] for each in held_out)


def test_the_same_text_is_never_both_trained_on_and_held_out():
    twice = Material.of([article(i % 6) for i in range(24)], MADE)
    assert len(twice.own) + len(twice.own_held_out) == 6


def test_few_articles_are_read_more_often_than_the_made_up_ones():
    assert material(10).times == 1  # 16 segments stand beside 40
    assert Material.of([article(i) for i in range(6)], ([article(100 + i) for i in range(500)], [])).times == 8


@pytest.mark.parametrize(
    ("records", "complaint"),
    [
        ([article(1)] * 9, "at least two are needed"),
        ([article(i) for i in range(4)], "8 of 8 annotated segments can be learned from, at least 10"),
        ([article(i, source=None) for i in range(9)], "0 of 18 annotated segments"),
        ([article(i, segments=[[0, 6]]) for i in range(9)], "0 of 18 annotated segments"),
    ],
)
def test_too_little_is_refused_with_what_is_missing(records, complaint):
    with pytest.raises(TooFewError, match=complaint):
        Material.of(records, MADE)


def test_what_nobody_labelled_is_not_learned_as_nobody():
    unlabelled = to_article(article(1, source=None, cue=None)).candidates[0]
    labelled = to_article(article(1, source=[], cue=[])).candidates[0]
    assert (unlabelled.source, unlabelled.cue, unlabelled.reported) == (None, None, True)
    assert (labelled.source, labelled.cue) == ([], [])


def test_a_run_tells_its_steps_and_leaves_its_best_state(tmp_path):
    events = list(train(asked(tmp_path / "best.pt")))
    steps = [event for event in events if isinstance(event, Step)]
    assert [event.number for event in events if isinstance(event, Epoch)] == [1, 2]
    assert steps[-1].done == 1.0
    assert [step.done for step in steps] == sorted(step.done for step in steps)
    assert all(step.loss > 0 for step in steps)
    assert (tmp_path / "best.pt").exists()


def test_the_minutes_end_a_run_with_a_state_to_use(tmp_path):
    events = list(train(asked(tmp_path / "best.pt", epochs=1000, minutes=1e-6)))
    assert [type(event) for event in events] == [Step, Epoch]
    assert (tmp_path / "best.pt").exists()


def test_training_lowers_the_loss(tmp_path):
    steps = [e for e in train(asked(tmp_path / "best.pt", epochs=15)) if isinstance(e, Step)]
    assert steps[-1].loss < steps[0].loss


def test_a_trained_model_keeps_its_pieces_and_is_read_back_as_it_was(tmp_path):
    pytest.importorskip("onnx")
    import torch

    from app.extraction.model.pointer import Pointer
    from app.extraction.training.attribution_export import export_like
    from app.extraction.training.attribution_start import from_model

    write_toy(tmp_path / "model")
    state = from_model(tmp_path / "model").network.state_dict()
    torch.save(state, tmp_path / "best.pt")
    export_like(tmp_path / "best.pt", tmp_path / "model", tmp_path / "again")
    again = from_model(tmp_path / "again").network.state_dict()
    learned = [name for name in state if "word_embeddings" not in name]  # the encoder's own table is not used
    assert all(torch.allclose(state[name], again[name], atol=1e-4) for name in learned)
    for name in ("pieces.bin", "tokenizer.json.gz"):
        assert (tmp_path / "again" / name).read_bytes() == (tmp_path / "model" / name).read_bytes()
    text = article(1)["text"]
    from app.extraction.extractor import Page

    page = Page.of(text)
    assert len(Pointer(tmp_path / "again").read(text, [Span(0, len(text))], page.quotations).pointings) == 2


def test_narration_inside_the_marks_is_learned_as_narration():
    text = "L'usine reste ouverte.\n\n« Nous irons, a-t-il ajouté, jusqu'au bout », et rien de plus.\n"
    first, cue, last = (text.index(part) for part in ("Nous irons", "a-t-il ajouté", "jusqu'au bout"))
    segments = [[first, first + len("Nous irons")], [last, last + len("jusqu'au bout")]]
    quote = {"segments": segments, "source": [[cue + 4, cue + 6]], "cue": [[cue, cue + 13]]}
    learned = to_article({"language": "fr", "text": text, "quotes": [quote]})
    assert [each.reported for each in learned.candidates] == [True, True]
    assert [each.span.of(text).rstrip(",") for each in learned.candidates] == ["Nous irons", "jusqu'au bout"]


def test_what_is_kept_is_a_mean_in_which_late_steps_weigh_more():
    mean = torch.tensor(0.0)
    for steps in range(1, 100):
        mean = late_mean(mean, torch.tensor(float(steps)), steps)
    assert 75 < mean < 90, "of all hundred alike it were 50, and 99 of the last one"
