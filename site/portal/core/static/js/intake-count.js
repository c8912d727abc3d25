// Characters of a text against its limit, counted while one types; a text over the limit is never cut off. A long list
// says on its fold what is chosen.
document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("[data-step-form]");
  if (!form) return;

  const count = (input) => {
    const place = form.querySelector(`[data-count-for="${CSS.escape(input.id)}"]`);
    if (!place) return;
    const now = [...input.value.trim().replace(/\r\n?/g, "\n")].length;
    const most = Number(input.dataset.most);
    place.dataset.limits = place.dataset.limits || place.textContent;
    place.textContent = now ? `${now} из ${most}${now > most ? `, лишних ${now - most}` : ""}` : place.dataset.limits;
    place.toggleAttribute("data-over", now > most);
  };

  const name = (fold) => {
    const chosen = [...fold.querySelectorAll("input:checked")].map((input) => input.parentElement.textContent.trim());
    fold.querySelector("[data-chosen]").textContent = chosen.length ? `Выбрано: ${chosen.join("; ")}` : `Выбрать из ${fold.querySelectorAll("input").length}`;
  };

  form.addEventListener("input", (event) => {
    if (event.target.dataset.most) count(event.target);
    const fold = event.target.closest("[data-choices]");
    if (fold) name(fold);
  });
  form.querySelectorAll("[data-most]").forEach(count);
});
