"""Patterns over the letters of the narration that tell who said a quotation, and by which word.

`blocks.py` explains the letters. In a match `who` is the source and `cue` what reports. Patterns for what stands
behind a quotation begin straight behind it, those for what stands before end straight before it.
"""

from __future__ import annotations

import re

from app.extraction.attribution.evidence import (
    ACCORDING_TO,
    APPOSITION_BEHIND,
    QUOTED_BY_ANOTHER,
    SIGNATURE,
    SIGNED,
    SUBJECT_BEHIND,
    VERB_ALONE,
    VERB_FIRST,
    VERB_IN_DOCUMENT,
)

STRONG = "[NTOPRDGI]"
"""Who or what speaks without a doubt."""
ANY = "[NTOPRDGXI]"
"""The same, or a phrase of no known noun."""
PHRASE = "[pdwaNTOPRDGX]"
"""What may stand between a subject and its verb."""
CUE = "(?P<cue>[Cc])"
BEHIND = r"^[,?\-]*"
"""The marks that end a quotation within its sentence."""
VERB = rf"{BEHIND}a*{CUE}"
SET_OFF = "(?:,[^.Cq?,]{1,25},)?"
"""What two commas set off behind a subject: `Lee, who ran the port, said`."""
COMPLEMENT = f"(?:p[dw]{{0,2}}{ANY})?"
ADJUNCT = "(?:p(?:d?w{1,2}|[XODGN])a?){1,2}"
"""What may stand between a verb and its subject behind it: `afirmó por teléfono la ministra`."""
REST = r"^[^.,:;?qACc]{1,8}"
"""The rest of the clause that a quotation stands in: `„nötig“ gewesen, so der Minister`."""
NO_VERB = "(?!a*C)"
"""Behind a subject that has no verb of its own there."""
SUBJECT_AND_CUE = rf"(?<!p)(?P<who>{STRONG}){SET_OFF},?r?{PHRASE}{{0,6}}?(?P<cue>C)"

AFTER = tuple(
    (rule, re.compile(pattern))
    for rule, pattern in (
        (QUOTED_BY_ANOTHER, rf"{BEHIND}k?{ANY}a*C(?P<who>{ANY})(?P<cue>Q)"),
        (VERB_FIRST, rf"{VERB}R[pdwNTO]{{0,6}},(?P<who>[NT])"),
        (VERB_FIRST, rf"{VERB}[aw]{{0,3}}d?(?P<who>{ANY}){NO_VERB}"),
        (VERB_FIRST, rf"{VERB}[aw]{{0,3}}(?:p[dw]{{0,2}}{ANY}?a*){{1,2}}(?<!p)d?(?P<who>[NTR])(?=[.,]|$)"),
        (VERB_FIRST, rf"{VERB},[^.,CqA?]{{1,12}},(?P<who>[NTR])(?!,?a*C)"),
        (SUBJECT_BEHIND, rf"{BEHIND}k?(?P<who>{ANY})a*{CUE}"),
        (SUBJECT_BEHIND, rf"{BEHIND}(?P<who>{ANY})a*Vpa*{CUE}"),  # `is reported to have said`
        (APPOSITION_BEHIND, rf"{BEHIND}[RXGPDO],(?P<who>[NT]),?a*{CUE}"),
        (APPOSITION_BEHIND, rf"{BEHIND}(?P<who>{ANY}),[^.Cq?]{{1,25}},a*{CUE}"),
        (SUBJECT_BEHIND, rf"{BEHIND}k?(?P<who>{ANY}){PHRASE}{{0,8}}?{CUE}"),
        (ACCORDING_TO, rf"{BEHIND}(?P<cue>A)d?(?P<who>{ANY})"),
        (ACCORDING_TO, rf"{BEHIND}a*{ANY}a*(?P<cue>U)pd?(?P<who>{ANY})"),
        (ACCORDING_TO, rf"{BEHIND}(?P<who>{ANY})(?P<cue>Z)"),
        (VERB_FIRST, rf"{VERB}a{{0,2}}{ADJUNCT}(?P<who>{STRONG}){NO_VERB}"),
        (VERB_FIRST, rf"{VERB},[aw]{{1,2}},(?P<who>{STRONG}){NO_VERB}"),
        (VERB_IN_DOCUMENT, rf"{VERB}a*p(?P<who>D)"),
        (ACCORDING_TO, rf"{REST},(?P<cue>A)d?(?P<who>{ANY})"),
        (VERB_FIRST, rf"{REST},a*{CUE}[aw]{{0,3}}d?(?P<who>{ANY}){NO_VERB}"),
        (VERB_ALONE, rf"{VERB}(?=[.,:;\-]|$)"),
        (SUBJECT_BEHIND, rf"{BEHIND}[^.q?;]{{0,15}}?(?<![pd])(?P<who>{ANY})a*{CUE}"),
        (SUBJECT_BEHIND, rf"^\.(?P<who>{ANY})a*{CUE}\."),
        (SIGNED, r"^[.,?]*¶-*(?P<who>[NTOR])(?=[.,]|$)"),
        (SIGNATURE, r"^[.,?]*-+(?P<who>[NTOR])(?=[.,]|$)"),
    )
)
"""What stands behind a quotation and the rule that sees it, the first that matches."""
LEADING_BACK = re.compile(r"[.,?\-]*b(?:[awpdDOX]{1,6}(?=C[aw]{0,2}[NTR])|[aw]{1,3}(?=C))?")
"""What leads back to a quotation, and whom or where it is told (`Об этом в интервью РИА Новости | сказал министр`)."""
DROPPED = re.compile(rf"{VERB}(?=a*p|a{{1,2}}(?:[.,:;\-]|$))")
"""A verb before a preposition, or adverbs alone: no subject in a language that drops it (`ha detto in una nota`,
`recordaba después`).
"""
DROPPED_BEFORE = re.compile(
    rf"^k?[a,]*(?:p[dwXDGO]{{1,6}},a*)?(?P<cue>C)a*(?:pd?(?P<hearer>{ANY}){SET_OFF})?"
    rf"(?:a|p(?:d?w{{1,2}}|d?{ANY})){{0,3}}p?(?:[kr:]|$)"
)
"""A verb that opens the sentence of the quotation without its subject (`Añadió en la radio que`), and whom the
preposition behind it leads, who does not speak (`Dijo a Rey que`).
"""
SAYING_CLAUSE = re.compile(r"[^.,:;?\-qkrC]*C[^.,:;?\-qkrC]*")
"""The words around a verb of saying that no mark and no conjunction parts from it."""
TALK = re.compile(r"^(?P<cue>D)(?=[.,;:]|$|a[.,])")
TALKING_OF = re.compile(rf"(?:^|[,;])p(?P<who>{ANY})(?:p?X)?(?:a|,p[dr])p[dw]{{0,2}}$")
"""`In dem Papier ist von „…“ die Rede`: what stands before the quotation, if `TALK` stands behind it."""

SOURCE = (re.compile(rf".*(?P<cue>A)d?(?P<who>{ANY})"), re.compile(rf".*(?P<who>{ANY})(?P<cue>Z)"))
"""`According to the suit`, the last one of the sentence."""
SAID_THERE = re.compile(rf"(?:,[^.Cq?,]{{1,25}})?,(?:[RXGO],)?(?P<who>{STRONG}){SET_OFF}a*(?P<cue>C)[^,;kCr]*[:,]?$")
"""What the source tells that another said (`According to the suit, Lee told them to “…”`): that one is quoted."""
SAID_BY_SOURCE = re.compile(rf"(?<!p)(?P<who>[NTRP]),Ad?{ANY}(?:p[dw]{{0,2}}{ANY})?,a*(?P<cue>C)[^,;kCr]*[:,]?$")
"""The same where the source stands between (`Lee, according to the suit, called them “…”`)."""
QUOTED = (
    re.compile(rf"[Ccw](?P<who>{ANY})(?:p[dw]{{0,2}}{ANY}|,[^.Cq?,]{{1,25}},)?(?P<cue>Q)"),
    re.compile(rf"(?P<who>{ANY}){SET_OFF}a+C{COMPLEMENT}(?P<cue>Q)"),
)
"""`The agency quoted the minister as saying`, `The minister was quoted by the agency as saying`."""
SAID_WITHIN = re.compile(
    rf"(?<!p){ANY}{SET_OFF}a*[Cc][^.Cc:;?q]{{0,8}}?(?<![pA])(?<![pA][dw])(?P<who>[NTRGPO]){SET_OFF}(?:,?r(?=a*C))?"
    rf"(?:p[dw]{{0,2}}{ANY}|[wa]){{0,4}}?(?P<cue>C)(?!a)(?:r|p?d?{ANY}[kr]?)?[^kCcr.,:;?q]{{0,12}}[,:]?$"
)
"""`Holm claimed Pike told her that she was`: who speaks in what another says. Not in `said what Pike said was`."""
AGENT = re.compile(rf"(?P<cue>U)pd?(?P<who>{ANY})[^.?CcA]*$")
"""`The mayor was told by her deputy that`."""
AGENT_BEHIND = re.compile(rf"{BEHIND}(?P<by>p)d?(?P<who>[NTRGPO])")
"""The same behind a quotation that ends a clause in the `PASSIVE`: `Lee was called “a witch” by her deputy`."""
PASSIVE = re.compile(r"V[pk]?[dw]{0,2}$")
TOLD = rf"(?P<who>{ANY})(?:,(?P<apposed>{ANY})?[^.Cq?,]{{0,25}},)?a*[UV]"
HEARERS = (re.compile(rf"{TOLD}[^.?CcAQ]*$"), re.compile(rf"{BEHIND}a*{TOLD}(?![^.q]*[QC])"))
"""Who was told or asked it, or of whom it was said, before the quotation and behind it."""
OBJECT = re.compile(rf"(?P<who>w)a*C[aw]{{0,2}}d?{ANY}[^.?CcAQ]*$")
"""The same by the case, with the subject behind the verb: `Министру ответил сосед`."""
OPENING_OBJECT = re.compile("^(?P<who>w)")
"""The same without a verb of saying: `Судью ругать не стал`."""
FRONTED_OBJECT = re.compile(rf"(?:^|[,;k])a*p(?P<who>{ANY})a*C[aw]{{0,2}}d?{ANY}[^.?CcAQ]*$")
"""The same where the verb stands second: `Dem Minister sagte ein Bauer`, `Mit dem Minister sagte …`."""
INTRODUCED = re.compile("C[^.Cq?;]{0,8}:$")
"""A verb of saying and a colon: `Lee wrote in a letter:`."""
COLON = re.compile(rf"(?P<who>{ANY}):$")
LABEL = re.compile(r"^(?P<who>T):$")
"""`Mayor Ann Lee:` at the beginning of a paragraph."""
TOPIC_LABEL = re.compile(r"^tw*:$")
"""`On the budget:` there."""

SUBJECT_OF_CUE = (
    re.compile(r"(?<![pd])(?<![pd]w)(?P<who>T)a*(?P<cue>C)$"),
    re.compile(rf"{SUBJECT_AND_CUE}$"),
    re.compile(rf"(?P<who>{STRONG})a*(?P<cue>C)$"),
    re.compile(rf"(?<!p)(?P<who>X){PHRASE}{{0,6}}?(?P<cue>C)$"),
)
"""A clause up to its cue word, and its subject."""
ABSOLUTE = re.compile(rf"p(?P<who>{STRONG})a*(?P<cue>c)$")
"""A participle with a subject of its own: `with Lee saying`."""
COORDINATED = re.compile(r"[,k]a*C$")
"""A verb that goes on with the subject of the one before: `Lee left and said`."""
APPOSED = re.compile(r"[NTRXO],[NTRX](?:p[dw]{0,2}[NTOXG])?,a*C$")
"""A subject with its apposition before the verb, which is its own."""
FRONTED = re.compile(rf"(?:^|[,;k])a*p[^.,:;qCc]{{1,8}}(?P<cue>C)(?P<who>{ANY})$")
"""The verb stands second, what opens the clause is no subject: `Nach dem Treffen mit Roth sagte der Minister`."""
OBJECT_FIRST = re.compile(r"(?:^|[,;k])a*X(?P<cue>C)(?P<who>P)$")
"""The same where a thing opens the clause and a pronoun stands behind the verb: `Die Wahl nannte er`."""
INVERTED = re.compile(rf"(?:^|[,q?\-])a*(?P<cue>C)(?P<who>{ANY})")
"""A verb that opens its clause, and its subject behind it."""
INVERTED_LATER = re.compile(rf"^k?[a,]*(?P<cue>C)a{{0,2}}{ADJUNCT}(?P<who>[NTORG])(?=,?[kr:]|$)")
"""The same with an adjunct between: `Explicó por teléfono la ministra que`."""
IN_DOCUMENT = re.compile(r"p(?P<who>D)[^.Cc]{0,6}(?P<cue>C)")
"""`In the letter it says`."""

SAYING = re.compile(SUBJECT_AND_CUE)
"""A subject and its verb of saying anywhere."""
SUBJECTS = (re.compile(rf"(?<![pdA])(?P<who>{STRONG})"), re.compile(r"(?<![pdA])(?P<who>X)"))
"""Subjects of whatever verb, better ones first."""
SENTENCE_STOP = re.compile("[.?]")
