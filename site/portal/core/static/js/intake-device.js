// What could not be sent stays on this device until it is, kept by person and draft; signing out clears it (account.js).
const IntakeDevice = (() => {
  const PREFIX = "portal-draft:";
  const keyOf = ({ person, draft, step }) => `${PREFIX}${person}:${draft}:${step}`;

  // fields: name → [[input name, value], …]; seen: name → [version, mark]
  const keep = (form, fields, seen) => {
    try { localStorage.setItem(keyOf(form.dataset), JSON.stringify({ fields, seen })); return true; } catch { return false; }
  };
  const clear = (form) => { try { localStorage.removeItem(keyOf(form.dataset)); } catch { /* a device without storage */ } };
  const take = (form) => {
    try { return JSON.parse(localStorage.getItem(keyOf(form.dataset))); } catch { return null; }
  };

  const fill = (box, pairs) => {
    const table = box.querySelector("[data-rows]");
    if (table) return IntakeRows.fill(table, pairs);
    const values = pairs.map((pair) => pair[1]);
    const inputs = [...box.querySelectorAll("input, select, textarea")].filter((input) => input.name);
    inputs.forEach((input, place) => {
      if (input.type === "checkbox") input.checked = values.includes(input.value);
      else input.value = values[place] ?? "";
    });
  };

  return { keep, clear, take, fill };
})();
