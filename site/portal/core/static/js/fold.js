// Long sections are folded on a phone and open elsewhere; on paper all of them are open.
document.addEventListener("DOMContentLoaded", () => {
  const parts = [...document.querySelectorAll("details[data-fold]")];
  if (parts.length < 2) return;
  const asked = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (matchMedia("(max-width: 44rem)").matches) parts.forEach((part) => { part.open = part === asked; });
  addEventListener("beforeprint", () => parts.forEach((part) => { part.open = true; }));
  addEventListener("hashchange", () => {
    const part = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (parts.includes(part)) part.open = true;
  });
});
