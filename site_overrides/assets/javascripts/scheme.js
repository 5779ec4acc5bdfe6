// Sets the colour scheme before anything is drawn, so it loads in the head and waits for nothing.
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  let chosen = null;
  try {
    chosen = localStorage.getItem("samspill.scheme");
  } catch {
    // A browser may refuse storage; the device's own scheme then holds.
  }
  if (chosen === "light" || chosen === "dark") root.dataset.scheme = chosen;
})();
