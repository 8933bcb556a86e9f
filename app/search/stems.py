"""Stems by the Snowball rules of a language. Both databases index what is computed here."""

import threading

import Stemmer

# The ISO 639-1 codes of the languages that Snowball has rules for.
ALGORITHMS = {
    "ar": "arabic",
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "eo": "esperanto",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fa": "persian",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "nb": "norwegian",
    "ne": "nepali",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
    "yi": "yiddish",
}


class _Stemmers(threading.local):
    """A thread's stemmers: one object must not serve two threads at once."""

    def __init__(self) -> None:
        self.known: dict[str, Stemmer.Stemmer] = {}


_stemmers = _Stemmers()


def is_stemmed(language: str) -> bool:
    """Whether there are rules for the language."""
    return language in ALGORITHMS


def stem(word: str, language: str) -> str:
    """The stem of a word in lower case; accents stay."""
    known = _stemmers.known
    if language not in known:
        known[language] = Stemmer.Stemmer(ALGORITHMS[language])
    return known[language].stemWord(word)
