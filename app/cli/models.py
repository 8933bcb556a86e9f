"""Fetching Stanza's official packages."""

from pathlib import Path

import stanza

PROCESSORS = "tokenize,ner"  # Stanza adds what these need, mwt among it


class DownloadError(RuntimeError):
    """The packages could not be fetched; the message says why."""


def download(language: str, directory: Path) -> None:
    """Fetch the packages of one language into the directory."""
    try:
        stanza.download(language, model_dir=str(directory), processors=PROCESSORS)
    except ValueError as error:
        raise DownloadError(f"Stanza has no packages for {language!r}, or one arrived damaged: {error}") from error
    except OSError as error:
        raise DownloadError(
            f"Stanza's packages for {language!r} could not be fetched. Is there a network?\n{error}"
        ) from error
