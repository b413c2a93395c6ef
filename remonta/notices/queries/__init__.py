"""Reading what people are told, and the texts customers are written."""

from remonta.notices.models import Notice
from remonta.notices.queries.bell import NoticeLine, notice_count, notice_lines, notices_for
from remonta.notices.queries.customers import Sent, Way, sent_about, sent_notes, ways_to
from remonta.notices.queries.texts import Known, TextShape, known_texts, starter_of, text_for, texts_for
from remonta.notices.words import CHANNELS, OCCASIONS, PLACES

__all__ = [
    "CHANNELS",
    "OCCASIONS",
    "PLACES",
    "Known",
    "Notice",
    "NoticeLine",
    "Sent",
    "TextShape",
    "Way",
    "known_texts",
    "notice_count",
    "notice_lines",
    "notices_for",
    "sent_about",
    "sent_notes",
    "starter_of",
    "text_for",
    "texts_for",
    "ways_to",
]
