"""Texts to measure with: any number of different pages, of sentences written for this and people who do not exist."""

from __future__ import annotations

import random

FIRST = [
    "Marit",
    "Henrik",
    "Tove",
    "Jonas",
    "Elena",
    "Paolo",
    "Ines",
    "Viktor",
    "Amara",
    "Rafael",
    "Noor",
    "Stellan",
    "Bianca",
    "Tomasz",
    "Greta",
    "Oskar",
]
LAST = [
    "Solheim",
    "Aalund",
    "Lindqvist",
    "Ferrante",
    "Bertacchi",
    "Rinaudo",
    "Okonjo",
    "Halvorsen",
    "Castellan",
    "Drozd",
    "Vasquez",
    "Ekberg",
    "Moreau",
]
ROLES = ("Finance Minister", "harbour master", "union leader", "Mayor", "professor of hydrology", "opposition leader")
PLACES = ["Skarvik", "Norhaven", "Veldmark", "Valmora", "Ostrand", "Kelby", "Brunnsee", "Tarifa"]
OPENINGS = (
    "“{claim} before the {season} is over,” {role} {name} said in {place} on {day}.",
    "{role} {name} told a meeting in {place} that the plan was “{judgement}” and asked for another vote.",
    "According to {name}, {role} in {place}, “{claim} whatever it costs.”",
)
SEQUELS = (
    "“{claim},” {last} added. “{claim_too}.”",
    "“{claim_too} and nobody should be surprised,” the {role} explained.",
    "Asked about {place}, {last} replied: “{claim}.”",
    "The talks had cost {number} million crowns and filled {number_too} pages, the council of {place} reported.",
    "Some {number} people waited at the station of {place} while it rained for {number_too} days.",
    "The bridge of {place}, closed since {day}, carries {number},{number_too}00 vehicles in an ordinary month.",
)
CLAIMS = (
    "We will rebuild the wall of {place}",
    "There is no money left for {number} new boats",
    "The people of {place} have waited for {number} years",
    "I signed the paper on {day}",
    "Nobody asked the {number} families who live there",
)
JUDGEMENTS = ("a bill without an address", "the best of {number} bad ideas", "too late for {place}")
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
SEASONS = ["winter", "spring", "summer", "autumn"]


def page(number: int, length: int) -> str:
    """A news page of just that many characters; another number makes another page."""
    draw = random.Random(number)
    paragraphs, size = [f"Talks in {draw.choice(PLACES)} enter round {number}"], 0
    while size < length:
        paragraphs.append(_paragraph(draw))
        size = len("\n\n".join(paragraphs))
    return "\n\n".join(paragraphs)[:length]


def line(length: int) -> str:
    """Prose with quotations that stands on one line."""
    return page(1, length).replace("\n", " ")


def _paragraph(draw: random.Random) -> str:
    last = draw.choice(LAST)
    facts = {"name": f"{draw.choice(FIRST)} {last}", "last": last, "role": draw.choice(ROLES)}
    sentences = [draw.choice(OPENINGS), *draw.sample(SEQUELS, 2)]
    return " ".join(sentence.format(**facts, **_details(draw)) for sentence in sentences)


def _details(draw: random.Random) -> dict[str, str | int]:
    plain = {"place": draw.choice(PLACES), "day": draw.choice(DAYS), "season": draw.choice(SEASONS)}
    numbers = {"number": draw.randrange(2, 99), "number_too": draw.randrange(2, 9)}
    claim, claim_too = (text.format(**plain, **numbers) for text in draw.sample(CLAIMS, 2))
    judgement = draw.choice(JUDGEMENTS).format(**plain, **numbers)
    return {**plain, **numbers, "claim": claim, "claim_too": claim_too, "judgement": judgement}
