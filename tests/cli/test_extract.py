"""`onrecord extract` on one text and on many."""

from __future__ import annotations

import json

import pytest

TEXT = 'Ada Brandt spoke. "The bridge [sic] stays," she said.\r\n'


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "page.txt"
    path.write_bytes(TEXT.encode())
    return path


@pytest.fixture
def lines_file(tmp_path):
    def write(*records) -> object:
        path = tmp_path / "in.ndjson"
        path.write_text("".join(r if isinstance(r, str) else json.dumps(r) + "\n" for r in records), encoding="utf-8")
        return path

    return write


def written(path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def test_lists_quote_speaker_confidence_and_reason(run, page):
    result = run("extract", page)
    assert result.exit_code == 0
    for words in ("“The bridge [sic] stays,”", "Ada Brandt", "0.75", "a name stands in the text", "1 quote,"):
        assert words in result.stdout


def test_reads_standard_input(run):
    result = run("extract", "-", input=TEXT.encode())
    assert "The bridge [sic] stays," in result.stdout


def test_names_no_speaker_where_there_is_none(run, tmp_path):
    (tmp_path / "page.txt").write_text('"Stay," one said.', encoding="utf-8")
    assert "Unknown speaker" in run("extract", tmp_path / "page.txt").stdout


def test_long_words_are_neither_wrapped_nor_cut(run, tmp_path):
    said = "bridge " * 60 + "x" * 300
    (tmp_path / "page.txt").write_text(f'"{said}"', encoding="utf-8")
    assert f"“{said}”" in run("extract", tmp_path / "page.txt").stdout


def test_a_page_cannot_steer_the_terminal(run, tmp_path):
    (tmp_path / "page.txt").write_text('"Stay\x1b[2J here"', encoding="utf-8")
    assert "\x1b" not in run("extract", tmp_path / "page.txt").stdout


def test_text_that_is_not_utf8_is_refused(run, tmp_path):
    (tmp_path / "page.txt").write_bytes(b"caf\xe9")
    result = run("extract", tmp_path / "page.txt")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "not UTF-8" in result.stderr


@pytest.mark.parametrize("name", ["absent.txt", "absent.ndjson"])
def test_missing_file(run, tmp_path, name):
    result = run("extract", tmp_path / name)
    assert result.exit_code == 1
    assert "No such file" in result.stderr


def test_output_needs_many_texts(run, page, tmp_path):
    result = run("extract", page, "--output", tmp_path / "out.ndjson")
    assert result.exit_code == 2
    assert not (tmp_path / "out.ndjson").exists()


def test_a_line_out_for_each_line_in(run, lines_file, tmp_path):
    source = lines_file({"id": "a", "text": TEXT, "outlet": "ignored"}, "\n", {"id": 7, "text": "Nothing said."})
    result = run("extract", source, "--output", tmp_path / "out.ndjson")
    assert (result.exit_code, result.stdout) == (0, "")
    first, second = written(tmp_path / "out.ndjson")
    assert second == {"id": 7, "quotes": []}
    assert first == {
        "id": "a",
        "quotes": [
            {
                "segments": [[19, 42]],
                "text": "The bridge [sic] stays,",
                "kind": "direct",
                "speaker": "Ada Brandt",
                "mention": [0, 3],
                "cue": None,
                "confidence": 0.75,
                "reason": "a name stands in the text",
            }
        ],
    }


def test_offsets_count_code_points(run, lines_file, tmp_path):
    text = '😀\u2028"Stay 😀"'
    run("extract", lines_file({"id": 1, "text": text}), "--output", tmp_path / "out.ndjson")
    ((start, end),) = written(tmp_path / "out.ndjson")[0]["quotes"][0]["segments"]
    assert text[start:end] == "Stay 😀"


def test_writes_to_standard_output_without_output(run, lines_file):
    result = run("extract", lines_file({"id": 1, "text": TEXT}))
    assert json.loads(result.stdout)["quotes"][0]["speaker"] == "Ada Brandt"


def test_a_lines_language_goes_before_the_option(run, lines_file, tmp_path, extractor):
    source = lines_file({"id": 1, "text": "a", "language": "it"}, {"id": 2, "text": "b"})
    run("extract", source, "--language", "de", "--output", tmp_path / "out.ndjson")
    assert extractor.languages == ["it", "de"]


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("{not json\n", "not JSON"),
        ("[" * 100_000 + "\n", "not JSON"),
        ('["id"]\n', "not an object"),
        ({"text": "a"}, '"id"'),
        ({"id": True, "text": "a"}, '"id"'),
        ({"id": 2}, '"text"'),
        ({"id": 2, "text": None}, '"text"'),
        ({"id": 2, "text": "a", "language": 1}, '"language"'),
        ('{"id": 2, "text": "\\ud800"}\n', "surrogate"),
        ({"id": 2, "text": "a", "language": "xx"}, "'xx' is not an ISO 639-1 code"),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_written(run, lines_file, tmp_path, line, complaint):
    result = run("extract", lines_file({"id": 1, "text": TEXT}, line), "--output", tmp_path / "out.ndjson")
    assert result.exit_code == 2
    assert "line 2" in result.stderr
    assert complaint in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["in.ndjson"]


def test_an_unknown_language_is_refused(run, page):
    result = run("extract", page, "--language", "klingon")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "'klingon' is not an ISO 639-1 code" in result.stderr


def test_bad_lines_are_told_together_the_first_ten(run, lines_file):
    result = run("extract", lines_file(*["{\n"] * 12))
    assert "line 10:" in result.stderr
    assert "line 11:" not in result.stderr
    assert "and 2 more" in result.stderr


def test_a_crash_leaves_the_old_output_alone(run, lines_file, tmp_path):
    out = tmp_path / "out.ndjson"
    out.write_text("old", encoding="utf-8")
    result = run("extract", lines_file({"id": "x", "text": "crash"}), "--output", out)
    assert result.exit_code == 1
    assert "line 1, id 'x'" in result.exception.__notes__[0]
    assert out.read_text(encoding="utf-8") == "old"
    assert len(list(tmp_path.iterdir())) == 2
