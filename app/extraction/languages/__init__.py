"""The languages: one TOML file each, in this folder; adding a language adds a file."""

from app.extraction.languages.files import FOLDER, UNKNOWN, codes, load
from app.extraction.languages.language import Language, fold

__all__ = ["FOLDER", "UNKNOWN", "Language", "codes", "fold", "load"]
