"""Games: what is told of a match is nobody's conflict, though its verbs are ("defeated", "attacked", "were crushed").

Coders of events from news have always thrown such sentences out (the discards of TABARI and PETRARCH).
"""

from __future__ import annotations

import re

from onrecord.records import Article, Span

_PLAIN = re.compile(
    r"\b(?:goalkeepers?|strikers?|midfielders?|full-backs?|wingers?|half-?time|kick-?off|full-time|shoot-?outs?|free[ -]kicks?"
    r"|penalty\s+(?:area|kicks?|box)|corner\s+kicks?|hat-?tricks?|equali[sz]ers?|own\s+goals?|yellow\s+cards?"
    r"|red\s+cards?|offside"
    r"|quarter-?finals?|semi-?finals?|(?:group|knock-?out)\s+stage|world\s+cup|(?:premier|champions|super)\s+league|play-?offs?"
    r"|innings|wickets?|batsm[ae]n|batters?|bowlers?|one-day\s+international|touchdowns?|quarterbacks?|home\s+runs?"
    r"|three-pointers?"
    r"|rebounds|grand\s+slam|tie-?breaks?|straight\s+sets|backhand|forehand|try-scorer|scrum|lineout|pole\s+position|podium"
    r"|gold\s+medal(?:s|lists?)?|silver\s+medal(?:s|lists?)?|bronze\s+medal(?:s|lists?)?|man\s+of\s+the\s+match"
    r"|\d+(?:st|nd|rd|th)[ -]minute|[1-9]?\d(?:-|–)[1-9]?\d\s+(?:win|victory|defeat|loss|draw|lead|triumph)"
    r"|(?:won|lost|beat|led|drew|defeat(?:ed|s))\s+(?:[\w’']+\s+){0,4}[1-9]?\d(?:-|–)[1-9]?\d)\b",
    re.IGNORECASE,
)
_LIKELY = re.compile(
    r"\b(?:match(?:es)?|goals?|scor(?:e[sd]?|ing|ers?)|teams?|squads?|coach(?:es)?|players?|tournaments?|championships?"
    r"|champions?|seasons?"
    r"|fixtures?|referees?|umpires?|stadiums?|leagues?|cup|finals?|football(?:ers?)?|soccer|cricket(?:ers?)?|rugby|tennis"
    r"|basketball"
    r"|baseball|hockey|golf(?:ers?)?|olympics?|medals?|fans|substitut(?:es?|ed)|penalt(?:y|ies)|halves|half|minutes?"
    r"|win(?:s|ners?)?|won"
    r"|draws?|points?|overtime|defender|captain|titles?|races?|laps?)\b",
    re.IGNORECASE,
)
_HARM = re.compile(
    r"\b(?:kill(?:s|ed|ing)?(?! (?:it|off|the (?:game|match|contest|tie|clock|ball))\b)|dead|deaths?|die[sd]?|wound(?:s"
    r"|ed|ing)|injur(?:ed|ies)|bomb\w*|explo\w+|gunm[ae]n|sho(?:t|oting)\s+dead|police"
    r"|arrest\w*|stampede|riot\w*|detain\w*|troops|soldiers|protest\w*|boycott\w*|banned|sanction\w*)\b",
    re.IGNORECASE,
)
"""What makes news of a game news of more than a game."""
_SCORE = re.compile(
    r"\b\d{1,2}\.\d{1,2} \(\d{1,3}\)|^(?:[A-Z][\w’'.&-]* ){1,4}\d{1,3},? (?:v |[-–] )?(?:[A-Z][\w’'.&-]* ){1,4}\d{1,3}\s*$"
    r"|\b(?:w[io]n|lo(?:st|se)|beat(?:en)?|le[da]d?|drew|defeat(?:ed|s)?|down(?:ed|s)?|crush(?:ed)?|thrash(?:ed)?"
    r"|edg(?:ed?|es)|s[ai]nk|trounced"
    r"|hammer(?:ed)?|rout(?:ed)?|swept|overc[oa]me|stunn?(?:ed)?)\b(?: [\w’']+){0,5}? \d{1,3}[-–]\d{1,3}\b(?! (?:vote"
    r"|majority|ruling|decision))"
    r"|\b\d{1,3}-(?:point|goal|run|wicket|try)s? (?:win|loss|defeat|victory|lead|thriller)\b",
    re.MULTILINE,
)
_VOTES = re.compile(
    r"\b(?:vote[sd]?|voting|senat\w+|parliament|bill|court|justices|council|lawmakers|election|seats|motion)\b",
    re.IGNORECASE,
)
"""What else than a game is won by so many to so many."""
_LESSER = re.compile(
    r"\b(?:skippers?|clubs?|games?|balls?|boss|managers?|strikers?|(?:first|second|third|fourth|final) quarter|kick(?:ed"
    r"|s|ing)?|bench|side"
    r"|tribunal|veteran|signings?|injur(?:y|ies)|tackles?|pitch|crowd)\b",
    re.IGNORECASE,
)
SOME, LIKELY, SHARE = 3, 3, 0.3
"""An article is of a game that has so many different plain words of games, and such words, or LIKELY ones of the lesser sort, in
this share of its sentences."""
SCORED, SCORED_SHARE = 3, 0.4
"""With a score on it, a page is of a game by so many different words of games, even the least, in this share of its sentences."""


def games_of(article: Article) -> tuple[Span, ...]:
    """The sentences that tell of a game, in text order: nothing in them is an event."""
    text = article.text
    different = {m[0].lower() for m in _PLAIN.finditer(text)}
    scored = _scored(article)
    if not different and not scored:  # most articles: they are looked at no closer
        return ()
    plain = [bool(_PLAIN.search(text, s.start, s.end)) for s in article.sentences]
    likely = [len({m[0].lower() for m in _LIKELY.finditer(text, s.start, s.end)}) for s in article.sentences]
    of_game = [p or n >= LIKELY for p, n in zip(plain, likely, strict=True)]
    whole = (len(different) >= SOME and sum(of_game) >= SHARE * len(of_game)) or scored
    return tuple(
        sentence
        for sentence, p, n in zip(article.sentences, plain, likely, strict=True)
        if (whole or (p and n >= LIKELY - 1 and not _VOTES.search(text, *_ends(sentence))))
        and not _HARM.search(text, sentence.start, sentence.end)
    )


def _scored(article: Article) -> bool:
    """Whether an article tells of a game by its score, and by words that other news have too."""
    text = article.text
    scores = [m.start() for m in _SCORE.finditer(text)]
    if not scores:
        return False
    words = [
        {m[0].lower() for p in (_PLAIN, _LIKELY, _LESSER) for m in p.finditer(text, *_ends(s))}
        for s in article.sentences
    ]
    held = [any(s.start <= at < s.end for at in scores) for s in article.sentences]
    if any(h and _VOTES.search(text, *_ends(s)) for h, s in zip(held, article.sentences, strict=True)):
        return False
    told = sum(h or bool(w) for h, w in zip(held, words, strict=True))
    return len(set().union(*words)) >= SCORED and told >= SCORED_SHARE * len(words)


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end
