"""Games: what is told of a match is nobody's conflict, though its verbs are ("defeated", "attacked", "were crushed").

Coders of events from news have always thrown such sentences out (the discards of TABARI and PETRARCH).
"""

from __future__ import annotations

import re

from onrecord.records import Article, Span

_PLAIN = re.compile(
    r"\b(?:goalkeepers?|strikers?|midfielders?|full-backs?|wingers?|half-?time|kick-?off|full-time|shoot-?outs?|free[ -]kicks?"
    r"|penalty\s+(?:area|kicks?|box)|corner\s+kicks?|hat-?tricks?|equali[sz]ers?|own\s+goals?|yellow\s+cards?|red\s+cards?|offside"
    r"|quarter-?finals?|semi-?finals?|(?:group|knock-?out)\s+stage|world\s+cup|(?:premier|champions|super)\s+league|play-?offs?"
    r"|innings|wickets?|batsm[ae]n|batters?|bowlers?|one-day\s+international|touchdowns?|quarterbacks?|home\s+runs?|three-pointers?"
    r"|rebounds|grand\s+slam|tie-?breaks?|straight\s+sets|backhand|forehand|try-scorer|scrum|lineout|pole\s+position|podium"
    r"|gold\s+medal(?:s|lists?)?|silver\s+medal(?:s|lists?)?|bronze\s+medal(?:s|lists?)?|man\s+of\s+the\s+match"
    r"|\d+(?:st|nd|rd|th)[ -]minute|[1-9]?\d(?:-|–)[1-9]?\d\s+(?:win|victory|defeat|loss|draw|lead|triumph)"
    r"|(?:won|lost|beat|led|drew|defeat(?:ed|s))\s+(?:[\w’']+\s+){0,4}[1-9]?\d(?:-|–)[1-9]?\d)\b",
    re.IGNORECASE,
)
_LIKELY = re.compile(
    r"\b(?:match(?:es)?|goals?|scor(?:e[sd]?|ing|ers?)|teams?|squads?|coach(?:es)?|players?|tournaments?|championships?|champions?|seasons?"
    r"|fixtures?|referees?|umpires?|stadiums?|leagues?|cup|finals?|football(?:ers?)?|soccer|cricket(?:ers?)?|rugby|tennis|basketball"
    r"|baseball|hockey|golf(?:ers?)?|olympics?|medals?|fans|substitut(?:es?|ed)|penalt(?:y|ies)|halves|half|minutes?|win(?:s|ners?)?|won"
    r"|draws?|points?|overtime|defender|captain|titles?|races?|laps?)\b",
    re.IGNORECASE,
)
_HARM = re.compile(
    r"\b(?:kill(?:s|ed|ing)?|dead|deaths?|die[sd]?|wound(?:s|ed|ing)|injur(?:ed|ies)|bomb\w*|explo\w+|gunm[ae]n|sho(?:t|oting)\s+dead|police"
    r"|arrest\w*|stampede|riot\w*|detain\w*|troops|soldiers|protest\w*|boycott\w*|banned|sanction\w*)\b",
    re.IGNORECASE,
)
"""What makes news of a game news of more than a game."""
SOME, LIKELY, SHARE = 3, 3, 0.3
"""An article is of a game that has so many different plain words of games, and such words, or LIKELY ones of the lesser sort, in
this share of its sentences."""


def games_of(article: Article) -> tuple[Span, ...]:
    """The sentences that tell of a game, in text order: nothing in them is an event."""
    text = article.text
    different = {m[0].lower() for m in _PLAIN.finditer(text)}
    if not different:  # most articles: they are looked at no closer
        return ()
    plain = [bool(_PLAIN.search(text, s.start, s.end)) for s in article.sentences]
    likely = [len({m[0].lower() for m in _LIKELY.finditer(text, s.start, s.end)}) for s in article.sentences]
    of_game = [p or n >= LIKELY for p, n in zip(plain, likely, strict=True)]
    whole = len(different) >= SOME and sum(of_game) >= SHARE * len(of_game)
    return tuple(
        sentence
        for sentence, p, n in zip(article.sentences, plain, likely, strict=True)
        if (whole or (p and n >= LIKELY - 1)) and not _HARM.search(text, sentence.start, sentence.end)
    )
