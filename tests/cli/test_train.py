"""`onrecord train` on annotated articles."""

from __future__ import annotations

import pytest

from tests.training.toy import article, write_toy


@pytest.fixture
def onnx_there(monkeypatch):
    monkeypatch.setattr("app.cli.training.find_spec", lambda name: object())


def test_says_what_to_install_where_onnx_is_missing(run, gold_file, monkeypatch, tmp_path):
    monkeypatch.setattr("app.cli.training.find_spec", lambda name: None)
    result = run("train", gold_file(article(1)), "--output", tmp_path / "model")
    assert result.exit_code == 2
    assert "pip install 'onrecord[train]'" in result.stderr


def test_leaves_alone_what_is_there(run, gold_file, onnx_there, tmp_path):
    source = gold_file(article(1))
    for output in (tmp_path, source):
        result = run("train", source, "--output", output)
        assert result.exit_code == 2
        assert "name a new one with --output" in result.stderr


def test_a_bad_line_is_named(run, gold_file, onnx_there, tmp_path):
    result = run("train", gold_file(article(1), {**article(2), "quotes": None}), "--output", tmp_path / "model")
    assert result.exit_code == 2
    assert 'line 2: "quotes" is missing' in result.stderr
    assert not (tmp_path / "model").exists()


def test_too_few_quotes_are_told(run, gold_file, onnx_there, tmp_path):
    result = run("train", gold_file(*map(article, range(3))), "--output", tmp_path / "model")
    assert result.exit_code == 2
    assert "6 of 6 annotated segments" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["gold.ndjson"]


@pytest.fixture
def toy_model(monkeypatch, tmp_path):
    """A model that trains in a moment, in place of the bundled one, and few made-up articles."""
    pytest.importorskip("onnx")
    write_toy(tmp_path / "toy")
    monkeypatch.setattr("app.extraction.model.pointer.WEIGHTS", tmp_path / "toy")
    monkeypatch.setattr("app.extraction.training.attribution_continue.MOST_WORKERS", 1)
    made = ([article(100), article(101)], [article(102)])
    monkeypatch.setattr("app.extraction.training.attribution_continue.made_parts", lambda: made)
    return tmp_path / "toy"


def test_writes_a_model_that_can_be_used_and_its_card(run, gold_file, toy_model, tmp_path, monkeypatch):
    from app.extraction.model.pointer import load_pointer
    from app.settings import Settings

    output = tmp_path / "new" / "model"
    result = run("train", gold_file(*map(article, range(10))), "--output", output, "--epochs", "2", "--minutes", "1")
    assert result.exit_code == 0, result.stderr
    assert f"ONRECORD_ATTRIBUTION_MODEL={output} onrecord serve" in result.stdout
    assert "Training" in result.stderr
    assert "loss" in result.stderr
    monkeypatch.setenv("ONRECORD_ATTRIBUTION_MODEL", str(output))
    load_pointer(Settings().attribution_model)
    card = (output / "model.card.md").read_text(encoding="utf-8")
    for words in (
        "| your articles, trained on | 8 | 16 |",
        "| your articles, held out | 2 | 4 |",
        "onrecord train",
        "2.00 epochs, seed 20261122",
        "| attributed F1 |",
    ):
        assert words in card
    assert [path.name for path in output.parent.iterdir()] == ["model"]
