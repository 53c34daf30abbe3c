/* The desk's keyboard and the palette. Off with data-shortcuts="off" on <body>; the page works without all of it. */
(() => {
  "use strict";
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const one = (selector, from = document) => from.querySelector(selector);
  const singleKeys = document.body.dataset.shortcuts !== "off";
  const typing = (target) => target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");

  /* The queue: a roving tab stop on the rows; ticking shows the bulk bar. */
  const table = () => one(".sp-queue");
  const rows = () => all(".sp-queue tbody tr");
  const box = (row) => row && one("input[type=checkbox]", row);
  let cursor = 0;
  const sync = () => {
    const list = rows(), ticked = list.filter((row) => box(row)?.checked);
    list.forEach((row) => row.setAttribute("aria-selected", String(Boolean(box(row)?.checked))));
    const bar = one(".sp-bulk");
    if (bar) bar.hidden = !ticked.length;
    all("[data-selected-count]").forEach((out) => { out.textContent = ticked.length; });
    const live = one("#queue-live");
    if (live) live.textContent = ticked.length ? (live.dataset.words || "%d").replace("%d", ticked.length) : "";
    const every = one("#queue-all");
    if (every) { every.checked = ticked.length > 0 && ticked.length === list.length; every.indeterminate = ticked.length > 0 && !every.checked; }
  };
  const ready = () => {
    const list = rows();
    cursor = Math.min(cursor, Math.max(0, list.length - 1));
    list.forEach((row, index) => { row.tabIndex = index === cursor ? 0 : -1; });
    sync();
    document.documentElement.classList.add("desk-ready");
  };
  const move = (to, tick) => {
    const list = rows();
    if (!list.length) return;
    const from = list[cursor];
    cursor = Math.max(0, Math.min(list.length - 1, to));
    const row = list[cursor];
    list.forEach((other) => { other.classList.toggle("cursor", other === row); other.tabIndex = other === row ? 0 : -1; });
    if (tick) { [from, row].forEach((ticked) => { if (box(ticked)) box(ticked).checked = true; }); sync(); }
    row.focus();
    row.scrollIntoView({ block: "nearest" });
  };
  const clear = () => { rows().forEach((row) => { if (box(row)) box(row).checked = false; }); sync(); };

  /* The split layout: J and K choose the case beside the list. */
  const choices = () => all(".sp-split-list a");
  const choose = (step) => {
    const list = choices(), now = list.findIndex((link) => link.getAttribute("aria-current"));
    const next = list[Math.max(0, Math.min(list.length - 1, now + step))];
    if (next) { next.focus(); next.click(); next.scrollIntoView({ block: "nearest" }); }
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".sp-split-list a");
    if (link && !event.ctrlKey && !event.metaKey) choices().forEach((other) => { if (other === link) other.setAttribute("aria-current", "true"); else other.removeAttribute("aria-current"); });
  });

  /* A key presses the visible control that names it: <button data-key="a"> or <a data-key="a">. */
  const reachable = (element) => element.offsetParent !== null || element.closest(".sp-menu");
  const press = (key) => {
    const control = all(`[data-key="${CSS.escape(key)}"]`).find((element) => reachable(element) && element.getAttribute("aria-disabled") !== "true" && !element.disabled);
    if (!control) return false;
    if (control.matches("input, textarea, select")) { control.focus(); return true; }
    /* A key that opens a way to write puts the cursor there, and never closes what is open. */
    const box = control.matches("summary") && control.parentElement;
    if (!box || !box.open) control.click();
    if (box) setTimeout(() => one("textarea, input:not([type=hidden])", box)?.focus());
    return true;
  };

  const inQueue = (event, key) => {
    if (key === "j" || key === "arrowdown") move(cursor + 1, event.shiftKey);
    else if (key === "k" || key === "arrowup") move(cursor - 1, event.shiftKey);
    else if (key === "x") { const tick = box(rows()[cursor]); if (!tick) return false; tick.checked = !tick.checked; sync(); }
    else if (key === "enter" && event.target.tagName === "TR") one(".t a, a", rows()[cursor])?.click();
    else if (key === "escape") clear();
    else if (/^[acrmw]$/.test(key) && !rows().some((row) => box(row)?.checked)) { const tick = box(rows()[cursor]); if (tick) { tick.checked = true; sync(); } return press(key); }
    else return false;
    return true;
  };

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    const key = event.key.toLowerCase(), target = event.target;
    if ((event.ctrlKey || event.metaKey) && key === "k") { event.preventDefault(); openPalette(); return; }
    if ((event.ctrlKey || event.metaKey) && key === "enter" && target.matches("textarea")) {
      event.preventDefault();
      target.form?.requestSubmit(one("[data-send]", target.form) || undefined);
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || !singleKeys || one("dialog[open]")) return;
    if (typing(target)) { if (key === "escape") target.blur(); return; }
    const queue = table(), region = target.closest("[data-keys], .sp-queue") || (target === document.body && one("main[data-keys]"));
    let done = false;
    if (queue && queue.contains(target)) done = inQueue(event, key);
    else if (queue && (key === "j" || key === "k") && (target === document.body || region)) { move(cursor, false); done = true; }
    if (!queue && choices().length && (key === "j" || key === "k") && (target === document.body || region)) { choose(key === "j" ? 1 : -1); done = true; }
    if (key === "enter" && target.matches(".sp-split-list a[aria-current]")) done = press("enter");
    if (!done && (region || target === document.body)) {
      if (key === "?") { one("#shortcuts")?.showModal(); done = true; }
      else if (key === "/" || (/^[a-z]$/.test(key) && !event.shiftKey && region)) done = press(key);
    }
    if (done) event.preventDefault();
  });
  document.addEventListener("change", (event) => {
    if (event.target.id === "queue-all") rows().forEach((row) => { if (box(row)) box(row).checked = event.target.checked; });
    if (event.target.closest(".sp-queue")) sync();
  });
  document.addEventListener("focusin", (event) => {
    const row = event.target.closest(".sp-queue tbody tr");
    if (row) { cursor = rows().indexOf(row); rows().forEach((other) => other.classList.toggle("cursor", other === row)); }
  });

  /* The palette lists what this page can do: controls with data-command, then the menus, then a search. */
  const palette = one("#palette");
  const openPalette = () => { if (palette && !palette.open) { palette.showModal(); one("input", palette).value = ""; fill(""); } };
  const commands = () => [
    ...all("[data-command]").filter(reachable).map((element) => ({ text: element.dataset.command || element.textContent.trim(), key: element.dataset.key || "", run: () => element.click() })),
    ...all(".sp-rail a[href], .sp-bar nav.only-wide a[href]").map((link) => ({ text: link.textContent.trim().replace(/\s+/g, " "), key: "", run: () => link.click() })),
  ];
  let shown = [], chosen = 0;
  const mark = () => {
    const options = all("[role=option]", palette);
    options.forEach((option, index) => option.setAttribute("aria-selected", String(index === chosen)));
    one("input", palette).setAttribute("aria-activedescendant", options[chosen]?.id || "");
    options[chosen]?.scrollIntoView({ block: "nearest" });
  };
  /* What the server finds by these words, once the typing rests; never while a character is being composed. */
  let resting = 0, looked = "";
  const look = (typed) => {
    clearTimeout(resting);
    const words = typed.trim(), url = one("#palette-search")?.dataset.url;
    if (!url || words.length < 2 || words === looked) return;
    resting = setTimeout(async () => {
      const answer = await fetch(`${url}?q=${encodeURIComponent(words)}`, { headers: { "HX-Request": "true" } }).catch(() => null);
      if (!answer?.ok || one("input", palette).value.trim() !== words) return;
      looked = words;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const found = all("li[data-found]", page).map((item) => ({ text: item.textContent.trim().replace(/\s+/g, " "), key: "", run: () => { location.href = item.dataset.found; } }));
      fill(typed, found);
    }, 250);
  };
  const fill = (typed, found = []) => {
    const wanted = typed.trim().toLowerCase();
    shown = commands().filter((command) => command.text.toLowerCase().includes(wanted));
    const search = one("#palette-search");
    if (wanted && search?.dataset.url) {
      const whole = { text: `${search.dataset.label} ${typed.trim()}`, key: "", run: () => { location.href = `${search.dataset.url}?q=${encodeURIComponent(typed.trim())}`; } };
      shown.unshift(...found);
      shown.push(whole);
    }
    shown = shown.slice(0, 12);
    chosen = 0;
    one("[role=listbox]", palette).replaceChildren(...shown.map((command, index) => {
      const option = Object.assign(document.createElement("li"), { id: `command-${index}`, textContent: command.text });
      option.setAttribute("role", "option");
      if (command.key) option.append(Object.assign(document.createElement("kbd"), { textContent: command.key.toUpperCase() }));
      option.addEventListener("click", () => { palette.close(); command.run(); });
      return option;
    }));
    mark();
  };
  if (palette) {
    const input = one("input", palette);
    const typed = () => { looked = ""; fill(input.value); look(input.value); };
    input.addEventListener("input", (event) => { if (!event.isComposing) typed(); });
    input.addEventListener("compositionend", typed);
    input.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") { event.preventDefault(); chosen = (chosen + (event.key === "ArrowDown" ? 1 : shown.length - 1)) % Math.max(1, shown.length); mark(); }
      if (event.key === "Enter" && shown[chosen]) { event.preventDefault(); palette.close(); shown[chosen].run(); }
    });
    all('[data-open="palette"]').forEach((button) => button.addEventListener("click", () => fill("")));
  }
  /* A reply template goes in at the cursor of the text last written in; what was typed stays. */
  let written = null;
  document.addEventListener("focusin", (event) => { if (event.target.matches("textarea")) written = event.target; });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-inserts]"), picker = button?.closest(".sp-replies"), texts = picker && one("script[type='application/json']", picker);
    if (!texts) return;
    const places = button.dataset.inserts.split(" ").map((id) => document.getElementById(id)).filter(Boolean);
    const place = places.includes(written) ? written : places[0], text = JSON.parse(texts.textContent)[one("select", picker).value];
    if (!place || !text) return;
    event.preventDefault();
    const at = place === written ? place.selectionEnd : place.value.length;
    const gap = at && !/\n\s*$/.test(place.value.slice(0, at)) ? "\n\n" : "";
    const tail = /^\s*(\n|$)/.test(place.value.slice(at)) ? "" : "\n\n";
    place.setRangeText(gap + text + tail, at, at, "end");
    place.dispatchEvent(new Event("input", { bubbles: true }));
    place.focus();
  });
  document.addEventListener("htmx:afterSettle", (event) => { if (event.detail.elt?.matches?.(".sp-write")) one("textarea", event.detail.elt)?.focus(); });
  document.addEventListener("htmx:afterSettle", (event) => { if (event.detail.elt?.matches?.(".sp-replies")) one("select", event.detail.elt).focus(); });
  document.addEventListener("htmx:afterSettle", ready);
  ready();
})();
