"""Contents that run into what their speaker does not say: the main clause of the sentence, or another's side without a verb.

"After Lane warned that it leaked, | the pier was shut", "Lane said it was late | and Brandt that it was early".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.codebook.nouns import one_of
from onrecord.codebook.tables import load
from onrecord.codebook.verbs import verb_forms
from onrecord.extract.attribution import Attribution
from onrecord.extract.deedverbs import own_act
from onrecord.extract.holding import span_at
from onrecord.records import Article, Span

_FRONT = re.compile(
    r"(?:After|Before|If|When|While|Whenever|Although|Though|Because|Since|Once|Unless|As|Even (?:though|if|as|after)|Just as"
    r"|(?:Hours|Days|Weeks|Months|Shortly|Soon|Moments) (?:after|before)) (?:the )?"
)
_FRONT_DOING = re.compile(r"(?:After|Before|While|When|By|Since|Without|Besides|Despite|On|Upon) |")
_MORE_VERB = re.compile(r" (?:(?:has|have|had|also|first|again|once|twice|\w+ly) )*")
_FINITE = re.compile(
    r"\b(?:was|were|is|are|has|had|have|did|does|do|will|would|can|could|may|might|must|should|shall"
    rf"|\w{{2,}}(?:ed|n[’']t)|{one_of(verb_forms().past)}|(?<= ){one_of(verb_forms().verbs)})\b"
)
_SUBJECT = re.compile(
    r", (?=(?!(?:was|is|has|does|as)\b)(?:he|she|it|they|we|I|you|there|this|the|an?|his|her|its|their|our|my|some|many|most|all"
    r"|no|nobody|nothing|everybody|everyone|few|several|both|police|people|staff|[A-Z][\w’'-]*|[a-z]+s) (?!(?:and|or)\b)\w)"
)
"""The comma before a main clause: a subject follows, and no relative clause, participle or item of a list."""
_NAME = r"[A-Z][\w’'-]*(?:\.? [A-Z][\w’'-]*){0,3}"
_GAP = re.compile(rf"(?P<joint>,? (?:and|but|while|whereas) |[,;] )(?P<who>{_NAME}) (?=that )")
_NO_WHO = re.compile(rf"(?:{'|'.join(load().weekday_names + load().month_names)}|Member|Remember)\b")
"""What is nobody, though it begins with a capital as a name does: a day, a month, "Remember"."""
_TELLS = re.compile(
    r"(?:\b(?:tell|told|assur|inform|remind|persuad|convinc|show|notif|advis|satisf|warn|promis|agree)\w*|\b(?:wrote|clear|to|with|between)\b"
    r")(?!.*[.;:])",
)
"""By which "and Brandt that" may be whom it is told to as well: "had told Lane and Brandt that"."""
_SAYS = re.compile(r"(?:(?:has|have|had|also|later|then|\w+ly) )*(?P<verb>\w+)")
_MARKS = re.compile(r"[“”\"]")
MOST = 400
"""Characters of a content that are looked through."""


def before_main_clause(article: Article, source: Sequence[Span], cue: Span, content: Span) -> Span:
    """A content without the main clause of its sentence, where its verb is that of a clause in front of it.

    A sentence that begins with "After Lane warned that" or "Warning that" has a main clause, so that not all of the rest is
    what is warned of. It is cut at the first comma that may be the one.
    """
    text, sentence = article.text, span_at(article.sentences, cue.start)
    if sentence is None or content.end > sentence.end or not _is_fronted(text, sentence, source, cue):
        return content
    if re.fullmatch(r" (?:that )?", text[cue.end : content.start]) is None or len(content) > MOST:
        return content
    if re.search(r"\w", text[content.end : sentence.end]) or _MARKS.search(text, content.start, content.end):
        return content
    for comma in _SUBJECT.finditer(text, content.start, content.end):
        if _FINITE.search(text, content.start, comma.start()) and _FINITE.search(text, comma.end(), content.end):
            return Span(content.start, comma.start())
    return content


def _is_fronted(text: str, sentence: Span, source: Sequence[Span], cue: Span) -> bool:
    if cue.of(text).endswith("ing"):
        return (
            _FRONT_DOING.fullmatch(text, sentence.start, cue.start) is not None or not text[sentence.start : cue.start]
        )
    opens = _FRONT.match(text, sentence.start, cue.start)
    if (
        opens is None
        or len(source) != 1
        or not sentence.start < source[0].start <= opens.end()
        or source[0].end >= cue.start
    ):
        return False
    return _MORE_VERB.fullmatch(text, source[0].end, cue.start) is not None


def gapped(article: Article, cue: Span, contents: Sequence[Span]) -> tuple[int, Attribution] | None:
    """Another's side in a content or right after it, by the same verb: "Brandt | that it was early"; None without it.

    With it comes where the content before it ends.
    """
    text, content = article.text, contents[-1]
    if (
        len(contents) > 1
        and (found := _GAP.match(text, contents[-2].end))
        and content.start == found.end() + len("that ")
        and not cue.overlaps(Span(contents[-2].end, content.start))
    ):
        return contents[-2].end, _by(found, cue, Span(found.end(), content.end))
    sentence = span_at(article.sentences, content.start)
    says = _SAYS.fullmatch(text, cue.start, cue.end)
    if (
        says is None
        or sentence is None
        or content.start < cue.end
        or own_act(says["verb"]) not in (None, "state", "deny")
    ):
        return None
    end = max(content.end, min(sentence.end, content.end + MOST))
    for found in _GAP.finditer(text, content.start, min(end, content.start + MOST)):
        first = text[content.start : found.start()]
        if found.start() > content.end:
            return None
        if _MARKS.search(first) or _FINITE.search(first) is None or _NO_WHO.match(found["who"]):
            continue
        last = first.split()[-1]
        if found["joint"][0] not in ",;" and (_TELLS.search(first) or (last[0].isupper() and not _NO_WHO.match(last))):
            continue
        rest = Span(found.end(), content.end if content.end > found.end() else end)
        words = rest.of(text).rstrip(" .?!")
        if " " in words and not _MARKS.search(words):
            return found.start(), _by(found, cue, Span(rest.start, rest.start + len(words)))
    return None


def _by(gap: re.Match[str], cue: Span, content: Span) -> Attribution:
    return Attribution((Span(*gap.span("who")),), (cue,), (content,))
