"""Names in a treebank that has trees but no names: the tagger says what, the tree says from where to where.

A found name is kept when a proper noun heads it, with the bounds the tree gives. A sentence is left out where the two
disagree: a name found without a proper noun, or a row of proper nouns hanging flat together that nobody named.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from app.extraction.training.conllu import Sentence, read_documents
from app.extraction.training.encoder import lean_encoder
from app.extraction.training.entities import Mention, Tree, bioes
from app.extraction.training.scoring import spans
from app.extraction.training.variety import Tagged


def label(model: Path, treebanks: Path, limit: int) -> list[Tagged]:
    """The English Web Treebank's training sentences with the names this model and the trees agree on."""
    documents = read_documents(treebanks / "en_ewt-ud-train.conllu")
    sentences = [sentence for document in documents for sentence in document.sentences if len(sentence.words) <= limit]
    proper = [sentence for sentence in sentences if any(word.upos == "PROPN" for word in sentence.words)]
    found = predicted(model, [[word.form for word in sentence.words] for sentence in proper])
    agreed = [agreement(sentence, tags) for sentence, tags in zip(proper, found, strict=True)]
    return [sentence for sentence in agreed if sentence]


def predicted(model: Path, sentences: list[list[str]]) -> list[list[str]]:
    """The tags a training checkpoint gives to tokenized sentences."""
    import torch
    from stanza.models.common.doc import Document
    from stanza.models.ner.data import DataLoader
    from stanza.models.ner.trainer import Trainer

    with lean_encoder():
        trainer = Trainer(model_file=str(model), device="cpu")
    order = sorted(range(len(sentences)), key=lambda i: len(sentences[i]))
    rows = [[{"id": n, "text": word} for n, word in enumerate(sentences[i], 1)] for i in order]
    options: dict[str, Any] = {"vocab": trainer.vocab, "evaluation": True, "preprocess_tags": False}
    batches = DataLoader(Document(rows), 32, trainer.args, bert_tokenizer=trainer.model.bert_tokenizer, **options)
    with torch.no_grad():
        found = [tags for batch in batches for tags in trainer.predict(batch)]
    return [tags for _, tags in sorted(zip(order, found, strict=True))]


def agreement(sentence: Sentence, tags: list[str]) -> Tagged | None:
    """The sentence with the names tagger and tree agree on, or nothing where they quarrel."""
    row = ["O"] * len(tags)
    for start, end, name in spans(tags):
        bounds = _bounds(sentence, start, end, name)
        if bounds is None or any(tag != "O" for tag in row[slice(*bounds)]):
            return None
        row[slice(*bounds)] = bioes(bounds[1] - bounds[0], name)
    if any(w.deprel == "flat" and w.upos == "PROPN" and tag == "O" for w, tag in zip(sentence.words, row, strict=True)):
        return None
    return list(zip([word.form for word in sentence.words], row, strict=True))


def _bounds(sentence: Sentence, start: int, end: int, name: str) -> tuple[int, int] | None:
    inside = {word.index for word in sentence.words[start:end]}
    head = next((i for i in range(start, end) if sentence.words[i].head not in inside), None)
    if head is None or sentence.words[head].upos != "PROPN":
        return None
    tree = Tree(sentence.words, Mention(0, len(sentence.words), name))
    return tree.person(head) if name == "PERSON" else tree.named(head, set())
