"""Bands are stored: the same words have the same ones in every process and release."""

from __future__ import annotations

import subprocess
import sys

from app.utterances.signatures import BANDS, bands
from app.utterances.wording import wording

WORDS = wording("The harbour will stay open this winter, whatever it costs the town").words
FIRST = [2705770375843679745, 6264006435944270713]
PRINTED = "from app.utterances.signatures import bands; print(bands({words!r}))"


def test_bands_are_those_that_are_stored():
    """Where this fails stored bands are worthless: go back, or sign every utterance anew in a migration."""
    assert bands(WORDS)[:2] == FIRST


def test_another_process_makes_the_same_ones():
    made = subprocess.run(
        [sys.executable, "-c", PRINTED.format(words=WORDS)], capture_output=True, text=True, check=True
    )
    assert made.stdout.strip() == str(bands(WORDS))


def test_edits_share_a_band_and_others_do_not():
    edited = wording("The harbor will stay open this winter, whatever it costs the town").words
    other = wording("Nobody asked the islands about the price of the new ferry").words
    assert set(bands(WORDS)) & set(bands(edited))
    assert not set(bands(WORDS)) & set(bands(other))
    assert len(set(bands(WORDS))) == BANDS


def test_every_quote_has_bands():
    assert len(bands(["a"])) == len(bands(["x" * 50_000])) == BANDS
