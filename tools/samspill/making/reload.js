// Only while `samspill serve` runs: show the page anew when it is another, and say what is wrong or still to come.
const own = async () => (await fetch(location.href, { cache: "no-store" })).text();
const look = new CSSStyleSheet();
look.replaceSync(`
  .samspill-problems, .samspill-behind {
    position: sticky; z-index: 9; margin: 0; padding: .6rem 1rem; white-space: pre-wrap; overflow-wrap: anywhere;
    font: 1rem/1.4 var(--sans); color: Canvas; background: CanvasText;
  }
  .samspill-problems { top: 0; max-height: 50vh; overflow: auto; font-family: var(--code); }
  .samspill-behind { position: fixed; bottom: 1rem; inset-inline-start: 1rem; max-width: calc(100vw - 2rem); border-radius: .3rem; }
  @media print { .samspill-problems, .samspill-behind { display: none; } }
`);
document.adoptedStyleSheets = [...document.adoptedStyleSheets, look];
let before = null;
let text = null;

function say(id, words) {
  let box = document.getElementById(id);
  if (!words) return box?.remove();
  if (!box) {
    box = document.createElement("pre");
    box.id = id;
    box.setAttribute("role", "status");
    box.className = id;
    document.body.prepend(box);
  }
  if (box.textContent !== words) box.textContent = words;
}

async function ask() {
  try {
    const state = await (await fetch("/_samspill/state.json", { cache: "no-store" })).json();
    if (before === null) text = await own();
    else if (before.whole !== state.whole) return location.reload();
    else if (before.version !== state.version && (await own()) !== text) return location.reload();
    before = state;
    say("samspill-problems", state.problems);
    say("samspill-behind", state.behind ? "Handouts, notebooks and search are being made anew." : "");
  } catch { /* the server is gone or busy; ask again */ }
  setTimeout(ask, document.hidden ? 1000 : 150);
}
ask();
