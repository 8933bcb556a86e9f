"""What a text must be to be stored as it was sent, and the codes of languages."""

import re
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from app.errors import OnRecordError

SURROGATE = re.compile("[\ud800-\udfff]")
# ISO 639-1, https://www.loc.gov/standards/iso639-2/php/code_list.php
ISO_639_1 = """
    aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en
    eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja
    jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb
    nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq
    sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
"""
LANGUAGES = frozenset(ISO_639_1.split())


class TextEmptyError(OnRecordError):
    """A text in which nothing can be read."""

    status, name, title = 422, "text-empty", "The text has no letters"


class TextHasNulError(OnRecordError):
    """A text with a NUL character, which PostgreSQL cannot store."""

    status, name, title = 422, "text-has-nul", "The text has a NUL character"


class TextHasSurrogateError(OnRecordError):
    """A text with half of a UTF-16 pair, which is no character."""

    status, name, title = 422, "text-has-surrogate", "The text has a lone surrogate"


class LanguageUnknownError(OnRecordError):
    """A language code that does not exist."""

    status, name, title = 422, "language-unknown", "There is no such language"


def refuse_unstorable(value: str, field: str) -> str:
    """Return `value` as it is. Raises TextHasNulError or TextHasSurrogateError."""
    if (place := value.find("\0")) >= 0:
        raise TextHasNulError(f"A NUL character stands at position {place}; remove it and send again.", field=field)
    if found := SURROGATE.search(value):
        code = f"U+{ord(found[0]):04X}"
        detail = f"The lone surrogate {code} stands at position {found.start()}; send the whole character instead."
        raise TextHasSurrogateError(detail, field=field)
    return value


def refuse_unreadable(value: str, field: str = "text") -> str:
    """Return the text of an article as it is. Raises also TextEmptyError."""
    refuse_unstorable(value, field)
    if not any(map(str.isalpha, value)):
        raise TextEmptyError("Send the text of an article; this one has no letter in it.", field=field)
    return value


def known_language(value: str) -> str:
    """The language's code in lower case. Raises LanguageUnknownError."""
    if value.lower() not in LANGUAGES:
        detail = f"{value[:40]!r} is not an ISO 639-1 code; write two letters such as en, it or ru, or leave it out."
        raise LanguageUnknownError(detail.encode("ascii", "backslashreplace").decode(), field="language")
    return value.lower()


def _line(field: str, length: int, **schema: str) -> Any:
    """A line of words, the space around it left out."""

    def check(value: Any) -> Any:
        return refuse_unstorable(value, field).strip() if isinstance(value, str) else value

    described = Field(min_length=1, max_length=length, json_schema_extra={"pattern": NOT_BLANK, **schema})
    return Annotated[str, described, BeforeValidator(check)]


Language = Annotated[str, AfterValidator(known_language), WithJsonSchema({"type": "string", "enum": sorted(LANGUAGES)})]
READABLE = r"^[^\u0000]*\p{L}[^\u0000]*$"
"""What `refuse_unreadable` lets pass, as a JSON Schema has it; surrogates have no place in JSON anyway."""
NOT_BLANK = r"^[^\u0000]*[^\s\u0000][^\u0000]*$"
Title = _line("title", 1000)
Url = _line("url", 2000, format="iri", pattern="^https?://")
Outlet = _line("outlet", 200)
SpeakerName = _line("name", 300)
