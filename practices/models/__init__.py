from practices.models.collection import CollectionItem, CollectionPage
from practices.models.files import PassportFile, PassportKind
from practices.models.index import PracticeIndexPage
from practices.models.page import PracticeAuthor, PracticePage, TaggedPractice
from practices.models.passport import PassportFields

__all__ = [
    "CollectionItem",
    "CollectionPage",
    "PassportFields",
    "PassportFile",
    "PassportKind",
    "PracticeAuthor",
    "PracticeIndexPage",
    "PracticePage",
    "TaggedPractice",
]
