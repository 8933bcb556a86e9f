"""A folder that holds no attribution model is refused, with what is wrong, before anything is loaded."""

from __future__ import annotations

import shutil

import pytest

from app.extraction.model.folder import FILES, ModelFolderError, check
from app.extraction.model.pointer import WEIGHTS, load_pointer


@pytest.fixture
def folder(tmp_path):
    """A model whose files are there; its body and its tokenizer are empty."""
    for name in FILES:
        (tmp_path / name).touch()
    shutil.copy(WEIGHTS / "model.json", tmp_path)
    (tmp_path / "pieces.bin").write_bytes(bytes(2 * 384 // 32 * 18))
    return tmp_path


def test_the_bundled_model_is_one():
    check(WEIGHTS)


def test_no_folder(tmp_path):
    with pytest.raises(ModelFolderError, match="no such folder; name a folder that onrecord train"):
        check(tmp_path / "absent")


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(folder, name):
    (folder / name).unlink()
    with pytest.raises(ModelFolderError, match=f"{name} is not in it"):
        check(folder)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"width": 0, "heads": {"a": 1}, "length": [1]}'])
def test_settings_that_are_none(folder, content):
    (folder / "model.json").write_text(content, encoding="utf-8")
    with pytest.raises(ModelFolderError, match="do not fit"):
        check(folder)


def test_half_a_table(folder):
    (folder / "pieces.bin").write_bytes(bytes(5))
    with pytest.raises(ModelFolderError, match="do not fit"):
        check(folder)


def test_a_damaged_body_is_told_when_it_is_loaded(folder):
    check(folder)
    with pytest.raises(ModelFolderError, match="does not load"):
        load_pointer(folder)
