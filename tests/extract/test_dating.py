"""Which day a statement, an event, a prediction has."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from onrecord.extract.dating import event_date, said_on, timeline_of
from onrecord.extract.dues import condition_of, due_of
from onrecord.records import Article, Dateline, Due, Published, Span, Speaker, Statement

MARKS = {"[": "source", "{": "cue", "<": "content", "(": "trigger"}
CLOSING = {"[": "]", "{": "}", "<": ">", "(": ")"}
TUESDAY = "2011-03-22"


def marked(
    source: str,
    *,
    form: str = "indirect",
    published: str | None = TUESDAY,
    hour: int | None = None,
    dateline: str | None = None,
):
    """An article, its statements and triggers: ``[source] {cue} <content> (trigger)``; a digit after a mark numbers it.

    Unnumbered marks belong to the first statement.
    """
    text, spans, opened = "", [], []
    at = 0
    while at < len(source):
        c = source[at]
        if c in MARKS:
            number = source[at + 1] if source[at + 1].isdigit() and c != "(" else "0"
            at += number != "0"
            opened.append((c, number, len(text)))
        elif opened and c == CLOSING[opened[-1][0]]:
            mark, number, start = opened.pop()
            spans.append((MARKS[mark], number, Span(start, len(text))))
        else:
            text += c
        at += 1
    sentences = tuple(Span(m.start(), m.end()) for m in re.finditer(r"[^\s].*?[.!?][”\"]?(?=\s|$)", text, re.DOTALL))
    article = Article(
        id="art-1",
        text=text,
        paragraphs=(Span(0, len(text)),),
        sentences=sentences,
        published=Published(published, "given", hour=hour) if published else None,
        dateline=Dateline("SOLLEN", dateline, Span(0, 6)) if dateline else None,
    )
    roles = lambda role, number: tuple(sorted(s for r, n, s in spans if (r, n) == (role, number)))  # noqa: E731
    statements = [
        Statement(f"s{n}", form, roles("source", n), roles("cue", n), roles("content", n), Speaker(None), None, 0.9)
        for n in sorted({n for r, n, _ in spans if r == "cue"})
    ]
    triggers = [s for r, _, s in spans if r == "trigger"]
    return timeline_of(article, statements), statements, triggers


def said(source: str, **options):
    line, statements, _ = marked(source, **options)
    return said_on(line, statements[0])


@pytest.mark.parametrize(
    ("source", "day"),
    [
        ("[The mayor] {said} on Monday <the bridge was safe>.", "2011-03-21"),
        ("On Sunday [the mayor] {said} <the bridge was safe>.", "2011-03-20"),
        ("[The mayor] {told} reporters late on Saturday <that the bridge was safe>.", "2011-03-19"),
        ("<The bridge fell on Friday>, [the mayor] {said}.", TUESDAY),
        ("[The mayor] {said} <the bridge fell on Friday>.", TUESDAY),
        ("[The mayor], who took office on Monday, {said} <the bridge was safe>.", TUESDAY),
        ("The report came a day after [the mayor] {said} <the bridge was safe>.", "2011-03-21"),
        ("He arrived on Monday, two days after [the mayor] {said} <it was safe>.", "2011-03-19"),
        ("[The mayor] {said} <it was safe>, a day after the bridge fell.", TUESDAY),
        ("[The mayor] {denied} it yesterday.", "2011-03-21"),
        ("[The mayor] {said} <it was hit by rebels>, which have held the port for much of the past year.", TUESDAY),
        ("[The mayor] {said} <it was hit by rebels>, which have held the port for the last decade.", TUESDAY),
        ("[The mayor] {had warned} as recently as Friday <of weak bolts>.", "2011-03-18"),
        ("[The town] {has counted} <26 dead> since the rains began on Friday.", TUESDAY),
        ("[The mayor] {has said} since the fall on Monday <that it was safe>.", TUESDAY),
        ("[The mayor] has since {said} on Monday <that it was safe>.", "2011-03-21"),
    ],
)
def test_a_statement_has_the_day_of_its_cues_clause(source, day):
    assert said(source).date == day


def test_the_stop_of_a_short_form_parts_no_time_from_its_cue():
    line, (statement,), _ = marked("[Lane] {said} in St. Orren on Sunday <that the dam holds>.")
    assert said_on(line, statement).basis == "published"
    whole = replace(line.article, sentences=(Span(0, len(line.article.text)),))
    assert said_on(timeline_of(whole, [statement]), statement).date == "2011-03-20"


def test_a_statement_without_a_time_has_the_articles_day():
    assert said("[He] {said} <it was safe>.").basis == "published"
    when = said("SOLLEN: [He] {said} <it was safe>.", published="2011-03-23", dateline=TUESDAY)
    assert (when.date, when.basis) == (TUESDAY, "dateline")


def test_a_paper_that_opens_with_yesterday_tells_of_yesterday():
    when = said("The bridge at Sollen fell yesterday. [The mayor] {said} <it was safe>.")
    assert (when.date, when.basis) == ("2011-03-21", "context")
    assert said("The bridge at Sollen fell yesterday. [The mayor] {says} <it is safe>.").date == TUESDAY


MONDAY = "2011-03-21"


@pytest.mark.parametrize(
    ("opening", "cue", "hour", "day", "basis"),
    [
        ("Raiders burned the mill on Monday.", "said", 6, MONDAY, "context"),
        ("Raiders burned the mill on Monday.", "says", 9, MONDAY, "context"),
        ("Raiders burned the mill on Monday.", "said", 18, TUESDAY, "published"),
        ("Raiders burned the mill last night.", "said", 18, TUESDAY, "published"),
        ("Raiders burned the mill on Monday.", "said", None, MONDAY, "context"),
        ("Raiders burned the mill on Monday.", "says", None, TUESDAY, "published"),
        ("Raiders burned the mill on Sunday.", "said", None, TUESDAY, "published"),
        ("Raiders burned the mill.", "said", 6, MONDAY, "published"),
        ("Raiders burned the mill.", "says", 6, TUESDAY, "published"),
        ("Raiders burned the mill.", "said", 9, TUESDAY, "published"),
        ("Raiders burned the mill.", "said", 0, TUESDAY, "published"),
    ],
)
def test_a_paper_of_the_morning_tells_of_the_day_before(opening, cue, hour, day, basis):
    when = said(f"{opening} [The mayor] {{{cue}}} <it was safe>.", hour=hour)
    assert (when.date, when.basis) == (day, basis)


def test_what_a_paper_of_the_morning_tells_happened_the_day_before():
    for hour, day in ((6, MONDAY), (16, TUESDAY)):
        line, _, (trigger,) = marked("Raiders (burned) the mill.", hour=hour)
        assert event_date(line, trigger, None).date == day


def test_when_somebody_spoke_may_be_told_by_the_way():
    assert said("[Lane], who spoke in Velm on Sunday, {said} <it was safe>.").date == "2011-03-20"
    assert said("[Lane], who addressed the guild on Friday, also {said} <it was safe>.").date == "2011-03-18"
    assert said("[Lane], who spoke of a fire that began on Sunday, {said} <it was safe>.").date == TUESDAY


def test_a_day_after_what_has_no_day_is_not_the_day_before_the_news():
    assert said("A day after the vote, [he] {said} <he had been robbed>.").basis == "published"


def test_who_goes_on_in_the_next_sentence_speaks_on_the_same_day():
    source = "On Friday [Lane] {said} <it was safe>. <1“We looked.”> [1she] {1said}. <2“I did not,”> [2Hale] {2said}."
    line, statements, _ = marked(source, form="direct")
    basis = ("named", "pronoun", "named")
    speakers = [
        Speaker(name, None, "person", b, (name,)) for name, b in zip(("Lane", "Lane", "Hale"), basis, strict=True)
    ]
    spoken = tuple(replace(s, speaker=who) for s, who in zip(statements, speakers, strict=True))
    line = replace(line, statements=spoken)
    days = [said_on(line, s) for s in spoken]
    assert [(d.date, d.basis) for d in days] == [
        ("2011-03-18", "stated"), ("2011-03-18", "context"), (TUESDAY, "published"),
    ]  # fmt: skip


def test_a_day_long_before_that_nothing_tells_is_none():
    when = said("[The mayor] {had always said} <it was safe>.")
    assert (when.date, when.edtf, when.reason) == (None, None, "vague")
    assert said("[The mayor] {had said} on Friday <it was safe>.").date == "2011-03-18"
    assert said("[The mayor] {had warned} as early as 2009 <that it was weak>.").edtf == "2009"


@pytest.mark.parametrize(
    ("source", "edtf"),
    [
        ("She warned of it in 2009. <It will fall>, [she] {wrote} at the time.", "2009"),
        ("She warned of it in 2009. At the time, [she] {said} <it would fall>.", "2009"),
        ("It shook on Sunday. [She] {said} in a letter at the time <that it would fall>.", "2011-03-20"),
        ("She warned of it. <It will fall>, [she] {wrote} at the time.", None),
        ("On Sunday it rained. [1She] {1had warned} <1of it>. <It will fall>, [she] {wrote} at the time.", None),
        (
            "[1She] {1warned} in 2009 <1that a slide of 2007 told enough>. <It will fall>, [she] {wrote} at the time.",
            "2009",
        ),
        ("{Said} at the time: <it will fall>.", None),
        ("[1She] {1said} {so} at the time: <it will fall>.", None),
        ("It shook in 2009. [She] {said} <that at the time it was safe>.", TUESDAY),
        ("It shook in 2009. [She] {said} at the time of writing <that it was safe>.", TUESDAY),
    ],
)
def test_at_the_time_takes_up_the_time_told_before(source, edtf):
    assert said(source).edtf == edtf


def test_the_day_by_which_something_was_promised_is_not_that_of_the_promise():
    for day in ("two days after the date", "the day"):
        when = said(f"It was shut on Monday, {day} by which [she] {{had promised}} <to open it>.")
        assert (when.edtf, when.reason) == (None, "vague")


def test_two_cues_of_a_sentence_keep_their_own_days():
    line, (first, second), _ = marked("[A] {said} <it fell> on Sunday, and on Monday [1B] {1denied} <1it>.")
    assert (said_on(line, first).date, said_on(line, second).date) == ("2011-03-20", "2011-03-21")


def test_without_any_anchor_a_weekday_stays_unresolved():
    when = said("[He] {said} on Monday <it was safe>.", published=None)
    assert (when.date, when.basis, when.reason) == (None, "none", "no-anchor")


@pytest.mark.parametrize(
    ("source", "edtf"),
    [
        ("Lane was held in 2005 in Harrow and was (freed) the following year.", "2006"),
        (
            "The marches are the largest since 2005, when Lane was made to go after clerks were (shot) in the square.",
            "2005",
        ),
    ],
)
def test_an_event_of_a_year_told_before_it(source, edtf):
    line, _, (trigger,) = marked(source)
    assert event_date(line, trigger, None).edtf == edtf


@pytest.mark.parametrize(
    ("source", "day"),
    [
        ("Jets (struck) the port on Sunday.", "2011-03-20"),
        ("Jets (struck) the port.", TUESDAY),
        ("On Monday the fleet (sailed), the navy said.", "2011-03-21"),
        ("Jets (pounded) the port for a fourth day.", TUESDAY),
        ("The port (burned) on Sunday, two days after the fleet left.", "2011-03-20"),
        ("The port burned on Sunday, two days after the fleet (left).", "2011-03-18"),
        ("Guards held nine dockers on Friday and (freed) six the next day.", "2011-03-19"),
        ("Prices have risen since 11 March, when rebels (took) the pass.", "2011-03-11"),
        ("Guards held nine dockers on Friday and (freed) six two days later.", "2011-03-20"),
        ("Rebels (freed) the nine men they had seized on Friday.", TUESDAY),
        ("Guards (held) the clerk as he left on Friday.", "2011-03-18"),
        ("It burned the second and third floors and (killed) a clerk.", TUESDAY),
        ("(Shelling) went on.", TUESDAY),
        ("Rain fell on Sunday.\n\nThe next day rebels (took) the town.", "2011-03-21"),
        ("Rain fell on Sunday.\n\nThat evening rebels (took) the town.", "2011-03-20"),
    ],
)
def test_an_event_has_the_day_of_its_clause(source, day):
    line, _, (trigger,) = marked(source)
    assert event_date(line, trigger, None).date == day


@pytest.mark.parametrize(
    ("source", "day"),
    [
        ("The envoy will (meet) the rebels on Friday.", "2011-03-25"),
        ("They are to be (freed) next Wednesday.", "2011-03-30"),
        ("The council may (send) observers.", None),
    ],
)
def test_what_is_yet_to_come_has_a_day_ahead_or_none(source, day):
    line, _, (trigger,) = marked(source)
    assert event_date(line, trigger, None, status="planned").date == day


def test_a_time_of_a_relative_clause_is_not_that_of_the_saying():
    assert said("They ended a strike that began on Friday after [the board] {agreed} <to talk>.").date == TUESDAY


def test_what_comes_before_a_day_may_come_at_once():
    assert due("[She] {vowed} <to be back before the council rises for Christmas>.") == (TUESDAY, "2011-12-25")


def test_a_time_of_a_clause_by_the_way_is_no_due_day():
    assert due("[The chief], who flew to Sollen over the weekend, {promised} <a deal>.") is None
    assert due("[They] {agreed} <to swap captives>: nine herders seized in April go home.") is None
    assert due("[The chief] {vowed} <that those who attacked the port on 9 May would not be spared>.") is None


def test_an_event_within_a_statement_is_not_dated_by_the_saying():
    line, (statement,), (trigger,) = marked(
        "Shells hit Sollen on Sunday. [The mayor] {said} on Monday <the army had (fired) first>."
    )
    assert event_date(line, trigger, statement, said=said_on(line, statement)).date == "2011-03-20"


def test_yesterday_in_a_quotation_counts_from_the_day_of_saying():
    line, (statement,), (trigger,) = marked('<"They (fired) yesterday,"> [the mayor] {said} on Sunday.', form="direct")
    assert event_date(line, trigger, statement, said=said_on(line, statement)).date == "2011-03-19"


def due(source: str, **options):
    line, statements, _ = marked(source, **options)
    found = due_of(line, statements[0], said_on(line, statements[0]))
    return found and (found.earliest, found.latest)


@pytest.mark.parametrize(
    ("source", "days"),
    [
        ("[He] {said} <the raids would end within days>.", (TUESDAY, "2011-03-29")),
        ("[He] {said} <it would be open by Friday>.", (TUESDAY, "2011-03-25")),
        ("[He] {said} <it should recede in the next few days>.", (TUESDAY, "2011-03-27")),
        ("[He] {said} <a vote would be held next month>.", ("2011-04-01", "2011-04-30")),
        ("[He] {said} <it will be done before the end of the year>.", (TUESDAY, "2011-12-31")),
        ("[He] {expects} <a cut in 2013>.", ("2013-01-01", "2013-12-31")),
        ("[He] {promised} <a report on the 29th>.", ("2011-03-29", "2011-03-29")),
        ("[He] {told} her: <Saturday, Sunday at the latest>.", ("2011-03-26", "2011-03-27")),
        ("[He] {gave} <it a month>.", (TUESDAY, "2011-04-22")),
        ("[He] {said} <forty had been brought in by noon and the number would rise>.", None),
        ("[He] {said} <forty had been brought in by noon and all would be home by Friday>.", (TUESDAY, "2011-03-25")),
        ("[He] {said} <stocks would last six weeks>.", (TUESDAY, "2011-05-03")),
        ("[He] {said} <the pact would not survive the month>.", (TUESDAY, "2011-03-31")),
        ("[He] {predicted} <no restart before 3 June>.", (TUESDAY, "2011-06-02")),
        ("[He] {predicted} <a restart no earlier than 3 June>.", ("2011-06-03", "2011-06-03")),
        ('[He] {said} <the raids would end within a "few" days>.', (TUESDAY, "2011-03-27")),
        ("It came a day after [he] {said} <it would end soon>.", None),
        ("[He] {said} <it would end soon>.", None),
        ("[He] {said} <it would end>.", None),
        ("[He] {said} on Sunday <it would end within two days>.", ("2011-03-20", "2011-03-22")),
        ("Speaking in June 2009, [she] {promised} <a clinic by the end of the year>.", ("2009-06-01", "2009-12-31")),
        ("[He] {said} three years ago <that tolls would fall within a year>.", ("2008-01-01", "2009-12-31")),
        ("[He] {said} in January <that it would open by Friday>.", None),
        ("[He] {said} in January <that it would open by June 2012>.", ("2011-01-01", "2012-06-30")),
        ("[He] {had promised} <to go by Friday>.", None),
        ("Three piers will shut by June, a week after [she] {promised} <that all would stay open>.", None),
        ("The pier will open by Friday after [she] {promised} <it>.", (TUESDAY, "2011-03-25")),
        ("By Friday, after weeks of talks, [she] {promised} <to open the pier>.", (TUESDAY, "2011-03-25")),
        ("[He] {had promised} <to go by June 2012>.", (None, "2012-06-30")),
        ('<"We will win,"> [she] {said} in January.', None),
        ("In January, [she] {told} the board <the pier would cost a fortune>.", None),
        ("[He] {told} her <it would open> by Friday.", (TUESDAY, "2011-03-25")),
        (
            "It was shut on Monday, two days after the date by which [she] {had promised} <to open it>.",
            (None, "2011-03-19"),
        ),
        ("It was shut on Monday, the day by which [she] {had promised} <to open it>.", (None, "2011-03-21")),
        ("[She] {promised} <to keep it open until at least 2013>.", (TUESDAY, "2013-12-31")),
        ("[She] {said} <it will close, because it loses four million crowns a year>.", None),
        ("[She] {said} <it will close within a year>.", (TUESDAY, "2012-03-22")),
        ("[She] {said} <five years is a long time>.", None),
        ("[She] {said} <twenty years is not even a month for each>.", None),
        ("[She] {threatened} <to shut it unless the levy, announced on 3 March, is dropped>.", None),
        ("[She] {threatened} <to shut it unless the levy, due on 3 May, is dropped>.", ("2011-05-03", "2011-05-03")),
    ],
)
def test_what_is_foretold_falls_due(source, days):
    assert due(source) == days


def test_the_day_of_another_saying_is_no_due_day():
    line, (first, second), _ = marked('<"We will win,"> [she] {said}, and [1he] {1told} in April <1of a loss>.')
    april = said_on(line, second).span
    assert april is not None
    assert due_of(line, first, said_on(line, first)) is not None
    assert due_of(line, first, said_on(line, first), taken={april}) is None


def test_what_somebody_says_he_had_been_told_is_news_of_the_day():
    line, (outer, inner), _ = marked("[She] {said} <[1they] {1had told} her <1that they would be there by Friday>>.")
    assert due_of(line, inner, said_on(line, inner)) is None
    assert due_of(line, replace(inner, inside=outer.id), said_on(line, inner)) == Due(TUESDAY, "2011-03-25", "stated")


def test_without_an_anchor_nothing_falls_due():
    assert due("[He] {said} <it would end within days>.", published=None) is None


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("[He] {said} <it would end once the radars are taken out>.", "once the radars are taken out"),
        ("[He] {said} <the number would double if the sale is not stopped>.", "if the sale is not stopped"),
        ("[He] {said} <unless they leave, we shall fire>.", "unless they leave"),
        (
            "[He] {said} <it would shut unless the levy, announced in May, is dropped>.",
            "unless the levy, announced in May, is dropped",
        ),
        ("[He] {said} <they would go provided that the road is open, and quickly>.", "provided that the road is open"),
        ("[He] {said} <it would open as soon as the snow melts>.", "as soon as the snow melts"),
        ("[He] {said} <no one goes home until the last man is found>.", "until the last man is found"),
        ("[He] {said} <it was shut until Friday>.", None),
        ("[He] {said} <it would be shut until at least 2013>.", None),
        ("[He] {said} <it would be shut until about Easter>.", None),
        ("[He] {asked} <if the bridge was safe>.", None),
        ("<If it rains>, [he] {said}, <the pier would fall>.", "If it rains"),
        ("[He] {said} <the fighting should recede>.", None),
        ("[He] {said} <they would stay on, assuming a lesser role>.", None),
        ("[He] {said} <it looked as if nobody cared>.", None),
        ("[He] {said} <it would end>.", None),
        ("If it rains, [he] {said} <it would end>.", None),
    ],
)
def test_a_condition_stands_inside_the_content(source, words):
    line, statements, _ = marked(source)
    found = condition_of(line, statements[0])
    assert (found.of(line.article.text) if found else None) == words
