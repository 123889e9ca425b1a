"""Words of deeds that tell of none: "fired questions at the mayor", "shot a film", "hit a record", "kicked the ball"."""

from __future__ import annotations

import re

from onrecord.records import Span

AHEAD = 60
"""Characters after a trigger in which its object stands."""
_SMALL = r"(?:(?:an?|the|its|his|her|their|our|my|this|that|some|another|more|several|no|new|\d+|[\w’'-]+) ){0,3}?"
_IDLE = re.compile(
    r"fir(?:es?|ed|ing) (?:up\b|(?:off |out |back )?"
    rf"{_SMALL}(?:questions?|letters?|e-?mails?|memos?|tweets?|posts?|starting (?:gun|pistol)|imaginations?|boilers?"
    rf"|furnaces?|kilns?|engines?"
    r"|ovens?|stoves?)\b)"
    r"|kill(?:s|ed|ing)? (?:it\b(?! (?:and|but) )|time\b"
    rf"|(?:off )?(?:the|an?|any|all|his|her|its|their) {_SMALL}(?:game|match|contest|tie|mood|deal|bill|proposals?|plans?"
    rf"|project|engines?|lights?|rumou?rs?|momentum"
    r"|talks?|chances?|hopes?|ball|legislation|idea|amendment)\b)"
    rf"|sho(?:t|ots?|oting) (?:down )?{_SMALL}(?:films?|videos?|scenes?|documentar(?:y|ies)|photos?|photographs?"
    rf"|pictures?|episodes?|footage|hoops|ideas?"
    r"|proposals?|plans?|bill|motion|suggestions?|claims?|reports?|rumou?rs?)\b"
    r"|st(?:ole|eals?|ealing|olen) (?:the (?:show|spotlight|limelight|headlines)|a (?:march|glance|win|point)|(?:first"
    r"|second|third|home) base|home\b)"
    rf"|hit(?:s|ting)? {_SMALL}(?:records?|lows?|highs?|milestones?|targets?|headlines|shelves|campaign trail|road"
    rf"|centur(?:y|ies)|sixes|bottom|jackpot|wicket)\b"
    rf"|str(?:uck|ikes?|iking) {_SMALL}(?:deals?|agreements?|accords?|bargains?|chords?|balance|tone|notes?|pacts?|poses?|gold)\b"
    rf"|(?:smash|crush|beat|batter|shatter|destroy|broke|break)(?:s|es|ed|en|ing)? {_SMALL}(?:records?|expectations"
    rf"|forecasts?|estimates|hopes|dreams"
    r"|the odds|all odds)\b"
    rf"|attack(?:s|ed|ing)? {_SMALL}(?:plans?|proposals?|decisions?|rulings?|record|bill|budget|polic(?:y|ies)|ideas?"
    rf"|handling|stance|verdict"
    r"|reforms?|claims?|legislation|approach|arguments?)\b"
    r"|(?:held|holds?|holding) (?:its|their|his|her|our) fire\b"
    r"|(?:(?:was|were|been|being|is|are) (?:\w+ )?)?denied (?:by (?:the|an?) (?:[\w-]+ ){0,2}?"
    r"(?:post|bar|crossbar|woodwork|upright|keeper|goalkeeper|goalie|save|flag)\b"
    r"|(?:[A-Z][\w’'-]+ ){0,3}(?:an?|another) (?:[\w-]+ )?(?:penalty|goal|equali[sz]er|winner|hat-trick|win|try)\b)"
    r"|needs?\b|called at\b(?! (?:once|dawn|noon))"
    rf"|receiv(?:e[sd]?|ing) {_SMALL}(?:invitations?|letters?|notes?|reports?|e-?mails?|calls?|news|copy"
    r"|copies|complaints?|replies|reply)\b"
    r"|(?:st(?:ood|ands?|anding)) (?:in silence|silent|still)\b"
    rf"|(?:broke|broken|breaks?|breaking|cut|cuts|cutting) (?:off|short) {_SMALL}(?:tours?|holidays?|vacations?|visits?|trips?"
    r"|speech|leave)\b"
    rf"|sign(?:s|ed|ing)? {_SMALL}(?:leases?|books?|registers?|autographs?|cheques?|checks?)\b"
    rf"|cut(?:s|ting)? {_SMALL}(?:channels?|paths?|ribbons?|cakes?|hair|grass)\b",
    re.IGNORECASE,
)
_KICKED = re.compile(r"kick(?:s|ed|ing)?\b", re.IGNORECASE)
_BEATEN = re.compile(r".*\b(?:punch|beat|stamp|slap|stab|club|spat|bit)", re.IGNORECASE | re.DOTALL)
_SOMEBODY = re.compile(
    r" (?:him|her|them|me|us|you|out|[A-Z]|(?:[\w’'-]+ ){0,3}(?:man|men|woman|women|boys?|girls?|child|children|person"
    r"|people|officers?|policem[ae]n|guards?"
    r"|protesters?|students?|reporters?|journalists?|prisoners?|detainees?|soldiers?|victims?|teachers?|drivers?"
    r"|referees?|players?"
    r"|opponents?|dogs?|workers?|suspects?|demonstrators?)\b)|\s*(?:,|and|or|by|in the)\b"
)
_ENDS = re.compile(r"[.!?;\n](?:\s|$)|[\"”]")
_TEST = re.compile(r"\btest[- ]$", re.IGNORECASE)
_TESTED = re.compile(r"test[- ](?:fir|launch)", re.IGNORECASE)


def is_idle(text: str, trigger: Span) -> bool:
    """Whether the words of a trigger, with those after it, tell of no deed."""
    words = text[trigger.start : trigger.end + AHEAD]
    if _IDLE.match(words):
        return True
    kicked = _KICKED.fullmatch(trigger.of(text))
    return kicked is not None and not (
        _SOMEBODY.match(text, trigger.end) or _BEATEN.match(text, max(0, trigger.start - 30), trigger.start)
    )


_OUT = re.compile(r" out\b(?! (?:the|an?|its|their|his|her|terms?|details?|deals?)\b)")
_WALKED = re.compile(r"(?:walk|storm)(?:s|ed|ing)?(?P<out> out)?", re.IGNORECASE)
_HARM = re.compile(r"(?:kill|wound|injur)(?:ing|ed)", re.IGNORECASE)
_SO = re.compile(r"(?:,| and| or| but)(?: (?:then|also|thus|thereby))? $")


def is_walkout(text: str, trigger: Span) -> bool:
    """Whether those who meet leave: "walked out of the talks"."""
    found = _WALKED.fullmatch(trigger.of(text))
    return found is not None and (found["out"] is not None or _OUT.match(text, trigger.end) is not None)


def is_outcome(text: str, trigger: Span, before: Span | None) -> bool:
    """Whether harm is what an attack led to that was told `before` in its sentence: "shelled the port, killing two"."""
    if before is None or _HARM.fullmatch(trigger.of(text)) is None:
        return False
    between = text[before.end : trigger.start]
    return _SO.search(between) is not None and _ENDS.search(between) is None


_MISHAPS = (
    r"(?:(?:wild|bush)?fires?|blazes?|infernos?|crash(?:es)?|accidents?|collisions?|derailments?|(?:earth)?quakes?|tsunamis?|floods?"
    r"|flooding|landslides?|mudslides?|avalanches?|storms?|hurricanes?|cyclones?|typhoons?|tornado(?:e?s)?|stampedes?|sinkings?"
    r"|shipwrecks?|heat ?waves?|outbreaks?|epidemics?|pandemics?)"
)
_HARMED = re.compile(
    r"(?:(?:was|were|been|being|has|have|had) )?(?:kill|injur|hurt|wound)(?:s|ed|ing)?(?: and \w+)?", re.IGNORECASE
)
_IN_MISHAP = re.compile(
    rf"(?: and \w+)? (?:in|by|during) (?:an?|the|that|this|last [\w’']+) (?:[\w-]+ ){{0,3}}?{_MISHAPS}\b"
    r"(?! (?:fights?|exchanges?|set|started|lit|bomb\w*"
    r"|of (?:shells|bullets|rockets|missiles|fighting|violence|shooting|clashes))\b)"
)
_MISHAP_DID = re.compile(
    rf"\b(?:{_MISHAPS}|fever|virus|disease|cholera|measles|ebola|influenza)"
    r"(?: (?:in|on|near|across|at|of) (?:(?! and )[^.;:,?!“”\"\n]){1,40})?"
    r"(?: (?:has|have|had|that|which|also)){0,3} $",
    re.IGNORECASE,
)
_SHOTS = re.compile(
    r"\b(?:artillery|mortar|rocket|shell|tank|(?:machine-?)?gun|small-arms|sniper|rifle|cross|friendly|enemy|hostile|covering"
    r"|automatic|rebel|army|police)[ -]fires?\b",
    re.IGNORECASE,
)
_A_FIRE = re.compile(r"(?:^|[.?!\n“\"] ?|\b(?:an?|the|that|this|another|wild|bush) (?:[\w-]+ ){0,3})$", re.IGNORECASE)
"""Before "fire" that burns: "Norvian fire killed two" was of guns."""
_BEFORE_HARM = 110


def is_mishap(text: str, trigger: Span) -> bool:
    """Whether what harmed somebody was nobody's deed: "killed in a fire", "the outbreak has killed 57"."""
    if _HARMED.fullmatch(trigger.of(text)) is None:
        return False
    if within := _IN_MISHAP.match(text, trigger.end):
        return _SHOTS.search(within[0]) is None
    start = max(0, trigger.start - _BEFORE_HARM)
    did = _MISHAP_DID.search(text, start, trigger.start)
    if did is None or _SHOTS.search(text, start, trigger.start):
        return False
    return not did[0].lower().startswith("fire ") or _A_FIRE.search(text, start, did.start()) is not None


def is_test(text: str, trigger: Span) -> bool:
    """Whether a weapon is only tried: "test-fired a missile"."""
    return bool(_TESTED.match(trigger.of(text)) or _TEST.search(text, max(0, trigger.start - 5), trigger.start))
