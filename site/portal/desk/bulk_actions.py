"""Actions over several pages at once; each asks first and names the number."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.db import transaction
from wagtail.admin.views.pages.bulk_actions.delete import DeleteBulkAction
from wagtail.admin.views.pages.bulk_actions.move import MoveBulkAction
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import DefaultPageForm, PageBulkAction
from wagtail.admin.views.pages.bulk_actions.publish import PublishBulkAction
from wagtail.admin.views.pages.bulk_actions.unpublish import UnpublishBulkAction
from wagtail.models import Page

from portal.core.publishing import PublicationRefused
from portal.desk.domain import marking, trash
from portal.desk.views.trash import count_pages
from portal.roadmap.choices import ItemSelect
from portal.roadmap.models import PlanItem
from portal.vocabularies.models import Tag


class TrashBulkAction(DeleteBulkAction):
    """«Убрать в корзину» in place of Wagtail's deletion."""

    display_name = "Убрать в корзину"
    aria_label = "Убрать выбранные страницы в корзину"
    template_name = "desk/admin/bulk_trash.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context["count"] = count_pages(context["total_page_count"])
        context["type_to_confirm_before_delete"] = False  # nothing is lost
        return context

    def post(self, request: Any) -> Any:
        return super(DeleteBulkAction, self).post(request)

    @classmethod
    def execute_action(cls, objects: list[Any], user: Any = None, **kwargs: Any) -> tuple[int, int]:
        """Move each page with what is below it; one that went away with its parent is not asked for again."""
        parents = children = 0
        for page in sorted(objects, key=lambda one: one.path):
            page.refresh_from_db()
            if trash.is_trashed(page):
                continue
            children += page.get_descendant_count()
            parents += 1
            trash.throw_away(page, user=user)
        return parents, children

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        return f"В корзине: {count_pages(num_parent_objects + num_child_objects)}. Вернуть их можно оттуда."


class _Counted(PageBulkAction):
    """A stock action whose question and answer name the number of pages."""

    done: ClassVar[str]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {**context, "count": count_pages(len(context["items"]))}

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str | None:
        return f"{self.done}: {count_pages(num_parent_objects + num_child_objects)}."


class CountedPublishing(_Counted, PublishBulkAction):
    """Publishes each page by itself: one that refuses is named with its reasons, the others go out."""

    template_name = "desk/admin/bulk_publish.html"
    done = "Опубликовано"

    def get_execution_context(self) -> dict[str, Any]:
        self.refused: list[PublicationRefused] = []
        return {**super().get_execution_context(), "refused": self.refused}

    @classmethod
    def execute_action(
        cls, objects: list[Page], include_descendants: bool = False, user: Any = None, **kwargs: Any
    ) -> tuple[int, int]:
        """Publish the latest version of each page and, when asked, of the drafts below it."""
        below = [child for page in objects for child in _drafts_below(page, user)] if include_descendants else []
        refused: list[PublicationRefused] = kwargs["refused"]
        return tuple(sum(_publish(page, user, refused) for page in pages) for pages in (objects, below))  # type: ignore[return-value]

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str | None:
        for refused in self.refused:
            messages.error(self.request, str(refused))
        if not num_parent_objects + num_child_objects:
            return None
        return super().get_success_message(num_parent_objects, num_child_objects)


def _drafts_below(page: Page, user: Any) -> Iterator[Page]:
    for child in page.get_descendants().not_live().specific():
        if user is None or child.permissions_for_user(user).can_publish():
            yield child


def _publish(page: Page, user: Any, refused: list[PublicationRefused]) -> bool:
    """Publish the latest version of a page; a refusal is added to `refused`."""
    revision = page.get_latest_revision() or page.specific.save_revision(user=user)
    try:
        with transaction.atomic():
            revision.publish(user=user)
    except PublicationRefused as refusal:
        refused.append(refusal)
        return False
    return True


class CountedUnpublishing(_Counted, UnpublishBulkAction):
    template_name = "desk/admin/bulk_unpublish.html"
    done = "Снято с публикации"


class CountedMove(_Counted, MoveBulkAction):
    template_name = "desk/admin/bulk_move.html"
    done = "Перемещено"


DefaultPageForm.base_fields["include_descendants"].label = "Вместе со страницами внутри"


class TopicForm(DefaultPageForm):
    tag = forms.ModelChoiceField(label="Тема", queryset=Tag.objects.all(), empty_label="Выберите тему")


class ItemForm(DefaultPageForm):
    item = forms.ModelChoiceField(label="Пункт дорожной карты", queryset=PlanItem.objects.all(), widget=ItemSelect)


class MarkBulkAction(PageBulkAction):
    """Gives all chosen pages one mark; pages of kinds that do not take it are named and left alone."""

    template_name = "desk/admin/bulk_mark.html"
    aria_label = ""
    takes: ClassVar[Any]  # page → whether it takes the mark
    mark: ClassVar[Any]  # (page, value, user) → whether it was new

    def check_perm(self, page: Page) -> bool:
        """Whether the person edits the page and the page takes the mark."""
        return bool(page.permissions_for_user(self.request.user).can_edit()) and type(self).takes(page)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {**context, "count": count_pages(len(context["items"])), "title": self.display_name}

    def get_execution_context(self) -> dict[str, Any]:
        value = next(iter(value for name, value in self.cleaned_form.cleaned_data.items() if name in {"tag", "item"}))
        return {**super().get_execution_context(), "value": value, "mark": type(self).mark}

    @classmethod
    def execute_action(cls, objects: list[Page], user: Any = None, **kwargs: Any) -> tuple[int, int]:
        """Mark each page; the numbers are of those marked and of those that had the mark."""
        marked = sum(1 for page in objects if kwargs["mark"](page, kwargs["value"], user=user))
        return marked, len(objects) - marked

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        words = f"Отмечено: {count_pages(num_parent_objects)}."
        if num_child_objects:
            words += f" Уже было отмечено: {count_pages(num_child_objects)}."
        return f"{words} Где есть неопубликованная правка, отметка выйдет вместе с ней."


class TopicBulkAction(MarkBulkAction):
    display_name = "Добавить тему"
    aria_label = "Добавить тему выбранным страницам"
    action_type = "add_topic"
    form_class = TopicForm
    takes = staticmethod(marking.takes_topics)
    mark = staticmethod(marking.add_topic)


class EvidenceBulkAction(MarkBulkAction):
    display_name = "Связать с пунктом дорожной карты"
    aria_label = "Связать выбранные страницы с пунктом дорожной карты"
    action_type = "add_evidence"
    form_class = ItemForm
    takes = staticmethod(marking.takes_evidence)
    mark = staticmethod(marking.add_evidence)
