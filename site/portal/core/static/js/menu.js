// The menu and other drop-downs are bare <details>; Escape and a click elsewhere close them too.
(() => {
  const close = (details, focus) => { details.open = false; if (focus) details.querySelector("summary").focus(); };
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    document.querySelectorAll("details[data-drop][open]").forEach((details) => close(details, true));
  });
  document.addEventListener("click", (event) => {
    document.querySelectorAll("details[data-drop][open]").forEach((details) => {
      if (!details.parentElement.contains(event.target)) close(details, false);
    });
  });
})();
