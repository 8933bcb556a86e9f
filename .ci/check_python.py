"""Stop the set-up with a plain sentence where this Python cannot carry On Record. Runs on any Python 3."""

import sys

OLDEST = (3, 11)


def complaint():
    """What is missing, or None."""
    if sys.version_info < OLDEST:
        found = ".".join(map(str, sys.version_info[:3]))
        return "On Record needs Python 3.11 or newer, this is {}. Name another: make PYTHON=python3.11".format(found)  # noqa: UP032
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        return "This Python cannot make virtual environments: install Debian's python3-venv package."
    return None


sys.exit(complaint())
