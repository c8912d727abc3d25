"""«Мои задачи», the first page of the cabinet."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.core.cabinet import Todo, todos_of
from portal.core.moments import days_in_words, days_until, deadline


@never_cache
@require_safe
@login_required
def my_tasks(request: HttpRequest) -> HttpResponse:
    """Show what waits for the person: what, for what, by when; an empty list says where to go next."""
    todos = todos_of(request.user)
    context = {
        "cabinet_section": "tasks",
        "todo_count": len(todos),
        "todos": [{"todo": todo, **_term(todo)} for todo in todos],
    }
    return render(request, "cabinet/tasks.html", context)


def _term(todo: Todo) -> dict[str, object]:
    """Return the term of a task in words and whether it has passed."""
    if todo.due is None:
        return {"due": "", "left": "", "is_late": False}
    now = timezone.now()
    days = days_until(todo.due, now)
    if todo.due < now:
        left = "Срок прошёл."
    elif days == 0:
        left = "Срок сегодня."
    elif days == 1:
        left = "Срок завтра."
    else:
        left = f"Осталось {days_in_words(days)}."
    return {"due": deadline(todo.due), "left": left, "is_late": todo.due < now}
