"""How long each stage of extraction takes, by the clock on the wall."""

from time import perf_counter


class Laps:
    """A stopwatch that is read between stages: the seconds of all of them add up to the whole."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._since = perf_counter()

    def end(self, stage: str) -> None:
        """The time since the last stage ended was this one's."""
        now = perf_counter()
        self.seconds[stage] = self.seconds.get(stage, 0.0) + now - self._since
        self._since = now
