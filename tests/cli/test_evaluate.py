"""`onrecord evaluate` on annotated articles."""

from __future__ import annotations

import json

import pytest

TEXT = 'Ada Brandt spoke. "The bridge stays," she said.'
SEGMENT, SOURCE = [19, 36], [38, 41]
QUOTE = {"segments": [SEGMENT], "source": [SOURCE], "speaker": ["Ada Brandt"]}
GOLD = {"id": "a", "text": TEXT, "quotes": [QUOTE]}


def test_prints_the_figures(run, gold_file):
    result = run("evaluate", gold_file(GOLD, {**GOLD, "text": TEXT.replace("Ada", "Ida")}))
    assert result.exit_code == 0, result.stderr
    assert "2 articles, 2 gold segments, 2 predicted" in result.stdout
    rows = {line[:24].strip(): line[24:].split() for line in result.stdout.splitlines()}
    assert rows["found"] == ["1.000"] * 3
    assert rows["resolved"] == ["0.500"]
    assert rows["0.7"] == ["0.500", "1.000"]


def test_json_holds_the_same_figures(run, gold_file):
    result = run("evaluate", gold_file(GOLD), "--json")
    figures = json.loads(result.stdout)
    assert figures["attributed"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0}
    assert figures["calibration"]["error"] == pytest.approx(0.25)
    assert "misses" not in figures


def test_lists_misses_when_asked(run, gold_file):
    source = gold_file({**GOLD, "quotes": []}, {**GOLD, "id": "b", "quotes": [{**QUOTE, "speaker": ["Ada Zorn"]}]})
    lines = run("evaluate", source, "--misses", 5).stdout.splitlines()
    assert lines[-2].startswith("not a quote: a: “The bridge stays,”")
    assert lines[-1] == "wrong speaker: b: “The bridge stays,”: wanted she, got Ada Brandt"


def test_no_articles_are_refused(run, gold_file):
    result = run("evaluate", gold_file())
    assert result.exit_code == 2
    assert "no articles" in result.stderr


def test_a_lines_language_goes_before_the_option(run, gold_file, extractor):
    run("evaluate", gold_file({**GOLD, "language": "it"}, GOLD), "--language", "de")
    assert extractor.languages == ["it", "de"]


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"quotes": None}, '"quotes" is missing'),
        ({"quotes": ["a"]}, '"quotes[0]" is not an object'),
        ({"quotes": [{**QUOTE, "segments": []}]}, '"quotes[0].segments" is missing'),
        ({"quotes": [QUOTE, {**QUOTE, "segments": [SEGMENT, [4]]}]}, '"quotes[1].segments[1]" is not [start, end]'),
        ({"quotes": [{**QUOTE, "segments": [[19, 99]]}]}, f"[19, 99] does not stand in the text of {len(TEXT)}"),
        ({"quotes": [{**QUOTE, "segments": [[19, True]]}]}, "two whole numbers"),
        ({"quotes": [{**QUOTE, "source": "she"}]}, '"quotes[0].source" is not a list'),
        ({"quotes": [{**QUOTE, "source": [[41, 38]]}]}, '"quotes[0].source[0]"'),
        ({"quotes": [{**QUOTE, "cue": [["said"]]}]}, '"quotes[0].cue[0]"'),
        ({"quotes": [{**QUOTE, "speaker": "Ada Brandt"}]}, '"quotes[0].speaker" is not a list of names'),
        ({"quotes": [{"segments": [SEGMENT]}]}, 'so is "source"; label one'),
        ({"quotes": [{**QUOTE, "kind": "indirect"}]}, '"quotes[0].kind"'),
        ({"id": None}, '"id" is missing'),
    ],
)
def test_a_bad_line_is_named_with_its_field_before_work_begins(run, gold_file, extractor, change, complaint):
    result = run("evaluate", gold_file(GOLD, {**GOLD, **change}))
    assert (result.exit_code, result.stdout, extractor.languages) == (2, "", [])
    assert "line 2: " in result.stderr
    assert complaint in result.stderr
