// The menu, the colour scheme, things that open, the quiz, the timetable and the choice of edition.
// No key is bound but Escape, and only where something is open.
(() => {
  const root = document.documentElement;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const one = (selector, within = document) => within.querySelector(selector);

  function menu() {
    const button = one("[data-menu]");
    const list = one("#menu");
    if (!button || !list) return;
    const set = (open) => {
      button.setAttribute("aria-expanded", String(open));
      list.classList.toggle("open", open);
    };
    button.hidden = false;
    button.addEventListener("click", () => set(button.getAttribute("aria-expanded") !== "true"));
    one("header.bar").addEventListener("keydown", (event) => {
      if (event.key === "Escape" && button.getAttribute("aria-expanded") === "true") {
        set(false);
        button.focus();
      }
    });
  }

  function scheme() {
    const button = one("[data-scheme-switch]");
    if (!button) return;
    const order = ["auto", "light", "dark"];
    const now = () => root.dataset.scheme || "auto";
    const name = () => button.setAttribute("aria-label", button.dataset[now()]);
    button.hidden = false;
    name();
    button.addEventListener("click", () => {
      const next = order[(order.indexOf(now()) + 1) % order.length];
      if (next === "auto") delete root.dataset.scheme;
      else root.dataset.scheme = next;
      name();
      try {
        if (next === "auto") localStorage.removeItem("samspill.scheme");
        else localStorage.setItem("samspill.scheme", next);
      } catch {
        // Without storage the choice lasts for this page.
      }
    });
  }

  function closing() {
    for (const box of all("details[data-closes]")) {
      box.addEventListener("keydown", (event) => {
        if (event.key !== "Escape" || !box.open) return;
        box.open = false;
        one("summary", box).focus();
      });
      box.addEventListener("focusout", (event) => {
        if (event.relatedTarget && !box.contains(event.relatedTarget)) box.open = false;
      });
      document.addEventListener("click", (event) => {
        if (!box.contains(event.target)) box.open = false;
      });
    }
  }

  // A link into something closed opens it; print opens everything but the answers of a quiz and folded code.
  function opening() {
    const follow = () => {
      let name = location.hash.slice(1);
      try {
        name = decodeURIComponent(name);
      } catch {
        // Not an encoded name: taken as it stands.
      }
      const target = name && document.getElementById(name);
      if (!target) return;
      let opened = false;
      for (let box = target.closest("details"); box; box = box.parentElement.closest("details")) {
        opened = opened || !box.open;
        box.open = true;
      }
      if (opened) target.scrollIntoView();
    };
    addEventListener("hashchange", follow);
    follow();
    let closed = [];
    addEventListener("beforeprint", () => {
      closed = all("main details:not([open]):not(.option):not(.notebook-folded)");
      for (const box of closed) box.open = true;
    });
    addEventListener("afterprint", () => {
      for (const box of closed) box.open = false;
      closed = [];
    });
  }

  // How to cite the page, with the address it has today.
  function citing() {
    for (const panel of all("[data-cite]")) {
      if (!navigator.clipboard) return;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "copy";
      button.textContent = panel.dataset.copy;
      button.addEventListener("click", async () => {
        const address = new URL(location.href);
        address.hash = "";
        const words = one("p", panel).textContent.trim();
        await navigator.clipboard.writeText(`${words} ${address.href}`).catch(() => {});
        button.textContent = panel.dataset.copied;
        setTimeout(() => { button.textContent = panel.dataset.copy; }, 4000);
      });
      button.setAttribute("aria-live", "polite");
      panel.append(button);
    }
  }

  function quiz() {
    for (const set of all("[data-quiz]")) {
      const questions = all(".quiz-question", set);
      const first = new Map();
      const score = one(".score", set);
      for (const question of questions) {
        for (const option of all("details.option", question)) {
          option.addEventListener("toggle", () => {
            if (!option.open) return;
            option.classList.add("tried");
            if (!first.has(question)) first.set(question, option.classList.contains("right"));
            const right = [...first.values()].filter(Boolean).length;
            score.hidden = false;
            score.textContent = score.dataset.score
              .replace("{answered}", first.size)
              .replace("{total}", questions.length)
              .replace("{right}", right);
          });
        }
      }
    }
  }

  function timetables() {
    let number = 0;
    for (const table of all("[data-timetable]")) {
      number += 1;
      const field = document.createElement("p");
      field.className = "starts";
      const label = document.createElement("label");
      label.htmlFor = `starts-${number}`;
      label.textContent = `${table.dataset.label} `;
      const input = document.createElement("input");
      input.type = "time";
      input.id = label.htmlFor;
      field.append(label, input);
      table.parentElement.before(field);
      input.addEventListener("input", () => {
        const [hours, minutes] = (input.value || "0:0").split(":").map(Number);
        const start = hours * 60 + minutes;
        for (const cell of all("[data-start]", table)) {
          const now = (start + Number(cell.dataset.start)) % 1440;
          const two = String(now % 60).padStart(2, "0");
          cell.textContent = `${Math.floor(now / 60)}:${two}`;
        }
      });
    }
  }

  // A published site stands in <language>/<edition>/, with the list of editions beside it. Elsewhere nothing is asked.
  async function editions() {
    const list = document.body.dataset.versions;
    const topic = one(".md-header__topic");
    const base = new URL(`${root.dataset.base || "."}/`, location.href);
    const current = decodeURIComponent(base.pathname.split("/").filter(Boolean).pop() || "");
    if (!list || !topic || !/^(latest|\d{4}\.\d{1,2})$/.test(current)) return;
    let versions;
    try {
      const answer = await fetch(new URL(list, base));
      if (!answer.ok) return;
      versions = await answer.json();
    } catch {
      return;
    }
    const mine = versions.find((entry) => entry.version === current || entry.aliases.includes(current));
    if (!mine) return;
    const page = location.pathname.slice(base.pathname.length);
    const box = document.createElement("details");
    box.className = "md-version";
    box.dataset.closes = "";
    const summary = document.createElement("summary");
    summary.className = "md-version__current switch";
    summary.textContent = mine.title;
    const items = document.createElement("ul");
    items.className = "md-version__list";
    for (const entry of versions) {
      const item = document.createElement("li");
      item.className = "md-version__item";
      const link = document.createElement("a");
      link.className = "md-version__link";
      link.textContent = entry.title;
      link.href = new URL(`../${entry.version}/`, base).href;
      if (entry === mine) link.setAttribute("aria-current", "true");
      item.append(link);
      items.append(item);
    }
    items.addEventListener("click", async (event) => {
      const link = event.target.closest("a");
      if (!link || !page) return;
      // The same page where that edition has it, its front page where not.
      event.preventDefault();
      const same = new URL(page, link.href);
      const found = await fetch(same, { method: "HEAD" }).then((answer) => answer.ok, () => false);
      location.assign(found ? same : link.href);
    });
    box.append(summary, items);
    topic.append(box);
    const newest = versions.find((entry) => entry.aliases.includes("latest"));
    if (newest && newest !== mine) {
      const note = one("[data-md-component=outdated]");
      one("[data-newest]", note).href = new URL(`../${newest.version}/`, base).href;
      note.hidden = false;
    }
    closing();
  }

  menu();
  scheme();
  opening();
  citing();
  quiz();
  timetables();
  closing();
  editions();
})();
