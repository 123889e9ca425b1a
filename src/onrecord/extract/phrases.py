"""Sources that describe instead of naming: their words as a speaker's name, and what a relative pronoun stands for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

from onrecord.codebook.names import name_words
from onrecord.codebook.nouns import bodies, people
from onrecord.codebook.small import small_words
from onrecord.records import Span

PRONOUNS = frozenset(
    "he she they it i we who him her them his their which that you one whom whose this these those my our your its hers "
    "theirs everyone everybody someone somebody nobody anyone none".split()
)
ANYBODY = frozenset("you those someone somebody anyone everyone everybody nobody none".split())
"""Pronouns that mean nobody told of: no more can be said of such a speaker than the word itself."""
_DETERMINER = re.compile(r"(?:the|a|an|this|that|these|those)\s+", re.IGNORECASE)
_ARTICLE = re.compile(r"\b(?:the|an?)(?= $)", re.IGNORECASE)
# Where the words that tell who it is end, and more about them begins.
_MORE = re.compile(
    r"\s*(?:,(?!\d{3}\b)|;|\(| [-–—] | released | published | conducted | in (?:19|20)\d\d\b| on [A-Z][a-z]+day\b)"
)
_WORD = re.compile(r"[\w$£€%][\w'’.$%-]*")
_OWNED = re.compile(r"\w['’]s$")
# Words that stand before a noun phrase and are none of it.
_OUTSIDE = small_words("who")
WORKS = frozenset(
    "poll polls survey surveys report reports study studies letter letters statement statements email emails memo memos "
    "document documents law laws bill resolution treaty article articles editorial column book film video ad ads advert "
    "tweet tweets post paper papers filing filings lawsuit complaint petition transcript text message messages analysis "
    "headline website site newspaper magazine copy data figures records leaflet note notice log footage broadcast "
    "notification notifications affidavit affidavits indictment memoir circular communique communiqué bulletin dossier manifesto "
    "dispatch audit audits readout blog newsletter podcast".split()
)
"""Words for what is written or broadcast."""
_HEAD_ENDS = re.compile(
    r" (?:of|by|from|in|on|for|about|to|with|at|that|which|who|familiar|close|privy|being|due|[a-z]{3,}ed|seen|shown|shared|sent"
    r"|written|made|put)\b",
    re.IGNORECASE,
)
_BEGINS = frozenset("the a an those these some many most his her its their my our whose".split())
"""With which a noun phrase begins."""
_LETTERS = re.compile(r"(?:[A-Za-z]\.)+")
_OF = re.compile(
    r"(?: (?:at|of|from|for|with|in) (?:the )?[A-Z][\w&’'.-]*+(?: (?:of (?:the )?|and |& )?[A-Z][\w&’'.-]*+)*+)*+(?! and\b)"
)
_BARE_OFFICE = re.compile(
    r"(?:[A-Z][\w&’'.-]* ){0,4}(?:(?!the |an? )[a-z-]+ )?(?P<noun>[a-z-]+) (?:for|of) (?:the )?"
    r"(?P<body>(?:(?:[A-Z][\w&’'.-]*|of|and|the) ){1,8})"
)
MOST_BEFORE = 4
"""Words before the noun of those whom a sentence begins with: "A dozen young Brell farmers"."""
_MANY = re.compile(r"\b[a-z][a-z-]+\b")
_FINDS = re.compile(
    r"(?:(?:also|then|\w+ly) )?(?:f[io]u?nds?|conclude[ds]?|estimate[ds]?|calculate[ds]?|discover(?:ed|s)?)",
    re.IGNORECASE,
)
LONGEST, REACH = 12, 160
"""No phrase before a relative pronoun is longer, in words or characters."""


def phrase_of(text: str, source: Span) -> Span:
    """The words of a source that tell who it is: without a leading article, and cut where a comma or the like begins.

    Who owns the cue ("a union leader's claim") is told without the mark of it. Never empty: a source that is nothing else
    stays as it is.
    """
    words = source.of(text)
    start = m.end() if (m := _DETERMINER.match(words)) else 0
    end = start + m.start() if (m := _MORE.search(words[start:])) and m.start() > 1 else len(words)
    while end > start and not (words[end - 1].isalnum() or words[end - 1] in ")%."):
        end -= 1
    if _OWNED.search(words, start, end):
        end -= 2
    return Span(source.start + start, source.start + end) if end > start else source


def article_before(text: str, phrases: Iterable[Span]) -> str:
    """The article printed before one of the places of a description, in small letters if it is so anywhere; empty without one."""
    found = (_ARTICLE.search(text, max(0, phrase.start - 4), phrase.start) for phrase in phrases)
    return max((m[0] for m in found if m), key=str.islower, default="")


def is_work(phrase: str) -> bool:
    """Whether a description is of something written or broadcast: its first words end in such a word ("a study ordered by X")."""
    head = _HEAD_ENDS.split(f" {phrase.lower()}", maxsplit=1)[0].split()
    return bool(head) and head[-1].rstrip(",") in WORKS


def phrase_key(phrase: str) -> str:
    """What two descriptions of the same words share: small letters, no article, single blanks."""
    return " ".join(_DETERMINER.sub("", phrase, count=1).lower().split())


def relative_phrase(text: str, pronoun: Span) -> Span | None:
    """The noun phrase that ends right before a relative pronoun; None where no word stands there.

    A pronoun with a capital opens a sentence, and asks.
    """
    if pronoun.of(text).istitle():
        return None
    left = max(0, pronoun.start - REACH)
    before = text[left : pronoun.start]
    # Where the text is cut, so may be the first word.
    words = [w for w in _WORD.finditer(before) if w.start() or not left]
    taken: list[re.Match[str]] = []
    edge = len(before.rstrip(" ,"))
    for word in reversed(words):
        apart = before[word.end() : edge]
        if apart.strip() or word[0].lower() in _OUTSIDE or len(taken) >= LONGEST or (taken and _ends_sentence(word[0])):
            break
        taken.append(word)
        edge = word.start()
        if word[0].lower() in _BEGINS:
            break
    if not taken:
        return None
    first, last = taken[-1], taken[0]
    return phrase_of(text, Span(left + first.start(), left + last.end()))


def _ends_sentence(word: str) -> bool:
    """Whether a word's full stop ends a sentence: not in "U.S.", "Capt." and "Inc."."""
    known = name_words().titles | name_words().sorts
    return word.endswith(".") and not (_LETTERS.fullmatch(word) or word[:-1].casefold() in known)


def are_several(phrase: str) -> bool:
    """Whether a description is of several people, by the word that it is about: "the sources", "two lawyers for Ada Lane"."""
    head = _HEAD_ENDS.split(f" {phrase}", maxsplit=1)[0].split()
    return bool(head) and head[-1].islower() and are_people(head[-1])


def is_office_of_body(words: str) -> bool:
    """Whether words before a name are its bearer's office: "Guard spokesman for the Outer Banks Commodore".

    A noun for one person has an article unless a name follows that it belongs to; with nothing but titles after "for" that
    may be the name of whom he is for ("Lawyer for Mayor").
    """
    found = _BARE_OFFICE.fullmatch(words)
    table = name_words()
    if found is None or found["noun"] not in table.role_nouns:
        return False
    return any(w[0].isupper() and w.casefold().strip(".") not in table.titles for w in found["body"].split())


def people_before(text: str, sentence: Span) -> Span | None:
    """The people whom a sentence begins with, several without names: "Engineers at the Brell Institute tested the dam."."""
    for word in islice(_WORD.finditer(text, sentence.start, sentence.end), MOST_BEFORE + 1):
        low = word[0].lower()
        if are_people(low) and (of := _OF.match(text, word.end(), sentence.end)):
            return Span(sentence.start, of.end())
        if low in _OUTSIDE or text[word.end() : word.end() + 1] != " ":
            return None
    return None


def they_of(text: str, sentence: Span, cue: Span) -> Span | None:
    """Whom "they" after a sentence means by grammar: the people it begins with, where no others are told of in it.

    Who tests or studies others is still who finds something out.
    """
    subject = people_before(text, sentence)
    if subject is None:
        return None
    rest = (
        m[0] for m in _MANY.finditer(text, subject.end, sentence.end) if m[0].removesuffix("s") not in people("asks")
    )
    alone = _FINDS.fullmatch(text, cue.start, cue.end) or not any(are_people(w) or _are_bodies(w) for w in rest)
    return subject if alone else None


def are_people(noun: str) -> bool:
    """Whether a noun tells of several people: "sources", "Brell farmers"."""
    low = noun.lower()
    several = low.endswith(("s", "men", "women", "people", "children"))
    return several and (low in people() or low.removesuffix("s") in name_words().role_nouns | people())


def _are_bodies(noun: str) -> bool:
    return noun.endswith("s") and noun.removesuffix("s") in bodies("beside", "name", "called")
