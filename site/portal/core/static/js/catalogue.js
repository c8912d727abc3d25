// The catalogue answers to a tick without a reload. htmx carries the request; here: when to ask, what to keep, what to say.
(() => {
  const region = () => document.querySelector("[data-catalogue]");
  const say = (text) => { const place = document.querySelector("[data-announce]"); if (place) place.textContent = text; };
  const inside = (event) => Boolean(region()?.contains(event.target));
  let opened = new Map();
  let focused = "";

  const selector = (element) => {
    if (element.id) return "#" + CSS.escape(element.id);
    return element.name ? `[name="${CSS.escape(element.name)}"][value="${CSS.escape(element.value)}"]` : "";
  };

  const failed = (event) => {
    if (!inside(event)) return;
    const note = region().querySelector("[data-offline]");
    if (note) note.hidden = false;
    say("Нет связи, показываем прежние результаты");
  };

  document.addEventListener("change", (event) => {
    if (!window.htmx || !inside(event) || event.target.matches("input[type=search], input[type=text]")) return;
    event.target.form?.requestSubmit();
  });

  // Blank choices would only lengthen the address that people share
  document.addEventListener("htmx:configRequest", (event) => {
    if (!inside(event)) return;
    const given = event.detail.formData;
    [...new Set(given.keys())].forEach((name) => {
      const values = given.getAll(name).filter((value) => value !== "");
      given.delete(name);
      values.forEach((value) => given.append(name, value));
    });
  });

  // What the reader unfolded stays unfolded when the region is replaced
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (!inside(event)) return;
    opened = new Map([...region().querySelectorAll("details[id]")].map((details) => [details.id, details.open]));
    focused = region().contains(document.activeElement) ? selector(document.activeElement) : "";
  });
  document.addEventListener("htmx:afterSettle", () => {
    if (!region() || !opened.size) return;
    opened.forEach((open, id) => { const details = document.getElementById(id); if (details) details.open = open; });
    opened = new Map();
    // htmx restores focus by ids alone, and not where the filters were folded when it tried
    if (focused) region().querySelector(focused)?.focus({ preventScroll: true });
    say(region().querySelector("[data-count]")?.textContent.trim() || "");
  });

  ["htmx:sendError", "htmx:responseError", "htmx:timeout"].forEach((name) => document.addEventListener(name, failed));
})();
