"""From an Analysis to the values of a record. No model call, no reading or writing of files.

The modules in the order in which an article goes through them; each part begins with what `onrecord.pipeline` calls.

- Statements: `statements`. `decoding` and `boundaries` go from scores to spans, `belonging` takes out words of others,
  `cueing` tells what a cue is, `agents` whose it is, `parting` where a verb of the speaker's own begins, `cutting` where the
  main clause or another's side does, `wholes` makes them whole by the sentence around, `quoting` tells whose words somebody
  passes on, `labels` adds what no verb attributes: the `turns` of transcripts, `voices` beside a quotation, and `announcing`
  quotations that the paragraph before announces. They hand one another `attribution`s.
- Mentions and entities: `entities`. `trimming` (with `consistency`), `pieces` (with `offices`), `runs`, `lengthening`
  and `joining` set where names begin and end, `fullnames` where persons' do; `initials` and `firms` add names that were
  passed over; `kinds` (with `houses`) tells what they are, `names` and `people`, `lands` and `peoples`, `bodies` which mean
  one thing (`linking`: what these share), `roles` what people are.
- Speakers: `page` lays out statements and what may be meant (`phrases`: by description, `sexes`: men and women), `asking`
  asks the head, `wording` goes over its answers: `barring` tells whom a source cannot mean, `following` and `subjects` whom
  grammar makes the speaker, `pairs` and `epithets` whom "the couple" and "the Scot" mean. `speakers` gives each its basis
  and score.
- Acts and whom they are aimed at: `deeds` is what the second model is shown; `acts` (with `deedverbs`); `aims` (with
  `groups`) and `aiming` (with `selves`, `objects`, `culprits`) ask for targets, `patients` tells whom grammar makes them,
  `calling` whom "the minister" means; `addressees`, and `questions` for whom a question is put to.
- Times: `times`, read by `timetable` with `timerules`, `timewords` and `calendar`; `dating` (with `editions`) gives them to
  statements and events, `dues` to what is to come.
- Events: `events`. `players` are all that may act, with their places; `scenes`, `clauses` and `asides` tell how they
  stand to a verb, `doers` chooses among them by `weighing`; `acting`, `meant`, `owning`, `outsiders` and `sides` tell
  what words stand for. `happening`, `modality` and `modes` tell whether and how it happened, `where` and `places` the
  place; `games` and `idioms` are no events.
- Figures: `figures`, over `numerals` and `numbered`; `counting` tells what is counted (`countwords`, `tolls`), `naming`
  what is a name, `crediting` whose it is.
- Predictions: `predictions`. Codes of actors: `coding`. For all: `scoring` turns scores into chances, `holding` finds
  what a place stands in, `clauses` where a clause begins and ends.
"""

from onrecord.extract.acts import ACT_FEATURES, acts_of
from onrecord.extract.addressees import addressee_of
from onrecord.extract.aiming import target_of, targets_of
from onrecord.extract.aims import AimAsker
from onrecord.extract.asking import Answer
from onrecord.extract.calling import Calling
from onrecord.extract.coding import with_codes
from onrecord.extract.dating import said_on, timeline_of
from onrecord.extract.deeds import parts_of
from onrecord.extract.entities import build_entities
from onrecord.extract.events import EVENT_FEATURES, EventContext, event_drafts_of, events_of
from onrecord.extract.figures import figures_of
from onrecord.extract.labels import with_labels
from onrecord.extract.lands import metonyms_of
from onrecord.extract.page import Page, lay_out
from onrecord.extract.patients import patients_of
from onrecord.extract.predictions import predictions_of
from onrecord.extract.scoring import Calibration, calibration_of
from onrecord.extract.speakers import SPEAKER_FEATURES, answers_of, speakers_of, with_metonyms
from onrecord.extract.statements import extract_statements

__all__ = [
    "ACT_FEATURES",
    "EVENT_FEATURES",
    "SPEAKER_FEATURES",
    "AimAsker",
    "Answer",
    "Calibration",
    "Calling",
    "EventContext",
    "Page",
    "acts_of",
    "addressee_of",
    "answers_of",
    "build_entities",
    "calibration_of",
    "event_drafts_of",
    "events_of",
    "extract_statements",
    "figures_of",
    "lay_out",
    "metonyms_of",
    "parts_of",
    "patients_of",
    "predictions_of",
    "said_on",
    "speakers_of",
    "target_of",
    "targets_of",
    "timeline_of",
    "with_codes",
    "with_labels",
    "with_metonyms",
]
