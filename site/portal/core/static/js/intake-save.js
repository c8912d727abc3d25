// A step saves itself five seconds after the last key and on leaving: only the fields that were touched, each against the
// version that the page has seen. The line on top says how it stands; what cannot be sent waits on the device.
document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("[data-step-form]");
  if (!form) return;
  const address = form.dataset.stepForm;
  const line = document.querySelector("[data-save-line]");
  const OFFLINE = "Нет связи. Текст останется на этом устройстве, отправим, когда связь вернётся";
  const PAUSE = 5000, AGAIN = 15000, MOST_ON_LEAVING = 60000; // browsers send no more than 64 KB while a page closes
  const seen = JSON.parse(form.elements.seen.value);
  const dirty = new Map(); // field → how many times it was touched
  const held = new Set(); // fields whose two versions wait for a choice
  const settled = new Set([...form.querySelectorAll("input[name=settled]")].map((input) => input.value));
  let timer = null, sending = false, submitting = false, stopped = false;
  const say = (words, state = "") => { line.textContent = words; line.dataset.st = state; };
  const box = (name) => form.querySelector(`[data-field="${CSS.escape(name)}"]`);
  const later = (pause = PAUSE) => { clearTimeout(timer); timer = setTimeout(save, pause); };
  const pairs = (name) => [...box(name).querySelectorAll("input, select, textarea")]
    .filter((input) => input.name && !input.disabled && (input.type !== "checkbox" || input.checked))
    .map((input) => [input.name, input.value]);
  const waiting = () => [...dirty.keys()].filter((name) => !held.has(name));

  const body = (names) => {
    const sent = new URLSearchParams({ csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value, page: form.elements.page.value, seen: JSON.stringify(seen) });
    names.forEach((name) => {
      sent.append("fields", name);
      if (settled.has(name)) sent.append("settled", name);
      pairs(name).forEach(([key, value]) => sent.append(key, value));
    });
    return sent;
  };

  const keepHere = (words) => {
    const kept = IntakeDevice.keep(form, Object.fromEntries([...dirty.keys()].map((name) => [name, pairs(name)])), seen);
    say(kept ? words : "Нет связи. Не закрывайте страницу: на этом устройстве текст сохранить нельзя.", "late");
    later(AGAIN);
  };

  const saved = (answer, names, touched) => {
    Object.assign(seen, answer.seen);
    names.forEach((name) => {
      IntakeConflict.error(box(name), answer.errors[name]);
      if (answer.conflicts[name]) {
        IntakeConflict.show(box(name), answer.conflicts[name]);
        seen[name] = [answer.late[name], ""];
        held.add(name);
        settled.delete(name);
      } else {
        IntakeConflict.hide(box(name));
        settled.delete(name);
        if (dirty.get(name) === touched.get(name)) dirty.delete(name);
      }
    });
    form.elements.seen.value = JSON.stringify(seen);
    if (!dirty.size) IntakeDevice.clear(form);
    if (held.size) say("Выберите версию: поле изменили и вы, и другая правка", "late");
    else say(`Сохранено в ${answer.saved_at}${Object.keys(answer.errors).length ? ", кроме отмеченного" : ""}`);
    if (waiting().length) later();
  };

  const freshToken = async () => {
    const answer = await fetch(address, { headers: { Accept: "application/json" }, credentials: "same-origin", cache: "no-store" });
    if (!answer.ok || answer.redirected) return false;
    const { csrf } = await answer.json();
    document.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach((input) => { input.value = csrf; });
    return true;
  };

  async function save(again = true) {
    const names = waiting();
    if (!names.length || sending || stopped || submitting) return;
    sending = true;
    const touched = new Map(dirty);
    say("Сохраняем…", "wait");
    let answer = null;
    try {
      answer = await fetch(address, { method: "POST", body: body(names), credentials: "same-origin", headers: { Accept: "application/json" } });
      if (answer.ok) saved(await answer.json(), names, touched);
    } catch { answer = null; }
    sending = false;
    if (!answer) return keepHere(OFFLINE);
    if (answer.status === 401) {
      say("Вы вышли из кабинета. Войдите снова, и мы сохраним набранное", "late");
      return document.dispatchEvent(new Event("session:check"));
    }
    if (answer.status === 403 && again && await freshToken().catch(() => false)) return save(false);
    if (answer.status === 409) {
      stopped = true;
      const { words } = await answer.json();
      return say(`Не сохранено. ${words} Набранное осталось на странице: его можно скопировать.`, "late");
    }
    if (!answer.ok) keepHere("Портал не ответил. Текст останется на этом устройстве, отправим ещё раз");
  }

  form.addEventListener("input", (event) => {
    const name = event.target.closest("[data-field]")?.dataset.field;
    if (!name || stopped) return;
    if (held.delete(name)) settled.add(name); // both versions were on the page: what is written now is the choice
    dirty.set(name, (dirty.get(name) || 0) + 1);
    later();
  });
  form.addEventListener("click", (event) => {
    const name = event.target.closest("[data-settle]")?.dataset.settle;
    if (!name) return;
    event.preventDefault();
    held.delete(name);
    settled.add(name);
    dirty.set(name, (dirty.get(name) || 0) + 1);
    box(name).querySelector("input, textarea, select").focus();
    save();
  });
  form.addEventListener("submit", (event) => {
    if (submitting || !navigator.onLine) {
      event.preventDefault();
      return submitting || !dirty.size ? say(OFFLINE, "late") : keepHere(OFFLINE);
    }
    submitting = true;
    clearTimeout(timer);
    settled.forEach((name) => form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "settled", value: name })));
    return say("Сохраняем…", "wait");
  });

  const leave = (gone) => {
    const names = submitting || stopped ? [] : waiting();
    const sent = body(names);
    if (gone) sent.append("left", "1");
    if ((names.length || gone) && String(sent).length < MOST_ON_LEAVING) navigator.sendBeacon(address, sent);
  };
  window.addEventListener("pagehide", () => leave(true));
  window.addEventListener("pageshow", (event) => { if (event.persisted) submitting = false; });
  document.addEventListener("visibilitychange", () => { if (document.hidden && !sending) save(); });
  window.addEventListener("beforeunload", (event) => { if (dirty.size && !submitting) event.preventDefault(); });
  window.addEventListener("online", () => save());
  document.addEventListener("session:resumed", () => save());
  document.addEventListener("intake:versions", ({ detail }) => Object.entries(detail).forEach(([name, version]) => {
    if (seen[name] && version > seen[name][0] && !sending && !dirty.has(name)) IntakeConflict.changed(box(name), "Это поле только что изменили на другом устройстве. Обновите страницу, чтобы увидеть новый текст.");
  }));

  const kept = IntakeDevice.take(form);
  if (kept) {
    Object.entries(kept.fields).filter(([name]) => box(name)).forEach(([name, values]) => {
      IntakeDevice.fill(box(name), values);
      if (kept.seen[name]) seen[name] = [kept.seen[name][0], ""];
      dirty.set(name, 1);
    });
    save();
  }
  document.querySelector("[data-focus]")?.focus();
});
