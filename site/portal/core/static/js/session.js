// Before the sign-in ends the page says so and offers to go on; after it, one signs in on the spot: nothing typed is lost.
// Other scripts that hear 401 send the event "session:check" to the document; "session:ended" and "session:resumed" answer.
document.addEventListener("DOMContentLoaded", () => {
  const guard = document.querySelector("[data-session-guard]");
  if (!guard) return;
  const { sessionGuard: address, person, warn } = guard.dataset;
  const status = guard.querySelector("[role=status]");
  const extend = guard.querySelector("[data-session-extend]");
  const entry = guard.querySelector("[data-session-entry]");
  const LONGEST_WAIT = 24 * 3600; // a longer timer overflows, and the clock of a sleeping device stands
  let timer = null;
  let ended = false;

  const say = (text) => { status.textContent = text; guard.classList.toggle("session--open", text !== ""); };
  const after = (seconds, task) => { clearTimeout(timer); timer = setTimeout(task, Math.max(1, Math.min(seconds, LONGEST_WAIT)) * 1000); };
  const tell = (name) => document.dispatchEvent(new Event(name));

  const take = (answer) => {
    document.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach((field) => { field.value = answer.csrf; });
    guard.dataset.csrf = answer.csrf;
  };

  const holds = (answer) => {
    if (answer.person !== person) {
      after(LONGEST_WAIT, check);
      extend.hidden = entry.hidden = true;
      return say("На портал в этом браузере вошёл другой человек. Скопируйте набранное и обновите страницу.");
    }
    if (ended) {
      ended = false;
      take(answer);
      entry.hidden = true;
      say("Вы снова вошли. Всё набранное на месте, продолжайте.");
      tell("session:resumed");
    }
    const left = answer.seconds - Number(warn);
    if (left > 0) {
      if (!extend.hidden) { extend.hidden = true; say(""); }
      return after(left, check);
    }
    const minutes = Math.ceil(answer.seconds / 60);
    extend.hidden = false;
    say(minutes > 1 ? `Сеанс закончится через ${minutes} мин. Продлите его, чтобы не входить снова.` : "Сеанс закончится через минуту. Продлите его, чтобы не входить снова.");
    return after(minutes > 1 ? answer.seconds - (minutes - 1) * 60 : answer.seconds + 1, check);
  };

  const isOver = (answer) => {
    guard.dataset.csrf = answer.csrf;
    extend.hidden = true;
    entry.hidden = false;
    after(LONGEST_WAIT, check);
    if (ended) return;
    ended = true;
    say("Сеанс закончился. Войдите здесь же: всё набранное останется на странице.");
    tell("session:ended");
  };

  const ask = async (method) => {
    try {
      const headers = { Accept: "application/json", ...(method === "POST" && { "X-CSRFToken": guard.dataset.csrf }) };
      const answer = await fetch(address, { method, headers, credentials: "same-origin", cache: "no-store" });
      const read = await answer.json();
      if (answer.status === 401) return isOver(read);
      if (!answer.ok) throw new Error(String(answer.status));
      guard.dataset.csrf = read.csrf;
      holds(read);
      return true;
    } catch { return after(60, check); } // no connection says nothing about the session
  };

  function check() { return ask("GET"); }

  extend.addEventListener("click", async () => {
    if (await ask("POST")) say("Сеанс продлён.");
  });

  entry.addEventListener("submit", async (event) => {
    event.preventDefault();
    const fields = new FormData(entry);
    fields.set("csrfmiddlewaretoken", guard.dataset.csrf);
    try {
      const answer = await fetch(entry.action, {
        method: "POST", body: fields, credentials: "same-origin",
        headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" },
      });
      if (answer.status === 429) return say("Слишком много попыток. Подождите 15 минут, страницу не закрывайте.");
      const read = await answer.json();
      entry.querySelector("input[type=password]").value = "";
      if (!answer.ok) return say("Пароль не подходит. Проверьте раскладку и Caps Lock.");
      if (/\/2fa\//.test(read.location || "")) return say("Нужен код из приложения: откройте вход в новой вкладке, затем вернитесь сюда.");
      return check();
    } catch { return say("Нет связи с порталом. Попробуйте ещё раз, страницу не закрывайте."); }
  });

  // Back from another tab or from sleep: the timers may have stood
  document.addEventListener("visibilitychange", () => { if (!document.hidden) check(); });
  document.addEventListener("session:check", check);
  check();
});
