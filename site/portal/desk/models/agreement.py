"""The step of agreement: whoever may publish the page approves it or returns it with words."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField
from django.db.models.functions import Cast
from wagtail.models import Page, Task, TaskState
from wagtail.permissions import policy_registry


class PublisherApprovalTask(Task):
    """A step that people with the right of publishing in this part of the tree take; nobody decides on one's own page.

    Wagtail's step knows groups alone: an editor of news would decide on practices.
    """

    class Meta:
        verbose_name = "проверка теми, кто публикует раздел"
        verbose_name_plural = "проверки теми, кто публикует раздел"

    @classmethod
    def get_description(cls) -> str:
        """What the administrator reads when choosing a kind of step."""
        return "Страницу утверждает или возвращает любой, кто вправе публиковать в этом разделе, кроме её отправителя"

    def decides(self, page: Page, user: Any) -> bool:
        """Tell whether `user` may decide on `page` while it is in this step."""
        state = page.current_workflow_state
        if state is None or state.requested_by_id == user.pk:
            return False
        return bool(page.permissions_for_user(user).can_publish())

    def user_can_access_editor(self, page: Page, user: Any) -> bool:
        """Open the editor to those who decide; the others keep what their rights give."""
        return self.decides(page, user)

    def locked_for_user(self, page: Page, user: Any) -> bool:
        """Keep the text as it was sent, except for those who decide."""
        return not (user.is_superuser or self.decides(page, user))

    def get_actions(self, page: Page, user: Any) -> list[tuple[str, str, bool]]:
        """Return (name, words of the button, whether it asks for a comment) of what `user` may do."""
        if not self.decides(page, user):
            return []
        return [
            ("reject", "Вернуть на доработку", True),
            ("approve", "Утвердить", False),
            ("approve", "Утвердить с замечанием", True),
        ]

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> Any:
        """Return the states of this step that wait for `user`."""
        pages = policy_registry.get_by_type(Page).instances_user_has_permission_for(user, "publish")
        keys = pages.order_by().annotate(key=Cast("pk", CharField())).values("key")
        return TaskState.objects.filter(
            status=TaskState.STATUS_IN_PROGRESS,
            task=self.task_ptr,
            workflow_state__object_id__in=keys,
        ).exclude(workflow_state__requested_by=user)
