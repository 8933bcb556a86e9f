"""Windows over pieces: bounded, every placeholder decided once and with its context."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from app.extraction.model.windows import CONTEXT, OVERLAP, WINDOW, windows

LENGTHS = st.integers(1, 6000)


@given(LENGTHS, st.data())
def test_every_place_is_decided_once_in_a_window_that_holds_its_context(length, data):
    places = sorted(data.draw(st.sets(st.integers(0, length - 1), max_size=60)))
    views = list(windows(length, places))
    assert [place for view in views for place in view.decided] == places
    for view in views:
        assert 0 <= view.start < view.end <= length and view.end - view.start <= WINDOW
        for place in view.decided:
            assert place - view.start >= min(place, OVERLAP // 2 - 2, CONTEXT)
            assert view.end - place >= min(length - place, OVERLAP // 2 - 2, CONTEXT)


def test_the_work_grows_with_the_length():
    views = list(windows(100_000, range(0, 100_000, 20)))
    assert sum(view.end - view.start for view in views) < 2 * 100_000
    assert all(a.start < b.start for a, b in pairwise(views))
