/* A save by hand waits for the autosave that is under way. Sent beside it, the form of a new page makes a second page
   or is refused for an address that the autosave has just taken, and the form of a page with a draft looks stale. */
(() => {
  'use strict';
  const FORM = '[data-edit-form]';
  const LONGEST_WAIT = 15000;
  let saving = false;
  let leaving = false;
  let send = null;

  function answered() {
    saving = false;
    if (send) send();
  }

  function wait(form, submitter) {
    if (send) return;
    const timer = setTimeout(() => send && send(), LONGEST_WAIT);
    send = () => {
      send = null;
      clearTimeout(timer);
      if (submitter && submitter.name) {
        /* The button is switched off by now, and a switched-off button is not sent. */
        const pressed = document.createElement('input');
        pressed.type = 'hidden';
        pressed.name = submitter.name;
        pressed.value = submitter.value;
        form.append(pressed);
      }
      HTMLFormElement.prototype.submit.call(form);
    };
  }

  document.addEventListener('w-autosave:save', (event) => {
    if (leaving) event.preventDefault();
    if (!event.defaultPrevented) saving = true;
  });
  document.addEventListener('w-autosave:success', answered);
  document.addEventListener('w-autosave:error', answered);

  document.addEventListener('submit', (event) => {
    if (event.defaultPrevented || !event.target.matches(FORM)) return;
    leaving = true;
    if (!saving) return;
    event.preventDefault();
    wait(event.target, event.submitter);
  });

  document.addEventListener('DOMContentLoaded', () => {
    document.querySelectorAll(FORM).forEach((form) => {
      /* Dialogs of agreement send the form by a call, which no event foretells. */
      form.submit = () => {
        leaving = true;
        if (saving) wait(form, null);
        else HTMLFormElement.prototype.submit.call(form);
      };
    });
  });

  window.addEventListener('pageshow', (event) => {
    if (event.persisted) leaving = false;
  });
})();
