"""Chinese names in Wade and Giles's romanization, still usual for Taiwan: Teng Hsiao-p'ing is Deng Xiaoping."""

import re

WADE_GILES = re.compile(r"[A-Z][a-z'’]+-[a-z'’]+")
INITIALS = {
    "p'": "p", "t'": "t", "k'": "k", "ts'": "c", "tz'": "c", "hs": "x", "ts": "z", "tz": "z", "ss": "s",
    "p": "b", "t": "d", "k": "g", "j": "r",
}  # fmt: skip
PARTS = re.compile(r"(ch'|ch|hs|[pkt]'|t[sz]'|t[sz]|ss|[ptkj])?(.*)")
FINALS = (
    (re.compile("ung$"), "ong"),
    (re.compile("ien$"), "ian"),
    (re.compile("ieh$"), "ie"),
    (re.compile("ih$"), "i"),
)


def is_wade_giles(token: str) -> bool:
    """May this be a given name of two syllables as Wade and Giles join them, `Tse-tung`?"""
    return bool(WADE_GILES.fullmatch(token))


def pinyin(syllable: str) -> str:
    """The syllable as the mainland writes it; one without an apostrophe is read as unaspirated."""
    match = PARTS.fullmatch(syllable.replace("’", "'"))
    initial, final = (match[1] or "", match[2]) if match else ("", syllable)
    for pattern, spelling in FINALS:
        final = pattern.sub(spelling, final)
    if initial in ("ch", "ch'"):
        return {"ch": ("j", "zh"), "ch'": ("q", "ch")}[initial][not final.startswith(("i", "ü"))] + final
    return INITIALS.get(initial, initial) + final
