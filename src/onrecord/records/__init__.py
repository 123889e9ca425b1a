"""The frozen values that everything else passes on, their ids, wire form and errors. Standard library only."""

from onrecord.records.article import Article, Dateline, Published, RawDocument, Unread
from onrecord.records.entity import Entity, EntityKind, LinkMethod, Mention, MentionKind, Role
from onrecord.records.errors import (
    InputError,
    MalformedError,
    NotFoundError,
    NotTextError,
    OnrecordError,
    TooLargeError,
    VerbatimError,
    WeightsError,
)
from onrecord.records.ids import article_id, entity_id, mention_id, run_id, statement_id, tagged_hash
from onrecord.records.record import Record, Run, check
from onrecord.records.spans import Span, words_of
from onrecord.records.statement import JOINT, Form, NoSpeaker, Speaker, SpeakerBasis, SpeakerKind, Statement
from onrecord.records.wire import SCHEMA, WireRecord, from_wire, to_wire

__all__ = [
    "JOINT",
    "SCHEMA",
    "Article",
    "Dateline",
    "Entity",
    "EntityKind",
    "Form",
    "InputError",
    "LinkMethod",
    "MalformedError",
    "Mention",
    "MentionKind",
    "NoSpeaker",
    "NotFoundError",
    "NotTextError",
    "OnrecordError",
    "Published",
    "RawDocument",
    "Record",
    "Role",
    "Run",
    "Span",
    "Speaker",
    "SpeakerBasis",
    "SpeakerKind",
    "Statement",
    "TooLargeError",
    "Unread",
    "VerbatimError",
    "WeightsError",
    "WireRecord",
    "article_id",
    "check",
    "entity_id",
    "from_wire",
    "mention_id",
    "run_id",
    "statement_id",
    "tagged_hash",
    "to_wire",
    "words_of",
]
