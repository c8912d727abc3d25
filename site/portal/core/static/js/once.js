// A button that sends says «Отправляем…» until the answer comes. That nothing is sent twice is the server's work.
document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (!button || !button.dataset.once || event.defaultPrevented) return;
  button.dataset.words = button.textContent;
  // After the form has been read: a disabled button is not sent.
  setTimeout(() => {
    button.textContent = button.dataset.once;
    button.setAttribute("aria-disabled", "true");
  });
});
document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-once][aria-disabled]");
  if (button) event.preventDefault();
});
// «Back» may show the page as it was left.
addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("button[data-once][aria-disabled]")) {
    button.textContent = button.dataset.words;
    button.removeAttribute("aria-disabled");
  }
});
