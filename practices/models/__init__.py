from practices.models.collection import CollectionItem, CollectionPage
from practices.models.files import PassportFile, PassportKind
from practices.models.index import PracticeIndexPage
from practices.models.page import PracticeAuthor, PracticePage, TaggedPractice
from practices.models.passport import PassportFields
from practices.models.standing import PracticeStanding
from practices.models.submission import (
    AuthorConsent,
    PracticeSubmission,
    SubmissionCollaborator,
    SubmissionFile,
    SubmissionMessage,
    SubmissionRecord,
    SubmissionRemark,
    SubmissionSnapshot,
)

__all__ = [
    "AuthorConsent",
    "CollectionItem",
    "CollectionPage",
    "PassportFields",
    "PassportFile",
    "PassportKind",
    "PracticeAuthor",
    "PracticeIndexPage",
    "PracticePage",
    "PracticeStanding",
    "PracticeSubmission",
    "SubmissionCollaborator",
    "SubmissionFile",
    "SubmissionMessage",
    "SubmissionRecord",
    "SubmissionRemark",
    "SubmissionSnapshot",
    "TaggedPractice",
]
