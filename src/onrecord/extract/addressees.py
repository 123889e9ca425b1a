"""Whom a statement was said to: "told reporters", "said to his brother", "in a letter to the council", "asked by the BBC"."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

from onrecord.codebook.nouns import bodies, matters, offices, people
from onrecord.codebook.small import small_words
from onrecord.codebook.tables import load
from onrecord.extract.cueing import is_told
from onrecord.extract.phrases import PRONOUNS, article_before, phrase_key
from onrecord.records import Article, Entity, Mention, Party, Span, Statement

_TELLING = re.compile(
    r"\b(?:t(?:ell|ells|old|elling)|(?:re)?assur(?:e[sd]?|ing)|inform(?:s|ed|ing)?|remind(?:s|ed|ing)?|notif(?:y|ies|ied|ying)"
    r"|brief(?:s|ed|ing)?)\b",
    re.IGNORECASE,
)
"""Verbs whose object is whom it is said to."""
_ASKING = re.compile(
    r"\b(?:ask(?:s|ed|ing)?|urg(?:e[sd]?|ing)|warn(?:s|ed|ing)?|advis(?:e[sd]?|ing)|promis(?:e[sd]?|ing)|beg(?:s|ged|ging)?"
    r"|implor(?:e[sd]?|ing)|order(?:s|ed|ing)?|instruct(?:s|ed|ing)?|invit(?:e[sd]?|ing)|call(?:s|ed|ing)?\s+(?:up)?on"
    r"|appeal(?:s|ed|ing)?\s+to|thank(?:s|ed|ing)?)\b",
    re.IGNORECASE,
)
"""Verbs whose object may be it: "asked the minister", but "asked a favour"."""
_PASSIVE = re.compile(r"\b(?:was|were|been|being|be|is|are|get|got)\s+(?:\w+ly\s+|also\s+|once\s+)?$", re.IGNORECASE)
_SAYING_TO = re.compile(
    r"\b(?:sa(?:id|ys?|ying)|sp(?:oke|eaks?|oken|eaking)|talk(?:ed|ing|s)?|wr(?:ote|ites?|iting|itten)|complain(?:ed|ing|s)?"
    r"|explain(?:ed|ing|s)?|confess(?:ed|ing|es)?|admit(?:ted|ting|s)?|announc(?:ed|ing|es)|suggest(?:ed|ing|s)?|whisper(?:ed|ing|s)?"
    r"|put(?:\s+it)?|confirm(?:ed|ing|s)?|report(?:ed|ing|s)?|testif(?:ied|ies|ying)|remark(?:ed|ing|s)?|shout(?:ed|ing|s)?)\s+"
    r"(?:(?:later|again|on\s+\w+day|yesterday|briefly)\s+)?(?:to|before)\s+"
)
_SHOUTING_AT = re.compile(
    r"\b(?:shout(?:ed|s|ing)?|scream(?:ed|s|ing)?|yell(?:ed|s|ing)?|hiss(?:ed|es|ing)?|bark(?:ed|s|ing)?) at "
)
_OCCASION = re.compile(
    r"\b(?:in|during|at|through)\s+(?:an?|his|her|its|their|the|this)?\s*(?:[\w’'-]+\s+){0,3}?"
    r"(?:interviews?|letters?|statements?|messages?|speech|address|remarks|comments|conversations?|calls?|talks|briefings?|e-?mails?"
    r"|notes?|testimony|appearance|reply|report|telegram|lecture|chats?)\s+(?:(?:on\s+)?(?:\w+day|yesterday)\s+)?(?:to|with|before)\s+",
    re.IGNORECASE,
)
_WHILE = re.compile(
    r"\b(?:(?:speaking|talking|writing)\s+(?:\w+ly\s+)?(?:to|with|before)|addressing|briefing)\s+", re.IGNORECASE
)
_ASKED_BY = re.compile(
    r"\b(?:asked|questioned|pressed|challenged|interviewed)\s+(?:repeatedly\s+|later\s+)?by\s+", re.IGNORECASE
)

_DETERMINERS = frozenset("the a an his her its their our my this these those some several many both all other".split())
_STOPS = small_words("hearer")
_MONTHS = frozenset(map(str.lower, load().month_names))
_WORD = re.compile(r"\d[\d,.]*\d|[\w$&][\w’'.&-]*[\w’']|[\w$]")
_PRESENT = re.compile(
    r"(?:\s+(?:travell?ing|accompanying|gathered|assembled|waiting|standing))?\s+(?:with|outside|in|at|near|on|for)?"
    r"(?:\s+(?!(?:that|he|she|they|it|on|whether|and)\b)[\w’'-]+){1,3}"
)
_PARTICIPLES = frozenset("travelling traveling accompanying gathered assembled waiting standing".split())
_OF = re.compile(
    r"\s+of\s+(?:the\s+)?(?:(?:[A-Z][\w-]*)(?:\s+[A-Z][\w-]*)*|missing|dead|victims?|hostages|prisoners|house|state)\b(?![’'])"
)
"""What a phrase may have after it: "the Head of State", "the families of the missing"."""
_US = frozenset(
    "me us himself herself itself themselves myself ourselves yourself him her them you it each another".split()
)
LONGEST = 7
"""Words of a phrase that names somebody."""
_THINGS = frozenset(
    "truth lie lies story stories tale tales joke jokes time end questions question favour calm restraint caution review "
    "investigation inquiry probe halt help action talks it way more nothing everything mercy forgiveness permission".split()
)
_TOLD = (offices() | people() | bodies("called", "beside", "members", "aimed")) | frozenset(
    "camps channel channels correspondent correspondents newsmen pressmen "
    "country countries delegation hearing meeting nation nations radio rally side sides station television".split()
)
"""Who may be asked, and where it is done before many."""
_HUMAN = tuple("man woman person men women people mother father parent child children".split())


_BODIES = bodies("members") - {"court", "tribunal"} | {"government", "hearing", "meeting", "team"}
"""What may itself be asked for or promised: "promised a government of all"."""
_SUBJECT = re.compile(
    r"(?:^|[.!?:;,“\"]\s+|\n|\b(?:and|but|that|as|after|when)\s+)(?:(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Tt]heir|[Ii]ts)\s+)?"
    r"(?P<who>(?:[A-Z][\w’'.-]*\s+){0,3}[\w’'-]+(?:\s+[\w’'-]+)?)\s+$"
)
_AND_PLACE = re.compile(r"\b(?:in|at|from|near|of) (?:the )?[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)* and $")
_OTHER_CLAUSE = re.compile(r"[;:?!]|\b(?:and|but|who|which|while|after|before|when|because|that)\b|\.\s")
_SHORT = re.compile(r"(?:Mr|Mrs|Ms|Dr|Gov|Sens?|Reps?|Gen|Lt|Col|Maj|Capt|Rev|Prof|Adm|Sgt|St|[A-Z])$")
_HEADS = re.compile(
    r"^(?:heads?|leaders?|members?|secretary(?:-general)?|secretaries|ministers?|presidents?|famil(?:y|ies)|relatives|mayors?|people|house"
    r"|ministry|council|chief|mothers?|bishops?|archbishop|governors?|speaker|chair(?:man|woman)?)$",
    re.IGNORECASE,
)
_COUNTERPART = re.compile(r"(?:his|her|their|its)\s+(?P<land>[A-Z][\w’'-]*)\s+counterpart$")
_OFFICES = matters() | {"prime", "president"}
_CUT = frozenset({"country", "organization", "place", "work"})
_NAME_GOES_ON = re.compile(r"(?:^|(?<=\s))[A-Z][\w.-]*(?: (?:of|d[aeiou]|de[ils]|della)(?: (?:the|l[aeo]s?))?)? $")
_COMMA = re.compile(r",\s+")


def addressee_of(
    article: Article, statement: Statement, entities: Mapping[str, Entity], mentions: Sequence[Mention]
) -> Party | None:
    """Whom a statement was said to; None where its words do not tell, or only by a pronoun.

    `entities`: by id; `mentions`: linked, in text order. Its name is the entity's, where one is meant, else as printed. Nobody
    addresses himself here.
    """
    if (told := _told_in_passive(article, statement)) is not None:
        return _party(article.text, told, entities, mentions, certain=True)
    for start, certain in _places(article.text, statement, article.sentences):
        phrase = _phrase(article.text, start, _limit(statement, start))
        if phrase is None or any(phrase.overlaps(s) for s in statement.source):
            continue
        if not certain and article.text[phrase.end : phrase.end + 2] in ("'s", "’s"):  # "asked Moscow's leave"
            continue
        party = _counterpart(article.text, phrase, statement, entities, mentions) or _party(
            article.text, phrase, entities, mentions, certain=certain
        )
        if party is not None and not _speaks(party, statement):
            return party
    return None


def _told_in_passive(article: Article, statement: Statement) -> Span | None:
    """Who is told, where nobody is said to tell: "the court" of "The court was told that …"."""
    text, cue = article.text, statement.cue[0]
    if any(s.end <= cue.start for s in statement.source) or not is_told(text, cue):
        return None
    found = _SUBJECT.search(text, max(0, cue.start - 60), cue.start)
    if found and _AND_PLACE.search(text, max(0, found.start("who") - 60), found.start("who")):
        return None  # "teachers in Harrow and | Quell | had been told"
    return Span(*found.span("who")) if found else None


def _places(text: str, statement: Statement, sentences: Sequence[Span]) -> list[tuple[int, bool]]:
    """Where the name of whom it is said to may begin, likeliest first, and whether nothing else can stand there."""
    out: list[tuple[int, bool]] = []
    for cue in statement.cue:
        for verbs, certain in ((_TELLING, True), (_ASKING, False)):
            for verb in verbs.finditer(text, cue.start, cue.end):
                if not _PASSIVE.search(text, max(0, verb.start() - 24), verb.start()):
                    out.append((verb.end(), certain))
        for saying in (_SAYING_TO, _SHOUTING_AT):
            if to := saying.match(text, _last_word(text, cue)):
                out.append((to.end(), False))
    cue = statement.cue[0]
    at = bisect_right(sentences, cue.start, key=lambda s: s.start) - 1
    if at >= 0:
        out += _around(text, sentences[at], cue, statement)
    return out


def _last_word(text: str, cue: Span) -> int:
    start = text.rfind(" ", cue.start, cue.end) + 1
    return max(cue.start, start)


def _around(text: str, sentence: Span, cue: Span, statement: Statement) -> list[tuple[int, bool]]:
    """What the sentence of a cue tells of the occasion, outside the contents, and nearer to it than to another verb."""
    out = []
    for pattern in (_OCCASION, _WHILE, _ASKED_BY):
        for found in pattern.finditer(text, sentence.start, sentence.end):
            if any(c.start < found.end() and found.start() < c.end for c in statement.content):
                continue
            lo, hi = sorted((found.start(), cue.start))
            between = _masked(text, lo, hi, statement.content)
            if _OTHER_CLAUSE.search(between) is None:
                out.append((found.end(), False))
    return out


def _masked(text: str, lo: int, hi: int, contents: Sequence[Span]) -> str:
    """The words between two places outside the contents."""
    out, at = [], lo
    for c in contents:
        if c.start < hi and lo < c.end:
            out.append(text[at : max(at, c.start)])
            at = max(at, c.end)
    return " ".join([*out, text[at:hi] if at < hi else ""])


def _limit(statement: Statement, start: int) -> int:
    """No phrase runs on into the content; one that the content opens with may stand in it."""
    return min((c.start for c in statement.content if c.start > start + 1), default=start + 160)


def _phrase(text: str, start: int, limit: int) -> Span | None:
    """The noun phrase that begins at a place; None where none does."""
    words: list[re.Match[str]] = []
    end = start
    for word in _WORD.finditer(text, start, min(limit, len(text))):
        gap = text[end : word.start()]
        abbreviated = gap.startswith(".") and words and _SHORT.match(words[-1][0])
        if (gap.strip() and not abbreviated) or "\n" in gap or (not gap and words):
            break
        low = word[0].lower()
        if low in _STOPS or (low in _MONTHS and words) or (low in _DETERMINERS and words and low != "other"):
            break
        words.append(word)
        end = word.end()
        if len(words) == LONGEST:
            break
    if words and words[0][0].lower() in ("the", "a", "an"):
        words = words[1:]
    first = words[0][0].lower() if words else ""
    if not words or (first in _US and (first != "her" or len(words) == 1)):
        return None
    end = words[-1].end() - (2 if words[-1][0].endswith(("'s", "’s")) else 0)
    return _lengthened(text, Span(words[0].start(), end), min(limit, len(text)))


def _lengthened(text: str, phrase: Span, limit: int) -> Span:
    """A phrase with the "of" that tells whose ("Head of State"), or with where they are ("reporters travelling with him")."""
    last = phrase.of(text).split()[-1]
    if last in _PARTICIPLES and (more := _PRESENT.match(text, phrase.end, limit)):
        return Span(phrase.start, more.end())
    if _HEADS.search(last) and (more := _OF.match(text, phrase.end, limit)):
        return Span(phrase.start, more.end())
    return phrase


def _party(
    text: str, phrase: Span, entities: Mapping[str, Entity], mentions: Sequence[Mention], *, certain: bool
) -> Party | None:
    words = phrase.of(text)
    if words.lower() in PRONOUNS:
        return None
    named = _named(phrase, mentions) or _beside(phrase, text, mentions)
    if named is not None and named.entity is not None and named.entity in entities:
        entity = entities[named.entity]
        cut = entity.kind in _CUT and _is_piece(text, phrase, named, mentions)
        return Party(words) if cut else Party(entity.name, entity.id)
    last = words.split(" of ")[0].split()[-1]
    if last.lower() in _THINGS and not (certain and last.lower() == "inquiry"):
        return None
    indefinite = text.endswith((" a ", " an "), 0, phrase.start)
    told = last.rpartition("-")[2] in _TOLD or last.removesuffix("s").endswith(_HUMAN)
    if not certain and (not told or (indefinite and last in _BODIES)) and not last[0].isupper():
        return None
    article = "" if last[0].isupper() else article_before(text, [phrase])
    return Party(f"{article} {words}" if article else words)


def _is_piece(text: str, phrase: Span, named: Mention, mentions: Sequence[Mention]) -> bool:
    """Whether a mention is but the end of a name: "Wrayford" of "told Radio Wrayford". People have titles before them, bodies may
    have the word for a people.
    """
    before = _NAME_GOES_ON.search(text[phrase.start : named.span.start])
    if before is None:
        return False
    start = phrase.start + before.start()
    at = bisect_left(mentions, start, key=lambda m: m.span.start)
    return mentions[at].kind not in ("country", "group") or mentions[at].span.start != start


def _counterpart(
    text: str, phrase: Span, statement: Statement, entities: Mapping[str, Entity], mentions: Sequence[Mention]
) -> Party | None:
    """Whom "his Russian counterpart" means: the article's only person of that country with the speaker's office."""
    found = _COUNTERPART.match(phrase.of(text))
    if found is None or len(statement.speaker.entities) != 1:
        return None
    place = Span(phrase.start + found.start("land"), phrase.start + found.end("land"))
    at = bisect_left(mentions, place.start, key=lambda m: m.span.start)
    land = entities.get(mentions[at].entity or "") if at < len(mentions) and mentions[at].span == place else None
    own = _offices(text, entities.get(statement.speaker.entities[0]))
    if land is None or land.country is None or not own:
        return None
    same = [
        e for e in entities.values() if e.kind == "person" and e.country == land.country and _offices(text, e) & own
    ]
    return Party(same[0].name, same[0].id) if len(same) == 1 else None


def _offices(text: str, entity: Entity | None) -> frozenset[str]:
    roles = (role.span.of(text).lower() for role in (entity.roles if entity else ()))
    return _OFFICES.intersection(w for role in roles for w in role.replace("defense", "defence").split())


def _named(phrase: Span, mentions: Sequence[Mention]) -> Mention | None:
    """The mention that a phrase ends in, with nothing but titles before it."""
    at, end = (bisect_left(mentions, edge, key=lambda m: m.span.start) for edge in (phrase.start - 4, phrase.end))
    found = None
    for mention in mentions[at:end]:
        if mention.span.end >= phrase.end and mention.entity is not None:
            found = mention
    return found


def _beside(phrase: Span, text: str, mentions: Sequence[Mention]) -> Mention | None:
    """The name in apposition to a phrase: "the mayor, Ann Lane,"."""
    last = phrase.of(text).split()[-1]
    if (last[0].isupper() and last.lower() not in offices()) or not (gap := _COMMA.match(text, phrase.end)):
        return None
    at = bisect_left(mentions, gap.end(), key=lambda m: m.span.start)
    if at == len(mentions) or mentions[at].span.start != gap.end() or mentions[at].kind != "person":
        return None
    return mentions[at] if text[mentions[at].span.end : mentions[at].span.end + 1] in (",", ".") else None


def _speaks(party: Party, statement: Statement) -> bool:
    """Whether a party is the one who speaks."""
    speaker = statement.speaker
    if party.entity is not None and party.entity in speaker.entities:
        return True
    return speaker.name is not None and phrase_key(speaker.name) == phrase_key(party.name)
