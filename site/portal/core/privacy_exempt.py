"""Models that name an account or a mailbox and need no hiding or erasing of their own, with the reason for each.

Most keep only the number of an account, which after `privacy.erase_person` leads to an emptied row.
"""

from __future__ import annotations

_HISTORY = "история работы: хранит номер учётной записи, имя берётся из неё и после удаления пусто"
_OWNER = "кто загрузил или ведёт: хранит номер учётной записи, имя берётся из неё и после удаления пусто"
_REPLACED = "модель Wagtail, вместо которой портал хранит свою: таблица пуста"

EXEMPT: dict[str, str] = {
    "accounts.User_groups": "роли учётной записи: снимаются при её удалении (portal.accounts.privacy)",
    "accounts.User_user_permissions": "права учётной записи: снимаются при её удалении (portal.accounts.privacy)",
    "accounts.ActingPeriod": _HISTORY + "; сетевой адрес — администратора",
    "core.PortalSettings": "почта владельца портала: сведения об организации, а не о человеке",
    "contests.ContestPage": "почта оргкомитета: сведения о конкурсе; имена стоят в contests.ContestResult",
    "events.EventPage": "почта и телефон для заявок: сведения о событии, а не о человеке",
    "files.PortalImage": _OWNER,
    "files.PortalDocument": _OWNER,
    "desk.TrashedPage": _HISTORY,
    "desk.PreviewLink": _HISTORY,
    "mailing.Mailing": _HISTORY,
    "organisations.OrganisationImport": _OWNER,
    "roadmap.RoadmapPage": _OWNER,
    "roadmap.PlanItem": _OWNER,
    "roadmap.Fact": _HISTORY,
    "roadmap.PlanChange": _HISTORY,
    "roadmap.Party": "названия организаций и их классов; имена стоят в roadmap.PartyPerson",
    "roadmap.ItemResponsible": "связь пункта и roadmap.PartyPerson, где имя скрывают и стирают",
    "intake.IntakeExtension": _HISTORY,
    "practices.SubmissionRecord": _HISTORY,
    "practices.SubmissionRemark": _HISTORY,
    "practices.SubmissionMessage": _HISTORY,
    "practices.PracticeStanding": _HISTORY,
    "wagtaildocs.Document": _REPLACED,
    "wagtailimages.Image": _REPLACED,
    "wagtailembeds.Embed": "ролики чужих площадок: портал их не запрашивает, таблица пуста",
    "wagtailcore.Page": _OWNER,
    "wagtailcore.Revision": _HISTORY + "; имена в содержании страниц скрывают и стирают приложения страниц",
    "wagtailcore.PageLogEntry": _HISTORY,
    "wagtailcore.WorkflowState": _HISTORY,
    "wagtailcore.TaskState": _HISTORY,
}
