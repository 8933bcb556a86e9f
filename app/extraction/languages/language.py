"""What a language's data file tells: its cue words, titles, pronouns and small words.

The words are folded to lower case with `’` as `'`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

SHORTEST_NOUN = 5
"""Letters of a noun that a compound may end with: shorter ones end too many words by chance."""
LONGEST_NOUN = 24
SHORTEST_MODIFIER = 3
"""Letters of a compound before its last noun."""


@dataclass(frozen=True, slots=True)
class Language:
    """The closed word classes that the rules of attribution stand on.

    `cues` report speech (`said`); `sources` lead to a source without a verb (`according to`); `afterthoughts` follow it
    (German `zufolge`), `quoted` phrases follow whom another quotes (`as saying`), be it one of the `objects`, pronouns
    by gender (`him`). `topics` are prepositions before what a quotation is about (`On the budget: “…”`). `pronouns` map
    to `m`, `f`, `n` (a thing), `p` (several), `s` (the writer) or `u` (a person, gender not told). `roles` are nouns
    for a person's office or trade, `hypernyms` those of them that fit holders of many offices (`leader`), `documents`
    for what can be read aloud, `groups` for several people, `organizations` for bodies that speak. `between` are words
    that stand between a subject and its verb; `fused` are prepositions that hold an article (`del`). `incises` tells
    that narration stands inside the marks (`«A, — said B, — C»`), `dialogue` what sets it off in a line of speech that
    a dash opens: a dash (`-`), a comma (`,`), both (`,-`); empty where speech is not set so. `drops_subjects` tells
    that a verb may stand without its subject (`ha detto`), `compounds` that nouns are written together with what
    narrows them, so that a word ends with its head noun (`Umweltministerin`).

    `honorifics` are nouns before a name that tell no role (`Mr.`), `titling` those straight before the title of
    something (`the theme “…”`). `postnominals` are letters behind a name (`Anna Creed MP`).
    `name_adjectives` end adjectives made of names, which are no part of the name behind them (`Texas-based`).
    `patronymics` end names that follow a given name and are no surname (`Юрий Львович`).
    `given` words are given names, too (`May`, `Dean`).
    `personal_relatives` are those of the `relatives` that stand for persons alone (`who`).
    `conjunctions` join names that may share a surname (`and`). `elders` are words for the elder of two of one name,
    adjectives and kin (`elder`, `father`), `juniors` those for the younger, `kin` words for kin of either.
    `lemmas` leads from words for one office to the one they count as (`Sen.`, `senator`).

    `prefixes` make offices of offices, joined to them (`exalcaldesa`, `vice-presidente`). `broader` tells by
    which other words the holder of an office is called (`the magistrate` of a judge). `latters` are phrases for the
    person named last (`quest'ultimo`), their words joined by `_`.

    `possessives` name somebody by another person (`his`); where they are pronouns, too, the noun behind them tells
    (`её лидер`). `possessors` are those of a third person, by the owner's gender as in `pronouns`. `epithets` are roles
    by which the news calls a person it has told of before, whatever the office: by trade, party, country (`the singer`,
    `der Finne`), `strangers` those for people met by the way (`a passer-by`), who are nobody named before unless the
    article says so. `indefinite_pronouns` leave open who is meant, all by themselves (`someone`). `ages` follow a
    number of years in a word joined by a hyphen (`year-old` in `61-year-old`). `person_endings` end nouns that are
    persons for certain (German `-erin`). `genders` tells what a determiner says of a subject it leads (`der` m, `die`
    f); what a role itself tells comes first.

    `postmodifies` tells that nouns stand before what describes them, so that the first noun of a phrase is its head;
    `preposed` words stand before it all the same (`ex`). `complements` are the prepositions that lead to what belongs
    to a noun (`el ministro de Exteriores`), `adjective_endings` tell an adjective behind it (`le ministre béninois`).
    `persons` are roles by their gender. `demonyms` are persons only straight behind a determiner (`le Suédois`), as are
    words with `person_endings` (`la romancière`) that are not among `things`. `epicenes` have one gender for everybody
    (`la vittima`); `common_masculine` tells that masculine determiners stand before women's titles, too (`il
    presidente`), `determiners_inflect` that one determiner serves several genders, by case (`der`).

    `enclitics` are subjects tied to their verb with a hyphen (`explique-t-il`), `clitics` the determiners that are
    object pronouns, too (`la définit`), `datives` other object pronouns (`lui répond`), `accusatives` those for what is
    said (`lo dijo`): a cue word behind another determiner or behind a preposition is a noun (`une annonce`), and so is
    one behind one of the `noun_markers` (`in risposta`), one of the `cue_nouns` behind any determiner (`la replica`)
    and one of the `cue_adjectives` behind a role (`procuratore aggiunto`). A cue word with one of the `past_endings` is
    a verb of saying behind one of the `auxiliaries` only, and none behind `passives` (`è stato detto`); `agents` lead
    to whom a passive came from (`by`). `reading` are cue words of who reads: their source is the text. `agencies` are
    bodies that quote others, where only the case tells who is quoted. `views` are prepositions that name whose view a
    sentence tells, where they open it (`Pour la ministre, …`). `free_verbs` tells that any verb straight behind a
    quotation and before its subject is one of saying (`« … », élude le maire`).

    `verb_second` tells that the subject stands behind the verb wherever something else opens the clause (`Nach dem
    Treffen sagte er`). `subjunctives` are forms of verbs that tell, with no verb of saying beside them, that somebody
    said so (`Die Lage sei ernst`). `oblique` determiners lead no subject (`den Minister`). Verbs of `quoting` have the
    source for their object (`zitierte das Blatt den Minister`), be it one of the `objects`. `cue_phrases` report speech
    together (`zeigte sich`).

    A language that inflects its nouns names a `morphology`; its lists of nouns then hold nominatives in the singular
    (`groups` in the plural), all other forms of the file `*.forms` beside join them, plurals of roles join the groups,
    and `lemmas` leads from each form to its nominative. `governs` tells the cases of what stands behind a preposition
    or the noun of a source; `impersonal_endings` those of verbs that need no subject where a body speaks (`сообщили в
    ведомстве`).
    """

    code: str
    name: str
    measured: bool
    cues: frozenset[str]
    sources: frozenset[tuple[str, ...]]
    afterthoughts: frozenset[str]
    pronouns: Mapping[str, str]
    relatives: frozenset[str]
    titles: Mapping[str, str]
    roles: frozenset[str]
    hypernyms: frozenset[str]
    documents: frozenset[str]
    groups: frozenset[str]
    organizations: frozenset[str]
    determiners: frozenset[str]
    indefinites: frozenset[str]
    prepositions: frozenset[str]
    openers: frozenset[str]
    between: frozenset[str]
    particles: frozenset[str]
    fused: frozenset[str]
    capitalized: frozenset[str]
    abbreviations: frozenset[str]
    adverb_endings: tuple[str, ...]
    participle_endings: tuple[str, ...]
    capitalizes_nouns: bool = False
    elides: bool = False
    articles: bool = True
    incises: bool = False
    dialogue: str = ""
    drops_subjects: bool = False
    compounds: bool = False
    possessives: frozenset[str] = frozenset()
    ages: frozenset[str] = frozenset()
    epithets: frozenset[str] = frozenset()
    strangers: frozenset[str] = frozenset()
    indefinite_pronouns: frozenset[str] = frozenset()
    person_endings: tuple[str, ...] = ()
    genders: Mapping[str, str] = field(default_factory=dict)
    possessors: Mapping[str, str] = field(default_factory=dict)

    determiners_inflect: bool = False
    persons: Mapping[str, str] = field(default_factory=dict)
    demonyms: Mapping[str, str] = field(default_factory=dict)
    complements: frozenset[str] = frozenset()
    adjective_endings: tuple[str, ...] = ()
    preposed: frozenset[str] = frozenset()
    things: frozenset[str] = frozenset()
    enclitics: frozenset[str] = frozenset()
    clitics: frozenset[str] = frozenset()
    datives: frozenset[str] = frozenset()
    accusatives: frozenset[str] = frozenset()
    views: frozenset[str] = frozenset()
    free_verbs: bool = False
    postmodifies: bool = False
    epicenes: frozenset[str] = frozenset()
    common_masculine: bool = False
    noun_markers: frozenset[str] = frozenset()
    cue_nouns: frozenset[str] = frozenset()
    cue_adjectives: frozenset[str] = frozenset()
    auxiliaries: frozenset[str] = frozenset()
    passives: frozenset[str] = frozenset()
    agents: frozenset[str] = frozenset()
    past_endings: tuple[str, ...] = ()
    reading: frozenset[str] = frozenset()
    quoted: frozenset[tuple[str, ...]] = frozenset()
    agencies: frozenset[str] = frozenset()
    morphology: str = ""
    impersonal_endings: tuple[str, ...] = ()
    governs: Mapping[str, frozenset[str]] = field(default_factory=dict)
    lemmas: Mapping[str, str] = field(default_factory=dict)
    objects: Mapping[str, str] = field(default_factory=dict)
    topics: frozenset[str] = frozenset()
    verb_second: bool = False
    oblique: frozenset[str] = frozenset()
    quoting: frozenset[str] = frozenset()
    cue_phrases: frozenset[tuple[str, ...]] = frozenset()
    subjunctives: frozenset[str] = frozenset()
    prefixes: frozenset[str] = frozenset()
    broader: Mapping[str, frozenset[str]] = field(default_factory=dict)
    latters: Mapping[str, str] = field(default_factory=dict)
    honorifics: frozenset[str] = frozenset()
    titling: frozenset[str] = frozenset()
    postnominals: frozenset[str] = frozenset()
    name_adjectives: tuple[str, ...] = ()
    patronymics: tuple[str, ...] = ()
    given: frozenset[str] = frozenset()
    personal_relatives: frozenset[str] = frozenset()
    conjunctions: frozenset[str] = frozenset()
    elders: frozenset[str] = frozenset()
    juniors: frozenset[str] = frozenset()
    kin: frozenset[str] = frozenset()
    nouns: frozenset[str] = frozenset()
    """Every listed noun and title."""

    def reports(self, word: str, before: str) -> bool:
        """Is this folded word a verb of saying, seeing the folded word before it?"""
        if word not in self.cues or before in self.noun_markers:
            return False
        is_noun = word in self.cue_nouns and before in self.determiners
        return not (is_noun or (word in self.cue_adjectives and before in self.roles))

    def uncapitalized(self, phrase: str) -> str:
        """The phrase with a leading determiner in small letters, as it would stand within a sentence."""
        first, _, rest = phrase.partition(" ")
        return f"{first.lower()} {rest}" if rest and fold(first) in self.determiners else phrase

    def noun_of(self, word: str) -> str:
        """The folded word; of a compound that no list holds, the listed noun that it ends with."""
        if not self.compounds or word in self.nouns or word in self.capitalized:
            return word
        shortest = max(SHORTEST_MODIFIER, len(word) - LONGEST_NOUN)
        ends = (word[cut:] for cut in range(shortest, len(word) - SHORTEST_NOUN + 1))
        return next((end for end in ends if end in self.nouns), word)


def fold(word: str) -> str:
    """The form in which words are looked up: lower case, one kind of apostrophe."""
    return word.lower().replace("’", "'")
