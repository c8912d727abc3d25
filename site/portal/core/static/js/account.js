// The account menu comes by one small private request, so that pages themselves can be kept by any cache.
document.addEventListener("DOMContentLoaded", async () => {
  const place = document.querySelector("[data-account-menu]");
  if (!place) return;
  try {
    const answer = await fetch(place.dataset.accountMenu, { credentials: "same-origin", headers: { Accept: "text/html" } });
    // A redirect or an error leaves the plain link to sign in where it is
    if (answer.ok && !answer.redirected && !place.contains(document.activeElement)) place.innerHTML = await answer.text();
  } catch { /* no connection: the link stays */ }
});

// Who signs out leaves no unsent text of theirs on the device (see intake-device.js)
document.addEventListener("submit", (event) => {
  // Not `.action`: a button of that name hides the form's own address
  if (!(event.target.getAttribute("action") || "").endsWith("/accounts/logout/")) return;
  try {
    Object.keys(localStorage).filter((key) => key.startsWith("portal-draft:")).forEach((key) => localStorage.removeItem(key));
  } catch { /* a device without storage */ }
});
