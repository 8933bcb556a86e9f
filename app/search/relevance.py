"""How well a quote answers a search: the weight of BM25, with nothing in it that changes as the archive grows.

So a cursor stays where it was when quotes are added, and both databases put the same quotes in the same order.
"""

from app.search.syntax import Node, wanted

SATURATION = 1.2
USUAL_TOKENS = 50
"""A quote of 25 words, and their stems."""
STEM_ONLY = 0.5
"""What a word in another form is worth beside the word itself."""
IN_A_ROW = 1.0


class Relevance:
    """Weighs what the index keeps of a quote, see `app.search.words.indexed`."""

    def __init__(self, tree: Node, languages: tuple[str, ...]) -> None:
        terms = list(wanted(tree))
        self.rows = {
            language: [[_needle(row, term.prefix) for row in term.rows((language,))] for term in terms]
            for language in languages
        }
        typed = [term for term in terms if not term.is_respelled]
        together = tuple(word for term in typed for word in term.words)
        self.together = f" {' '.join(together)} " if len(typed) > 1 else None

    def of(self, indexed: str, language: str) -> float:
        """The weight of a quote; more is better."""
        text = f" {indexed} "
        length = SATURATION * (0.25 + 0.75 * text.count(" ") / USUAL_TOKENS)
        weight = sum(hits / (hits + length) for row in self.rows[language] if (hits := _hits(text, row)))
        if self.together and self.together in text:
            weight += IN_A_ROW
        return round(weight, 6)


def _hits(text: str, needles: list[str]) -> float:
    exact = text.count(needles[0])
    any_form = text.count(needles[1]) if len(needles) > 1 else exact
    return exact + STEM_ONLY * max(0, any_form - exact)


def _needle(row: tuple[str, ...], prefix: bool) -> str:
    return f" {' '.join(row)}" + ("" if prefix else " ")
