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

  document.addEventListener("DOMContentLoaded", () => {
    describePictures();
    const panel = document.querySelector("[data-vi-panel]");
    const toggles = document.querySelectorAll("[data-vi-toggle]");
    if (!panel || !toggles.length) return;

    const show = () => keys.forEach((key) => panel.querySelectorAll(`[name="vi-${key}"]`).forEach((input) => {
      input.checked = input.value === read(key);
    }));
    const choose = (key, value) => { write(key, value); apply(key, value); describePictures(); };
    const open = (on) => {
      panel.hidden = !on;
      toggles[0].setAttribute("aria-expanded", String(on));
      (on ? panel.querySelector("[tabindex]") : toggles[0]).focus();
    };

    show();
    panel.addEventListener("change", (event) => choose(event.target.name.slice(3), event.target.value));
    panel.addEventListener("keydown", (event) => { if (event.key === "Escape") open(false); });
    panel.querySelector("[data-vi-reset]").addEventListener("click", () => { keys.forEach((key) => choose(key, "")); show(); });
    toggles.forEach((button) => button.addEventListener("click", () => open(panel.hidden)));
  });
})();
