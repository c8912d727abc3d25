// The version for the visually impaired. The first half runs in <head>, before anything is painted, so nothing flashes.
(() => {
  const root = document.documentElement;
  const keys = ["size", "scheme", "spacing", "images"];
  const read = (key) => { try { return localStorage.getItem("vi-" + key) || ""; } catch { return ""; } };
  const write = (key, value) => { try { localStorage.setItem("vi-" + key, value); } catch { /* a private window */ } };
  const apply = (key, value) => { if (value) root.setAttribute("data-" + key, value); else root.removeAttribute("data-" + key); };

  root.setAttribute("data-js", "");
  keys.forEach((key) => apply(key, read(key)));

  // With pictures off a reader sees what their alternative text says
  const describePictures = () => {
    if (root.dataset.images !== "off") return;
    document.querySelectorAll("main img[alt]:not([alt=''])").forEach((image) => {
      const place = image.closest("picture") || image;
      if (place.nextElementSibling?.classList.contains("alt-text")) return;
      const text = document.createElement("span");
      text.className = "alt-text";
      text.textContent = "Рисунок: " + image.alt;
      place.after(text);
    });
  };

  // The panel weighs as much as a tenth of a page and hardly anybody opens it: it comes when it is asked for
  const load = async (toggle) => {
    const answer = await fetch(toggle.dataset.viToggle);
    if (!answer.ok) throw new Error("vision panel: " + answer.status);
    const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
    const panel = parsed.querySelector("[data-vi-panel]");
    toggle.closest(".util").after(panel);
    return panel;
  };

  const connect = (panel, toggle) => {
    const show = () => keys.forEach((key) => panel.querySelectorAll(`[name="vi-${key}"]`).forEach((input) => {
      input.checked = input.value === read(key);
    }));
    const choose = (key, value) => { write(key, value); apply(key, value); describePictures(); };
    const open = (on) => {
      panel.hidden = !on;
      toggle.setAttribute("aria-expanded", String(on));
      (on ? panel.querySelector("[tabindex]") : toggle).focus();
    };

    show();
    panel.addEventListener("change", (event) => choose(event.target.name.slice(3), event.target.value));
    panel.addEventListener("keydown", (event) => { if (event.key === "Escape") open(false); });
    panel.querySelector("[data-vi-reset]").addEventListener("click", () => { keys.forEach((key) => choose(key, "")); show(); });
    panel.querySelector("[data-vi-toggle]").addEventListener("click", () => open(false));
    return () => open(panel.hidden);
  };

  document.addEventListener("DOMContentLoaded", () => {
    describePictures();
    const toggle = document.querySelector("[data-vi-toggle]");
    let turn = null;
    toggle?.addEventListener("click", async () => {
      turn ??= load(toggle).then((panel) => connect(panel, toggle));
      try { (await turn)(); } catch { turn = null; }
    });
  });
})();
