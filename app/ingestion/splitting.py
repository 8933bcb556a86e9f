"""Lines out of a stream of bytes, in constant memory."""

from collections.abc import Iterator

RawLine = tuple[int, bytes | None]
"""The number of a line, from 1, and what it says; None where it is longer than allowed."""
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class LineSplitter:
    """Gives the lines of what it is fed, blank ones left out. Of a line longer than `most` bytes nothing is kept."""

    def __init__(self, most: int) -> None:
        self.number = 0
        """Lines that have ended."""
        self._most = most
        self._begun = bytearray()
        self._is_long = False

    def feed(self, chunk: bytes) -> Iterator[RawLine]:
        """The lines that end in this chunk."""
        *ends, rest = chunk.split(b"\n")
        for end in ends:
            self._go_on(end)
            yield from self._ended()
        self._go_on(rest)

    def close(self) -> Iterator[RawLine]:
        """The last line, where no line end follows it."""
        if self._begun or self._is_long:
            yield from self._ended()

    def _go_on(self, part: bytes) -> None:
        self._is_long = self._is_long or len(self._begun) + len(part) > self._most
        if self._is_long:
            self._begun.clear()
        else:
            self._begun += part

    def _ended(self) -> Iterator[RawLine]:
        line, is_long = bytes(self._begun), self._is_long
        self._begun.clear()
        self._is_long = False
        self.number += 1
        if self.number == 1:
            line = line.removeprefix(BYTE_ORDER_MARK)
        if is_long:
            yield self.number, None
        elif line.strip():
            yield self.number, line
