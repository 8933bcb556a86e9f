"""Made-up quotes, each with what editors make of it and with what somebody else could have said in nearly its words.

    python -m tests.utterances.edited_pairs

prints how many of the edits are joined to their quote, and how many of the others, by sort.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from app.utterances.likeness import LEAST, likeness
from app.utterances.signatures import bands
from app.utterances.wording import wording


@dataclass(frozen=True)
class Said:
    """A quote; a word of it and another one for it; and quotes that say something else."""

    text: str
    word: str
    another: str
    others: tuple[str, ...]


QUOTES = [
    Said(
        "The harbour will stay open this winter, whatever it costs the town.",
        "stay",
        "remain",
        (
            "The harbour will not stay open this winter, whatever it costs the town.",
            "The harbour will stay shut this summer, whatever it costs the town.",
            "The airport will stay open this autumn, whatever it costs the region.",
        ),
    ),
    Said(
        "We have waited two winters for this ferry and we will not wait for a third one.",
        "waited",
        "queued",
        (
            "We have waited two winters for this ferry and we will wait for a third one.",
            "We have waited two winters for this doctor and we have never seen him yet.",
        ),
    ),
    Said(
        "I told the council in March that the bridge needs 40 million, and nobody listened.",
        "council",
        "committee",
        (
            "I told the council in March that the bridge needs 60 million, and nobody listened.",
            "I told the council in March that the school needs a roof, and everybody listened.",
        ),
    ),
    Said(
        "Nobody in this government has ever asked the islands what they want.",
        "asked",
        "told",
        (
            "Somebody in this government has ever asked the islands what they want.",
            "Nobody in this government has ever seen the islands in winter.",
        ),
    ),
    Said(
        "Our fishermen know the ice better than any ministry does, and they say that it is too thin to cross.",
        "better",
        "longer",
        (
            "Our fishermen know the ice better than any ministry does, and they say that it is thick enough by now.",
            "Our farmers know the soil better than any minister, and they say that it is too wet to plough.",
        ),
    ),
    Said(
        "If the mill closes, three hundred families in Norrvik will have to leave the valley.",
        "closes",
        "shuts",
        (
            "If the mill closes, three hundred families in Sundvik will have to leave the valley.",
            "If the mill stays, three hundred families in Norrvik will be able to keep their houses.",
        ),
    ),
    Said(
        "I have no plans to resign, and I have told the party so this morning.",
        "party",
        "cabinet",
        (
            "I have plans to resign, and I have told the party so this morning.",
            "I have no plans to run again, and I told the voters so last year.",
        ),
    ),
    Said(
        "The report is wrong from its first page to its last one, and its author knows that very well.",
        "wrong",
        "false",
        (
            "The report is right from its first page to its last one, but its author has no idea why.",
            "The budget is wrong from its first line to its last, and the mayor should say so.",
        ),
    ),
    Said(
        "We will rebuild every house that the storm has taken from the people of the coast, every single one of them.",
        "storm",
        "flood",
        (
            "We will rebuild every road that the army has taken from the people of the north, every single mile of it.",
            "We will not rebuild every house that the storm has taken from the people of the coast.",
        ),
    ),
    Said(
        "My grandmother ran this shop for fifty years without a single day of holiday.",
        "shop",
        "bakery",
        (
            "My grandmother ran this shop for sixty years without a single loan from the bank.",
            "My father ran this farm for fifty years without a day of sickness.",
        ),
    ),
    Said(
        "It is diesel, it is sleep and it is money that this detour costs us, week after week.",
        "detour",
        "closure",
        (
            "It is water, it is soil and it is time that this harvest costs us, year after year.",
            "It is neither diesel nor sleep nor money that this detour costs us, week after week.",
        ),
    ),
    Said(
        "The court has spoken, and I expect everyone in this town to respect its decision.",
        "town",
        "city",
        (
            "The court has spoken, and I expect nobody in this town to respect its decision.",
            "The voters have spoken, and I expect the court to respect what they decided.",
        ),
    ),
    Said(
        "Wir werden den Hafen in diesem Winter offen halten, koste es die Stadt, was es wolle.",
        "halten",
        "lassen",
        (
            "Wir werden den Hafen in diesem Winter nicht offen halten, koste es die Stadt, was es wolle.",
            "Wir werden die Schule in diesem Sommer neu bauen, koste es das Land, was es wolle.",
        ),
    ),
    Said(
        "Nous attendons ce bateau depuis deux hivers, et nous ne voulons plus attendre un jour de plus.",
        "voulons",
        "pouvons",
        (
            "Nous attendons ce médecin depuis deux ans, et personne ne nous a répondu.",
            "Nous attendons ce bateau depuis 3 hivers, et nous ne voulons plus attendre un jour de plus.",
        ),
    ),
    Said(
        "Il porto resterà aperto tutto l’inverno, qualunque cosa costi alla nostra città.",
        "aperto",
        "agibile",
        (
            "Il porto non resterà aperto tutto l’inverno, qualunque cosa costi alla nostra città.",
            "Il mercato resterà chiuso tutta l’estate, qualunque cosa dica il nostro sindaco.",
        ),
    ),
    Said(
        "Мы ждём этот паром уже две зимы и больше ждать не будем, что бы нам ни обещали.",
        "обещали",
        "говорили",
        (
            "Мы ждём этот паром уже две зимы и будем ждать дальше, что бы нам ни обещали.",
            "Мы строим этот мост уже три года и скоро закончим, что бы о нас ни писали.",
        ),
    ),
]
TRANSLATIONS = [
    ("The harbour will stay open this winter, whatever it costs the town.", QUOTES[12].text),
    ("We have been waiting for this boat for two winters, and we do not want to wait a day longer.", QUOTES[13].text),
    ("The harbour will stay open all winter, whatever it costs our town.", QUOTES[14].text),
    ("We have waited for this ferry for two winters and will wait no longer.", QUOTES[15].text),
]


def edits(said: Said) -> dict[str, str]:
    """What editors make of a quote, by sort."""
    words = said.text.split()
    half, third = len(words) // 2, len(words) // 3
    return {
        "marks and capitals": said.text.replace("’", "'").replace(",", " –").rstrip(".").upper(),
        "a word changed": said.text.replace(said.word, said.another),
        "a word left out": " ".join((*words[:half], *words[half + 1 :])),
        "a letter lost": said.text.replace(said.word, said.word[:-2] + said.word[-1:]),
        "a word in brackets": " ".join((*words[:half], f"[{said.another}]", *words[half + 1 :])),
        "an ellipsis": " ".join((*words[:third], "…", *words[third + 2 :])),
        "the last third cut": " ".join(words[: len(words) - third]),
        "more before it": f"Let me say this once. {said.text}",
        "two words changed": " ".join((*words[:third], "truly", *words[third:])).replace(said.word, said.another),
    }


def is_joined(one: str, other: str) -> bool:
    """Whether two quotes of one speaker are joined: they meet in a band, and are alike enough."""
    first, second = wording(one), wording(other)
    meet = first.words == second.words or not set(bands(first.words)).isdisjoint(bands(second.words))
    return meet and likeness(first, second) >= LEAST


def table() -> list[tuple[str, str, str, bool]]:
    """The pairs, each with its sort and whether both are one quote."""
    same = [(said.text, edited, sort, True) for said in QUOTES for sort, edited in edits(said).items()]
    near = [(said.text, other, "nearly the same words", False) for said in QUOTES for other in said.others]
    apart = [(*pair, "a translation", False) for pair in TRANSLATIONS]
    others = [
        (one.text, other.text, "other words", False)
        for place, one in enumerate(QUOTES)
        for other in QUOTES[place + 1 : place + 4]
    ]
    return [*same, *near, *apart, *others]


def main() -> None:
    """Print the figures."""
    pairs = [(sort, is_same, is_joined(one, other)) for one, other, sort, is_same in table()]
    joined = Counter((sort, is_same) for sort, is_same, found in pairs if found)
    for (sort, is_same), many in Counter((sort, is_same) for sort, is_same, _ in pairs).items():
        print(f"{'same ' if is_same else 'other'}  {sort:24} {joined[sort, is_same]:3} of {many:3} joined")
    right = sum(is_same and found for _, is_same, found in pairs)
    print(f"{len(pairs)} pairs: precision {right / joined.total():.3f}, ", end="")
    print(f"recall {right / sum(is_same for _, is_same, _ in pairs):.3f}")


if __name__ == "__main__":
    main()
