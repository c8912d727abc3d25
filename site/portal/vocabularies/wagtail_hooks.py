"""What the admin learns from the dictionaries."""

from __future__ import annotations

from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from portal.vocabularies.domain.tags import MERGED
from portal.vocabularies.models import Tag, Term

# One right for all dictionaries: it is given on Term and holds for every proxy.
register_permission_policy(Term, ModelPermissionPolicy(Term))
register_permission_policy(Tag, ModelPermissionPolicy(Tag))

from portal.vocabularies.viewsets import DictionariesGroup  # noqa: E402 (screens ask for the policies)

register_snippet(DictionariesGroup)


@hooks.register("register_log_actions")
def journal_of_merges(actions: LogActionRegistry) -> None:
    """The line that a merge leaves in the journal of the topic that stays."""

    @actions.register_action(MERGED)
    class MergeFormatter(LogFormatter):
        label = "Объединение тем"

        def format_message(self, entry: object) -> str:
            data = entry.data  # type: ignore[attr-defined]
            return f"Сюда вошла тема «{data['source']}», перенесено строк: {data['moved']}"
