// Both versions of a field that somebody else changed meanwhile, and word of a field that has changed under one's eyes.
const IntakeConflict = (() => {
  const place = (box) => box.querySelector("[data-conflict]");

  const show = (box, html) => {
    place(box).innerHTML = html; // made by the portal's own template
    box.querySelector(".changed")?.remove();
  };
  const hide = (box) => { place(box).textContent = ""; };

  const changed = (box, words) => {
    if (box.querySelector(".changed") || place(box).childElementCount) return;
    const note = document.createElement("p");
    note.className = "changed";
    note.setAttribute("role", "status");
    note.textContent = words;
    place(box).before(note);
  };

  const error = (box, words) => {
    const line = box.querySelector(":scope > .err");
    line.hidden = !words;
    line.querySelector("[data-words]").textContent = words || "";
    if (words) box.dataset.st = "late"; else delete box.dataset.st;
    box.querySelectorAll(":scope > .input").forEach((input) => {
      if (!words) return input.removeAttribute("aria-invalid");
      input.setAttribute("aria-invalid", "true");
      const described = new Set((input.getAttribute("aria-describedby") || "").split(" ").filter(Boolean).concat(line.id));
      input.setAttribute("aria-describedby", [...described].join(" "));
    });
  };

  return { show, hide, changed, error };
})();
