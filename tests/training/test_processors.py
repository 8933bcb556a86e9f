"""The shipped 8-bit model computes here what its matrices say in full precision, on the threads it is given."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from app.extraction.model.pointer import WEIGHTS, Pointer, bundled_pointer

PAGE = Path(__file__).parents[1] / "pages" / "texts" / "harbour.txt"
TOLERANCE = 0.3
"""Mean difference of the tags' logits, of 4.2 on average: rounding activations makes 0.2, overflow 0.5."""


def test_eight_bits_do_not_overflow():
    pytest.importorskip("onnx")
    import torch

    from app.extraction.extractor import Page
    from app.extraction.training.attribution_start import from_model

    text = PAGE.read_text(encoding="utf-8")
    pointer, network = bundled_pointer(), from_model(WEIGHTS).network.eval()
    ids = pointer.reader.read(text, Page.of(text).body, []).ids[:400]
    with torch.no_grad():
        embedded = torch.nn.functional.embedding(torch.from_numpy(ids.astype(np.int64)), network.words)
        exact = network.tags(network.body(inputs_embeds=embedded[None]).last_hidden_state)[0].numpy()
    assert np.abs(pointer.run(ids)[0][:, :4] - exact).mean() < TOLERANCE


def test_numpy_keeps_to_one_thread_where_the_model_is_loaded():
    with threadpool_limits(2, user_api="blas"):  # or a machine of one core would show nothing
        Pointer(WEIGHTS)
        assert {pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"} == {1}
