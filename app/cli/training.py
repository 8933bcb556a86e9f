"""Going on with the attribution model on a user's own articles: bars, the model's folder and its card."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from . import batch, gold
from .training_card import Comparison, card

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from app.extraction.evaluation.figures import Figures
    from app.extraction.training.attribution_continue import Material, Records
    from app.extraction.training.attribution_run import Event, Step


def train(sources: Sequence[Path], output: Path, minutes: float | None, epochs: float, command: str) -> str:
    """Train on the articles of these files and write the model; what to say in the end. Raises InputError."""
    if find_spec("onnx") is None:
        raise batch.InputError("training needs the package onnx, which is not installed: pip install 'onrecord[train]'")
    if output.exists() and not (output.is_dir() and not any(output.iterdir())):
        raise batch.InputError(f"{output} is there already and not an empty folder; name a new one with --output")
    material = _material(sources)
    with _whole(output) as folder:
        comparisons, last = _trained(material, folder, minutes, epochs)
        made_by = f"`{command}`, {last.number} steps or {last.epochs:.2f} epochs"
        (folder / "model.card.md").write_text(card(material, comparisons, made_by), encoding="utf-8")
    return _told(comparisons, output)


def _material(sources: Sequence[Path]) -> Material:
    records = [record for source in sources for _, record in gold.read(source)]
    from app.extraction.training.attribution_continue import Material, TooFewError

    try:
        return Material.of(records)
    except TooFewError as error:
        raise batch.InputError(f"{', '.join(map(str, sources))}: {error}") from None


def _trained(material: Material, folder: Path, minutes: float | None, epochs: float) -> tuple[list[Comparison], Step]:
    """Measure, train, write the model, measure again: what became of the figures, and the last step."""
    from app.extraction.model.pointer import WEIGHTS
    from app.extraction.training.attribution_continue import write_model
    from app.extraction.training.attribution_run import train

    before = _measured(material, WEIGHTS, "Measuring before")
    with tempfile.TemporaryDirectory() as scratch:
        checkpoint = Path(scratch) / "best.pt"
        last = follow(train(material.run(checkpoint, minutes, epochs, WEIGHTS)))
        write_model(checkpoint, folder, WEIGHTS, material)
    after = _measured(material, folder, "Measuring after")
    titles = ("your articles held out", "made-up articles held out, all languages")
    return [Comparison(*row) for row in zip(titles, before, after, strict=True)], last


def _measured(material: Material, model: Path, doing: str) -> list[Figures]:
    """Figures of a model on the user's articles held out, and on the made-up ones."""
    from app.extraction.extractor import Extractor
    from app.extraction.model.pointer import load_pointer

    from .evaluation import measure

    extractor = Extractor(pointer=load_pointer(model))

    def figures(records: Records) -> Figures:
        return measure(list(enumerate(records, 1)), extractor, doing=doing).figures()

    return [figures(records) for records in (material.own_held_out, material.made_held_out)]


def follow(events: Iterable[Event]) -> Step:
    """A bar on standard error with the loss, while training goes on; the last step. There is always one."""
    from app.extraction.training.attribution_run import Step

    columns = (TextColumn("Training"), BarColumn(), TaskProgressColumn(), TextColumn("{task.fields[told]}"))
    with Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True)) as progress:
        task = progress.add_task("Training", total=1.0, told="")
        loss = last = None
        for event in events:
            if isinstance(event, Step):
                # One batch says little: the mean of the last twenty or so is shown.
                loss = event.loss if loss is None else 0.95 * loss + 0.05 * event.loss
                progress.update(task, completed=event.done, told=f"step {event.number}, loss {loss:.3f}")
                last = event
    return last


@contextmanager
def _whole(output: Path) -> Iterator[Path]:
    """A folder that takes its name when all is in it."""
    partial = output.with_name(f"{output.name}.part")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    try:
        yield partial
        partial.replace(output)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _told(comparisons: Sequence[Comparison], output: Path) -> str:
    lines = [line for comparison in comparisons for line in comparison.lines()]
    if comparisons[0].worse:
        lines.append("The new model is no better on your articles held out: keep the bundled one, or annotate more.")
    return "\n".join([*lines, f"To use it: ONRECORD_ATTRIBUTION_MODEL={output.resolve()} onrecord serve"])
