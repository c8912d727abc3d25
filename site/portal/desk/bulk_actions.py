"""Actions over several pages at once; each asks first and names the number."""

from __future__ import annotations

from typing import Any

from wagtail.admin.views.pages.bulk_actions.delete import DeleteBulkAction

from portal.desk.domain import trash
from portal.desk.views.trash import count_pages


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
