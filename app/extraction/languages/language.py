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


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """The closed word classes that the rules of attribution stand on, folded.

    A list that a data file leaves out is empty.
    """

    # The language and how it is written.
    code: str
    """ISO 639-1."""
    name: str
    """In English."""
    measured: bool
    """Has it been measured how well quotes are found and attributed in it?"""
    capitalizes_nouns: bool = False
    """Are all nouns written with a capital, as names are?"""
    elides: bool = False
    """Are small words tied to the next one by an apostrophe (`l'agence`)?"""
    articles: bool = True
    """Does a determiner tell that a noun means somebody known already? Else a bare noun may, too."""
    capitalized: frozenset[str]
    """Words that a capital makes no names, be it from their sentence or their own (`Monday`)."""
    abbreviations: frozenset[str]
    """Words whose full stop ends no sentence."""
    compounds: bool = False
    """Are nouns written together with what narrows them, so that a word ends with its head noun
    (`Umweltministerin`)?"""

    short_nouns: frozenset[str] = frozenset()
    """Short ones that end few other words (`Sparkassenchef`)."""

    # How speech is set.
    incises: bool = False
    """Does narration stand inside the marks (`«A, — said B, — C»`)?"""
    dialogue: str = ""
    """What sets narration off in a line of speech that a dash opens: a dash (`-`), a comma (`,`), both (`,-`); empty
    where speech is not set so."""
    topics: frozenset[str] = frozenset()
    """Prepositions before what a quotation is about (`On the budget: “…”`)."""
    titling: frozenset[str] = frozenset()
    """Nouns straight before the title of something (`the theme “…”`)."""

    # Words that report.
    cues: frozenset[str]
    """Verbs of saying (`said`)."""
    cue_phrases: frozenset[tuple[str, ...]] = frozenset()
    """Words that report speech together (`zeigte sich`)."""
    sources: frozenset[tuple[str, ...]]
    """What leads to a source without a verb (`according to`)."""
    afterthoughts: frozenset[str]
    """What follows such a source (German `zufolge`)."""
    views: frozenset[str] = frozenset()
    """Prepositions that name whose view a sentence tells, where they open it (`Pour la ministre, …`)."""
    quoted: frozenset[tuple[str, ...]] = frozenset()
    """What follows whom another quotes (`as saying`), be it one of the `objects`."""
    backward: frozenset[tuple[str, ...]] = frozenset()
    """What leads from the beginning of a sentence back to a quotation before it (`Об этом | сообщил министр`)."""
    quoting: frozenset[str] = frozenset()
    """Verbs that have the source for their object (`zitierte das Blatt den Minister`), be it one of the `objects`."""
    reading: frozenset[str] = frozenset()
    """Cue words of who reads: their source is the text."""
    asking: frozenset[str] = frozenset()
    """Verbs of asking: whom one asks (`asked the mayor whether`) answers next."""
    continuing: frozenset[str] = frozenset()
    """Verbs of going on to speak: who does so in a line of dialogue has spoken in the one before (`—Y ya —añadió`)."""
    recalling: frozenset[str] = frozenset()
    """Verbs of remembering, whose object speaks in a participle behind it (`recalled Lee saying`)."""
    unsaid: frozenset[str] = frozenset()
    """Verbs that tell of nothing said, of thinking and of what should be: in `Hay said Lee felt “lost”` Hay speaks."""
    agencies: frozenset[str] = frozenset()
    """Bodies that quote others, where only the case tells who is quoted."""
    free_verbs: bool = False
    """Is any verb straight behind a quotation and before its subject one of saying (`« … », élude le maire`)?"""
    subjunctives: frozenset[str] = frozenset()
    """Forms of verbs that tell, with no verb of saying beside them, that somebody said so (`Die Lage sei ernst`)."""
    infinitive_endings: tuple[str, ...] = ()
    """Of infinitives that tell what was said next (`Et de conclure : « … »`, `avant d'ajouter : « … »`)."""
    participle_endings: tuple[str, ...]
    """A cue word with one of these is a participle (`saying`), which has the subject of its sentence."""
    past_endings: tuple[str, ...] = ()
    """A cue word with one of these is a verb of saying behind one of the `auxiliaries` only, and none behind `passives`
    (`è stato detto`)."""
    auxiliaries: frozenset[str] = frozenset()
    """Verbs before a participle that make a tense of it (`ha`)."""
    passives: frozenset[str] = frozenset()
    """Auxiliaries of the passive."""
    agents: frozenset[str] = frozenset()
    """What leads to whom a passive came from (`by`)."""
    noun_markers: frozenset[str] = frozenset()
    """A cue word behind one of these is a noun (`in risposta`)."""
    cue_nouns: frozenset[str] = frozenset()
    """Cue words that are nouns behind any determiner (`la replica`)."""
    cue_adjectives: frozenset[str] = frozenset()
    """Cue words that are adjectives behind a role (`procuratore aggiunto`)."""

    # The sentence.
    verb_second: bool = False
    """Does the subject stand behind the verb wherever something else opens the clause (`Nach dem Treffen sagte er`)?"""
    drops_subjects: bool = False
    """May a verb stand without its subject (`ha detto`)?"""
    impersonal_endings: tuple[str, ...] = ()
    """Of verbs that need no subject where a body speaks (`сообщили в ведомстве`)."""
    between: frozenset[str]
    """Words that stand between a subject and its verb."""
    adverb_endings: tuple[str, ...]
    """Endings of further such words (`-ly`)."""
    locatives: frozenset[str] = frozenset()
    """Prepositions behind which a name that nothing tells to be a person's is a place's (`in`)."""
    openers: frozenset[str]
    """Conjunctions and other words that open a clause."""
    conjunctions: frozenset[str] = frozenset()
    """Those that join names which may share a surname (`and`)."""
    prepositions: frozenset[str]
    fused: frozenset[str]
    """Prepositions that hold an article (`del`)."""
    determiners: frozenset[str]
    determiners_inflect: bool = False
    """Does one determiner serve several genders, by case (`der`)?"""
    indefinites: frozenset[str]
    """Words before a noun that leave open who is meant, or speak of somebody new (`a`, `another`)."""
    oblique: frozenset[str] = frozenset()
    """Determiners that lead no subject (`den Minister`)."""
    genitives: frozenset[str] = frozenset()
    """Those of a genitive, which belongs to the noun before it (`des`)."""
    owners: frozenset[str] = frozenset()
    """Prepositions between a role and the person whose it is (`der Anwalt von Ida Kern`)."""
    ambiguous: frozenset[str] = frozenset()
    """Determiners that are prepositions, too (`disse a jornalistas`)."""
    genders: Mapping[str, str] = field(default_factory=dict)
    """What a determiner says of a subject it leads (`der` m, `die` f); what a role itself tells comes first."""

    # Pronouns.
    pronouns: Mapping[str, str]
    """Their genders: `m`, `f`, `n` (a thing), `p` (several), `s` (the writer) or `u` (a person, gender not told)."""
    objects: Mapping[str, str] = field(default_factory=dict)
    """Pronouns for whom another quotes, by gender (`him`)."""
    indefinite_pronouns: frozenset[str] = frozenset()
    """Those that leave open who is meant, all by themselves (`someone`)."""
    possessives: frozenset[str] = frozenset()
    """They name somebody by another person (`his`); where they are pronouns, too, the noun behind them tells
    (`её лидер`)."""
    possessors: Mapping[str, str] = field(default_factory=dict)
    """Possessives of a third person, by the owner's gender as in `pronouns`."""
    latters: Mapping[str, str] = field(default_factory=dict)
    """Phrases for the person named last (`quest'ultimo`), their words joined by `_`."""
    clause_endings: tuple[str, ...] = ()
    """Of participles that open a clause behind their noun, as relative pronouns do (`пенсионер, потерявший дом`)."""
    relatives: frozenset[str]
    personal_relatives: frozenset[str] = frozenset()
    """Those of the `relatives` that stand for persons alone (`who`)."""
    enclitics: frozenset[str] = frozenset()
    """Subjects tied to their verb with a hyphen (`explique-t-il`)."""
    clitics: frozenset[str] = frozenset()
    """Determiners that are object pronouns, too (`la définit`): a cue word behind another determiner or behind a
    preposition is a noun (`une annonce`)."""
    addressing: frozenset[str] = frozenset()
    """Prepositions, with fused articles, before whom somebody speaks to and hardly anybody who speaks (`a Gil`)."""
    datives: frozenset[str] = frozenset()
    """Other object pronouns (`lui répond`)."""
    accusatives: frozenset[str] = frozenset()
    """Object pronouns for what is said (`lo dijo`)."""

    # Nouns for who speaks.
    titles: Mapping[str, str]
    """Nouns that stand before a name, by gender as in `pronouns`."""
    roles: frozenset[str]
    """Nouns for a person's office or trade."""
    hypernyms: frozenset[str]
    """Roles that fit holders of many offices (`leader`)."""
    broader: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By which other words the holder of an office is called (`the magistrate` of a judge)."""
    altering: frozenset[str] = frozenset()
    """Words before an office that make another one of it (`deputy mayor`)."""
    former: frozenset[str] = frozenset()
    """Words before an office that was held before (`ancien`): it counts as the one with the prefix `ex-`."""
    epithets: frozenset[str] = frozenset()
    """Roles by which the news calls a person it has told of before, whatever the office: by trade, party, country (`the
    singer`, `der Finne`)."""
    strangers: frozenset[str] = frozenset()
    """Roles of people met by the way (`a passer-by`), who are nobody named before unless the article says so."""
    persons: Mapping[str, str] = field(default_factory=dict)
    """Roles by their gender."""
    demonyms: Mapping[str, str] = field(default_factory=dict)
    """Persons only straight behind a determiner (`le Suédois`)."""
    person_endings: tuple[str, ...] = ()
    """Of nouns that are persons for certain (German `-erin`); some, like `demonyms`, behind a determiner only (`la
    romancière`)."""
    things: frozenset[str] = frozenset()
    """Words with one of the `person_endings` that are no persons."""
    epicenes: frozenset[str] = frozenset()
    """Roles of one gender for everybody (`la vittima`)."""
    common_masculine: bool = False
    """Do masculine determiners stand before women's titles, too (`il presidente`)?"""
    ages: frozenset[str] = frozenset()
    """What follows a number of years in a word joined by a hyphen (`year-old` in `61-year-old`)."""
    becoming: frozenset[str] = frozenset()
    """Verbs of which an office that their subject holds is the predicate (`became mayor`)."""
    portfolios: frozenset[str] = frozenset()
    """Words that tell one office of a kind from another (`justice` from `health minister`)."""
    families: frozenset[str] = frozenset()
    """Words for several of one family (`couple`, `brothers`)."""
    kin: frozenset[str] = frozenset()
    """Words for kin who may be either of the two (`cousin`)."""
    elders: frozenset[str] = frozenset()
    """Words for the elder of two of one name, adjectives and kin (`elder`, `father`)."""
    juniors: frozenset[str] = frozenset()
    """Words for the younger."""
    documents: frozenset[str]
    """Nouns for what can be read aloud."""
    groups: frozenset[str]
    """Nouns for several people."""
    organizations: frozenset[str]
    """Nouns for bodies that speak."""
    nouns: frozenset[str] = frozenset()
    """Every listed noun and title; put together from the other lists."""

    # The noun's phrase.
    postmodifies: bool = False
    """Do nouns stand before what describes them, so that the first noun of a phrase is its head?"""
    preposed: frozenset[str] = frozenset()
    """Words that stand before it all the same (`ex`)."""
    complements: frozenset[str] = frozenset()
    """Prepositions that lead to what belongs to a noun (`el ministro de Exteriores`)."""
    fields: frozenset[str] = frozenset()
    """Prepositions that lead to the field in the name of a body (`Institute for Justice`)."""
    institutions: frozenset[str] = frozenset()
    """Bodies that are so named, where every noun has a capital; all bodies where it is empty."""
    adjective_endings: tuple[str, ...] = ()
    """Of an adjective behind its noun (`le ministre béninois`)."""
    prefixes: frozenset[str] = frozenset()
    """They make offices of offices, joined to them (`exalcaldesa`, `vice-presidente`)."""

    # Names.
    given: frozenset[str] = frozenset()
    """Other words that are given names, too (`May`, `Dean`)."""
    double_surnames: bool = False
    """Do people bear two surnames and are called by the first (`García` of Ana García Rey)?"""
    particles: frozenset[str]
    """Small words inside names (`de`, `van`)."""
    patronymics: tuple[str, ...] = ()
    """Endings of names that follow a given name and are no surname (`Юрий Львович`)."""
    honorifics: frozenset[str] = frozenset()
    """Nouns before a name that tell no role (`Mr.`)."""
    postnominals: frozenset[str] = frozenset()
    """Letters behind a name (`Anna Creed MP`)."""
    mastheads: frozenset[str] = frozenset()
    """Nouns that a capital behind an article makes the name of a paper, not a surname (`La Gaceta`, `Le Monde`)."""
    article_tells_body: bool = False
    """Is what an article with a capital leads within a sentence a body (`O Globo`)? Elsewhere surnames have articles of
    their own (`La Russa`, `Le Bihan`)."""
    place_endings: tuple[str, ...] = ()
    """Of adjectives made of places, with a capital (`Frankfurter`)."""
    name_adjectives: tuple[str, ...] = ()
    """Endings of adjectives made of names, which are no part of the name behind them (`Texas-based`)."""

    # Inflection. The lists of nouns hold nominatives in the singular (`groups` in the plural); all other forms of the
    # file `*.forms` beside join them, and plurals of roles join the groups.
    morphology: str = ""
    """The dictionary that a language names which inflects its nouns."""
    lemmas: Mapping[str, str] = field(default_factory=dict)
    """The office that a word for it counts as (`Sen.`, `senator`), the nominative of each form of a listed noun."""
    governs: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The cases of what stands behind a preposition or the noun of a source."""

    def reports(self, word: str, before: str) -> bool:
        """Is this folded word a verb of saying, seeing the folded word before it?"""
        if word not in self.cues or before in self.noun_markers:
            return False
        is_noun = word in self.cue_nouns and before in self.determiners
        return not (is_noun or (word in self.cue_adjectives and before in self.roles))

    def uncapitalized(self, phrase: str) -> str:
        """The phrase with a leading determiner in small letters, as it would stand within a sentence."""
        elided, apostrophe, _ = fold(phrase).partition("'")
        if apostrophe and elided + apostrophe in self.determiners:
            return phrase[0].lower() + phrase[1:]
        first, _, rest = phrase.partition(" ")
        return f"{first.lower()} {rest}" if rest and fold(first) in self.determiners else phrase

    def noun_of(self, word: str) -> str:
        """The folded word; of a compound that no list holds, the listed noun that it ends with."""
        if not self.compounds or word in self.nouns or word in self.capitalized:
            return word
        shortest = max(SHORTEST_MODIFIER, len(word) - LONGEST_NOUN)
        ends = [word[cut:] for cut in range(shortest, len(word))]
        longer = (end for end in ends if len(end) >= SHORTEST_NOUN and end in self.nouns)
        return next(longer, None) or next((end for end in ends if end in self.short_nouns), word)


def fold(word: str) -> str:
    """The form in which words are looked up: lower case, one kind of apostrophe."""
    return word.lower().replace("’", "'")
