// Says every fifteen seconds that somebody is here, and shows who else is.
document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("[data-step-form]");
  const place = document.querySelector("[data-present]");
  if (!form || !place) return;
  const PAUSE = 15000;

  const beat = async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(form.dataset.stepForm, { headers: { Accept: "application/json" }, credentials: "same-origin", cache: "no-store" });
      if (answer.redirected || answer.status === 401) return document.dispatchEvent(new Event("session:check"));
      if (!answer.ok) return;
      const { others, versions } = await answer.json();
      if (place.textContent !== others) place.textContent = others;
      place.hidden = !others;
      document.dispatchEvent(new CustomEvent("intake:versions", { detail: versions }));
    } catch { /* no connection: the line of saving says so */ }
  };

  setInterval(beat, PAUSE);
  document.addEventListener("visibilitychange", beat);
  beat();
});
