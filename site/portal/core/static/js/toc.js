// The contents of a long page show where the reader is.
document.addEventListener("DOMContentLoaded", () => {
  const toc = document.querySelector("[data-toc]");
  if (!toc) return;
  const links = [...toc.querySelectorAll('a[href^="#"]')].filter((link) => document.getElementById(link.hash.slice(1)));
  if (!links.length) return;
  let current = null;
  let waiting = false;

  const follow = () => {
    waiting = false;
    const line = innerHeight * 0.3;
    const atEnd = innerHeight + scrollY >= document.documentElement.scrollHeight - 2;
    const passed = links.filter((link) => document.getElementById(link.hash.slice(1)).getBoundingClientRect().top <= line);
    const here = atEnd ? links[links.length - 1] : passed[passed.length - 1] || links[0];
    if (here === current) return;
    current?.removeAttribute("aria-current");
    here.setAttribute("aria-current", "true");
    current = here;
    // On a phone the contents are a strip that scrolls by itself
    const strip = here.closest("ul");
    if (strip.scrollWidth > strip.clientWidth) strip.scrollTo({ left: here.offsetLeft - strip.clientWidth / 3 });
  };

  addEventListener("scroll", () => { if (!waiting) { waiting = true; requestAnimationFrame(follow); } }, { passive: true });
  toc.querySelectorAll("[aria-current]").forEach((link) => link.removeAttribute("aria-current"));
  follow();
});
