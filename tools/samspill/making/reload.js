// Only while `samspill serve` runs: reload after a good build, show what is wrong after a bad one.
let version = null;
async function ask() {
  try {
    const state = await (await fetch("/_samspill/state.json", { cache: "no-store" })).json();
    if (version !== null && state.version !== version) return location.reload();
    version = state.version;
    let box = document.getElementById("samspill-problems");
    if (!state.problems) return box?.remove();
    if (!box) {
      box = document.createElement("pre");
      box.id = "samspill-problems";
      box.setAttribute("role", "status");
      box.className = "samspill-problems";
      document.body.prepend(box);
    }
    box.textContent = state.problems;
  } catch { /* the server is gone or busy; ask again */ }
}
setInterval(ask, 1000);
ask();
