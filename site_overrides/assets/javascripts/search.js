// Search in a native dialog, over the index that Pagefind built for this language. Nothing loads before it is opened.
(() => {
  const dialog = document.querySelector("dialog.search");
  const button = document.querySelector("[data-open-search]");
  if (!dialog || !button || !dialog.showModal) return;
  const input = dialog.querySelector("input");
  const state = dialog.querySelector(".search-state");
  const found = dialog.querySelector(".search-found");
  const more = dialog.querySelector(".search-more");
  const base = new URL(`${document.documentElement.dataset.base || "."}/`, location.href);
  const step = 8;
  let engine = null;
  let results = [];
  let shown = 0;
  let turn = 0;

  function load() {
    engine ??= import(new URL("pagefind/pagefind.js", base)).then(async (pagefind) => {
      await pagefind.options({ excerptLength: 24 });
      await pagefind.init();
      return pagefind;
    });
    return engine;
  }

  // An excerpt is text with marks in it. It is never read as HTML: between the marks everything is put in as words.
  function marked(excerpt) {
    const line = document.createElement("p");
    excerpt.split(/<\/?mark>/).forEach((piece, index) => {
      const words = piece.replaceAll("&lt;", "<").replaceAll("&gt;", ">");
      const part = index % 2 ? document.createElement("mark") : document.createTextNode("");
      part.textContent = words;
      line.append(part);
    });
    return line;
  }

  // The part of a page that an answer is in: one whose heading has the words, or the one that has them most often.
  function place(page) {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean).map((word) => word.slice(0, 6));
    const named = (part) => words.every((word) => part.title.toLowerCase().includes(word));
    const weight = (part) => part.locations.length + (named(part) ? 1000 : 0);
    const parts = (page.sub_results || []).filter((part) => part.url.includes("#") && part.title !== page.meta.title);
    const best = parts.reduce((one, other) => (one && weight(one) >= weight(other) ? one : other), null);
    const whole = (page.sub_results || []).find((part) => !part.url.includes("#"));
    return best && (!whole || weight(best) >= weight(whole)) ? best : null;
  }

  // The languages of parts that are not translated yet, by their ids: "later=en outcome=en".
  function borrowed(page) {
    return new Map((page.meta.borrowed || "").split(" ").filter(Boolean).map((pair) => pair.split("=")));
  }

  async function show(mine) {
    const data = await Promise.all(results.slice(shown, shown + step).map((result) => result.data()));
    if (mine !== turn) return;
    for (const page of data) {
      const part = place(page);
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = part ? part.url : page.url;
      const language = part && borrowed(page).get(decodeURIComponent(part.url.split("#")[1]));
      link.textContent = page.meta.title || page.url;
      if (part) {
        const name = document.createElement("span");
        if (language) name.lang = language;
        name.textContent = part.title;
        link.append(" › ", name);
      }
      item.append(link);
      if (page.meta.kind) {
        const kind = document.createElement("small");
        kind.textContent = page.meta.kind;
        item.append(" ", kind);
      }
      const excerpt = marked(part ? part.excerpt : page.excerpt);
      if (language) excerpt.lang = language;
      item.append(excerpt);
      found.append(item);
    }
    shown += data.length;
    more.hidden = shown >= results.length;
  }

  async function search() {
    const mine = ++turn;
    const query = input.value.trim();
    if (query.length < 2) {
      found.replaceChildren();
      more.hidden = true;
      state.textContent = "";
      return;
    }
    try {
      const pagefind = await load();
      const answer = await pagefind.debouncedSearch(query);
      if (answer === null || mine !== turn) return;
      results = answer.results;
      shown = 0;
      found.replaceChildren();
      const words = results.length === 0 ? "none" : results.length === 1 ? "one" : "many";
      state.textContent = dialog.dataset[words].replace("{count}", results.length).replace("{query}", () => query);
      await show(mine);
    } catch {
      state.textContent = dialog.dataset.failed;
    }
  }

  button.hidden = false;
  button.addEventListener("click", () => {
    dialog.showModal();
    input.focus();
    input.select();
    load().catch(() => {
      state.textContent = dialog.dataset.failed;
    });
  });
  dialog.querySelector("[data-close-search]").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  found.addEventListener("click", (event) => {
    if (event.target.closest("a")) dialog.close();
  });
  // A search field takes the first Escape to empty itself; here it closes, as the dialog promises.
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    dialog.close();
  });
  input.addEventListener("input", search);
  more.addEventListener("click", () => show(turn));
})();
