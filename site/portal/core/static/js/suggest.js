// Suggestions under a search box: an ARIA 1.2 combobox. Without them the box is still a plain form.
document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("input[data-suggest]").forEach((input, number) => {
  const list = document.createElement("ul");
  const said = document.createElement("p");
  let timer = 0;
  let request = null;
  let items = [];
  let at = -1;

  Object.assign(list, { id: `suggest-${number}`, className: "suggest", hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Подсказки");
  Object.assign(said, { className: "vh" });
  said.setAttribute("role", "status");
  input.closest(".search").append(list);
  input.closest("form").after(said);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id })) {
    input.setAttribute(name, value);
  }

  const mark = (index) => {
    at = index;
    [...list.children].forEach((option, i) => option.setAttribute("aria-selected", String(i === at)));
    if (at < 0) input.removeAttribute("aria-activedescendant");
    else {
      input.setAttribute("aria-activedescendant", list.children[at].id);
      list.children[at].scrollIntoView({ block: "nearest" });
    }
  };
  const open = (on) => { list.hidden = !on; input.setAttribute("aria-expanded", String(on)); if (!on) mark(-1); };
  const close = () => { clearTimeout(timer); request?.abort(); open(false); said.textContent = ""; };

  const draw = () => {
    list.replaceChildren(...items.map((item, i) => {
      const option = document.createElement("li");
      const kind = document.createElement("small");
      option.id = `${list.id}-${i}`;
      option.setAttribute("role", "option");
      kind.textContent = item.kind || "";
      option.append(item.text, kind);
      // mousedown, not click: the box must not lose focus first
      option.addEventListener("mousedown", (event) => { event.preventDefault(); go(i); });
      return option;
    }));
    open(items.length > 0);
    mark(-1);
    said.textContent = items.length ? `Подсказок: ${items.length}` : "";
  };
  const go = (index) => {
    const { url, text } = items[index];
    close();
    if (url) location.assign(url);
    else { input.value = text; input.form.requestSubmit(); }
  };
  const ask = async () => {
    request?.abort();
    const mine = request = new AbortController();
    try {
      const answer = await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(input.value.trim())}`, { signal: mine.signal });
      const found = answer.ok ? (await answer.json()).suggestions : [];
      if (mine.signal.aborted || document.activeElement !== input) return;
      items = found;
      draw();
    } catch { /* aborted by a newer letter, or no connection: no suggestions */ }
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    if (input.value.trim().length < 2) close();
    else timer = setTimeout(ask, 150);
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move && list.hidden && items.length && input.value.trim().length > 1) { event.preventDefault(); ask(); return; }
    if (list.hidden) return;
    if (move) {
      event.preventDefault();
      // One place beyond the ends is the box itself
      mark((at + 1 + move + items.length + 1) % (items.length + 1) - 1);
    } else if (event.key === "Escape") { event.preventDefault(); close(); } else if (event.key === "Enter" && at >= 0) { event.preventDefault(); go(at); } else if (event.key === "Tab") close();
  });
}));
