// Rows of a table are added, removed and moved on the spot; the same buttons work without a script by sending the form.
const IntakeRows = (() => {
  const rowsOf = (table) => [...table.querySelectorAll("[data-list] > [data-row]")];
  const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(5)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const touched = (table) => table.dispatchEvent(new Event("input", { bubbles: true }));
  const tell = (table, words) => { table.querySelector("[data-told]").textContent = words; };

  const tidy = (table) => {
    const rows = rowsOf(table);
    rows.forEach((row, place) => {
      row.querySelector("[data-number]").textContent = place + 1;
      row.querySelectorAll("[data-row-do]").forEach((button) => {
        button.setAttribute("aria-label", `${button.getAttribute("aria-label").split(":")[0]}: ${table.dataset.label} ${place + 1}`);
        if (button.dataset.rowDo === "up") button.disabled = place === 0;
        if (button.dataset.rowDo === "down") button.disabled = place === rows.length - 1;
      });
    });
    const add = table.querySelector("[data-row-add]");
    if (add) add.hidden = rows.length >= Number(table.dataset.mostRows || Infinity);
  };

  const add = (table, id = newId()) => {
    const holder = document.createElement("ol");
    holder.innerHTML = table.querySelector("template").innerHTML.replaceAll("-ROW-", `-${id}-`).replaceAll("-ROW\"", `-${id}"`).replaceAll(":ROW\"", `:${id}"`).replaceAll("\"ROW\"", `"${id}"`);
    const row = holder.firstElementChild;
    table.querySelector("[data-list]").append(row);
    return row;
  };

  const press = (table, row, what) => {
    const label = table.dataset.label;
    if (what === "remove") {
      const near = row.nextElementSibling || row.previousElementSibling;
      row.remove();
      tidy(table);
      tell(table, `Удалено: ${label}. Осталось ${rowsOf(table).length}.`);
      (near ? near.querySelector("[data-row-title]") : table.querySelector("[data-row-add]")).focus();
    } else {
      if (what === "up") row.previousElementSibling.before(row);
      else row.nextElementSibling.after(row);
      tidy(table);
      tell(table, `Теперь место ${rowsOf(table).indexOf(row) + 1} из ${rowsOf(table).length}.`);
      const own = row.querySelector(`[data-row-do="${what}"]`);
      (own.disabled ? row.querySelector(`[data-row-do="${what === "up" ? "down" : "up"}"]`) : own).focus();
    }
    touched(table);
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-row-do], [data-row-add]");
    const table = button && button.closest("[data-rows]");
    if (!table) return;
    event.preventDefault();
    if (!button.hasAttribute("data-row-add")) return press(table, button.closest("[data-row]"), button.dataset.rowDo);
    const row = add(table);
    tidy(table);
    tell(table, `Добавлено: ${table.dataset.label} ${rowsOf(table).length}.`);
    row.querySelector("input, textarea, select").focus();
  });

  // Rows as they were kept on the device: [name, value] pairs in their order
  const fill = (table, pairs) => {
    const list = table.querySelector("[data-list]");
    const name = table.dataset.rows;
    const ids = [...new Set(pairs.map(([key]) => key.slice(name.length + 1, key.lastIndexOf("-"))))];
    ids.forEach((id) => {
      const row = list.querySelector(`[data-row="${CSS.escape(id)}"]`) || add(table, id);
      list.append(row);
    });
    rowsOf(table).filter((row) => !ids.includes(row.dataset.row)).forEach((row) => row.remove());
    pairs.forEach(([key, value]) => {
      const input = list.querySelector(`[name="${CSS.escape(key)}"]`);
      if (input) input.value = value;
    });
    tidy(table);
  };

  return { fill };
})();
