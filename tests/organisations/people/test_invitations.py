"""Invitations: sent to a mailbox, answered by its owner alone, dead after their term."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from portal.core import letters
from portal.core.models import Letter
from portal.organisations.domain import invitations
from portal.organisations.domain.journal import RefusedError
from portal.organisations.enums import InvitationState, MemberRole, PeopleAction
from portal.organisations.models import Invitation, PeopleRecord
from portal.organisations.rules import is_member
from tests.organisations.people.conftest import account, fresh

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def sent(world):
    """Invite a mailbox and read the link of the letter."""

    def send(email="guest@example.org", role=MemberRole.AUTHOR):
        invitation = invitations.invite(world.garden, email, role, actor=world.head)
        letters.deliver_due_letters()
        link = re.search(r"^http://testserver(\S+)$", mail.outbox[-1].body, re.MULTILINE)[1]
        return invitation, link

    return send


def test_letter_names_the_organisation_the_role_and_the_term_and_its_link_is_no_longer_kept(sent, world):
    invitation, link = sent()
    body = mail.outbox[-1].body
    assert world.garden.name in body
    assert "автор" in body
    assert "по волгоградскому времени" in body
    assert timedelta(days=13, hours=23) < invitation.expires_at - timezone.now() <= timedelta(days=14)
    secret = link.rstrip("/").rpartition("/")[2]
    assert secret not in invitation.secret_hash
    assert secret not in Letter.objects.get(kind="organisation_invited").body


def test_guest_reads_who_invites_signs_in_and_comes_in(sent, world, come, client):
    invitation, link = sent()
    page = client.get(link)
    assert page.status_code == 200
    assert "no-store" in page.headers["Cache-Control"]
    assert f"/accounts/login/?next={link}" in page.content.decode()
    guest = account("guest", "Гостева")
    own = come(guest)
    assert own.get(link).url == reverse("own_invitation", args=[invitation.pk])
    answer = own.post(reverse("own_invitation", args=[invitation.pk]), {"answer": "accept"})
    assert answer.url == reverse("organisation_people", args=[world.garden.slug])
    assert is_member(fresh(guest), world.garden.pk)
    invitation.refresh_from_db()
    assert (invitation.state, invitation.answered_by) == (InvitationState.ACCEPTED, guest)
    assert Letter.objects.filter(to=world.head.email, kind="organisation_invitation_accepted").exists()


def test_link_in_another_hand_opens_nothing(sent, world, come):
    invitation, link = sent()
    page = come(world.outsider).get(link).content.decode()
    assert "другую почту" in page
    assert come(world.outsider).get(reverse("own_invitation", args=[invitation.pk])).status_code == 404
    with pytest.raises(PermissionDenied):
        invitations.accept(invitation, user=world.outsider)


def test_mailbox_that_is_not_confirmed_is_not_ones_own(sent, world):
    invitation, _link = sent()
    guest = account("guest", "Гостева")
    guest.emailaddress_set.update(verified=False)
    with pytest.raises(PermissionDenied):
        invitations.accept(invitation, user=guest)
    assert not invitations.for_user(guest).exists()


def test_invitation_waits_among_the_tasks_of_its_owner(sent, world, come):
    sent()
    page = come(account("guest", "Гостева")).get("/cabinet/").content.decode()
    assert "Ответить на приглашение" in page
    assert str(world.garden) in page


def test_refused_invitation_lets_nobody_in(sent, world, come):
    invitation, _link = sent()
    guest = account("guest", "Гостева")
    come(guest).post(reverse("own_invitation", args=[invitation.pk]), {"answer": "refuse"})
    invitation.refresh_from_db()
    assert invitation.state == InvitationState.REFUSED
    with pytest.raises(RefusedError):
        invitations.accept(invitation, user=guest)


def test_term_of_two_weeks_ends_by_the_second(sent, world, client):
    invitation, link = sent()
    guest = account("guest", "Гостева")
    with time_machine.travel(invitation.expires_at + timedelta(seconds=1), tick=False):
        assert Invitation.objects.get().shown_state == InvitationState.EXPIRED
        assert client.get(link).status_code == 404
        with pytest.raises(RefusedError, match="срок истёк"):
            invitations.accept(invitation, user=guest)


def test_resending_gives_a_new_link_and_kills_the_former(sent, world, client):
    invitation, former = sent()
    with time_machine.travel(timezone.now() + timedelta(days=20)):
        again = invitations.resend(invitation, actor=world.head)
        letters.deliver_due_letters()
        link = re.search(r"^http://testserver(\S+)$", mail.outbox[-1].body, re.MULTILINE)[1]
        assert again.is_open
        assert client.get(former).status_code == 404
        assert client.get(link).status_code == 200


def test_withdrawn_link_is_dead_and_looks_like_a_made_up_one(sent, world, client):
    invitation, link = sent()
    invitations.withdraw(invitation, actor=world.head)
    dead, made_up = client.get(link), client.get("/cabinet/invitations/net-takoy-ssylki/")
    assert (dead.status_code, made_up.status_code) == (404, 404)
    assert dead.content.decode() == made_up.content.decode().replace("net-takoy-ssylki", link.split("/")[-2])


def test_button_pressed_twice_sends_one_letter(world, come):
    own = come(world.head)
    for _press in range(2):
        own.post(reverse("invite", args=[world.garden.slug]), {"email": "guest@example.org", "role": "author"})
    assert Invitation.objects.count() == 1
    assert Letter.objects.filter(kind="organisation_invited").count() == 1


def test_answer_is_the_same_for_a_mailbox_with_and_without_an_account(world, come):
    own, address = come(world.head), reverse("invite", args=[world.garden.slug])
    answers = []
    for email in (world.outsider.email, "nobody@example.org"):
        page = own.post(address, {"email": email, "role": "author"}, follow=True).content.decode()
        answers.append(re.sub(r'csrfmiddlewaretoken" value="\w+"', "", page).count(email))
        assert f"Приглашение отправлено на {email}" in page
    assert answers[0] >= 2  # in the message and in the list
    assert Letter.objects.filter(kind="organisation_invited").count() == 2


def test_one_who_is_in_is_not_invited(world):
    with pytest.raises(RefusedError, match="уже состоит"):
        invitations.invite(world.garden, world.author.email.upper(), MemberRole.AUTHOR, actor=world.head)


def test_mailbox_is_not_flooded(world, monkeypatch):
    monkeypatch.setattr(invitations, "SAME_PRESS", timedelta(0))
    for _time in range(invitations.PER_MAILBOX):
        invitations.invite(world.garden, "guest@example.org", MemberRole.AUTHOR, actor=world.head)
    with pytest.raises(RefusedError, match="слишком много"):
        invitations.invite(world.garden, "guest@example.org", MemberRole.AUTHOR, actor=world.head)
    assert Letter.objects.filter(kind="organisation_invited").count() == invitations.PER_MAILBOX


def test_history_tells_every_step(sent, world):
    invitation, _link = sent()
    invitations.resend(invitation, actor=world.head)
    guest = account("guest", "Гостева")
    invitations.accept(Invitation.objects.get(), user=guest)
    steps = PeopleRecord.objects.order_by("pk").values_list("action", "actor", "email", "source", "target")
    assert list(steps) == [
        (PeopleAction.INVITED, world.head.pk, "guest@example.org", "", "author"),
        (PeopleAction.INVITED_AGAIN, world.head.pk, "guest@example.org", "", "author"),
        (PeopleAction.INVITATION_ACCEPTED, guest.pk, "guest@example.org", "pending", "accepted"),
    ]


def test_manager_sees_states_and_acts_by_buttons(world, come):
    own = come(world.head)
    invitation = invitations.invite(world.garden, "guest@example.org", MemberRole.AUTHOR, actor=world.head)
    page = own.get(reverse("organisation_people", args=[world.garden.slug])).content.decode()
    assert "guest@example.org" in page
    address = reverse("change_invitation", args=[world.garden.slug, invitation.pk])
    own.post(address, {"action": "resend"})
    own.post(address, {"action": "withdraw"})
    assert Invitation.objects.get().state == InvitationState.WITHDRAWN
    page = come(world.author).get(reverse("organisation_people", args=[world.garden.slug])).content.decode()
    assert "guest@example.org" not in page
