/* What pages gain with JavaScript; every page works without it. No dependency but htmx, which may be absent. */
(() => {
  "use strict";
  const root = document.documentElement;
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const one = (selector, from = document) => from.querySelector(selector);

  /* Theme: a stored choice wins over the device. */
  const system = matchMedia("(prefers-color-scheme: dark)");
  const stored = () => { try { return localStorage.getItem("sp-theme") || "auto"; } catch { return "auto"; } };
  const paint = () => {
    const choice = stored();
    root.dataset.bsTheme = choice === "auto" ? (system.matches ? "dark" : "light") : choice;
    all("[data-theme]").forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.theme === choice)));
  };
  system.addEventListener("change", paint);

  /* Toasts: eight seconds, longer while the reader is on them; a passing word, never an error. */
  const csrf = () => { try { return JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"]; } catch { return ""; } };
  const startToast = (toast) => {
    let timer;
    const start = () => { timer = setTimeout(() => toast.remove(), 8000); };
    ["mouseenter", "focusin"].forEach((name) => toast.addEventListener(name, () => clearTimeout(timer)));
    ["mouseleave", "focusout"].forEach((name) => toast.addEventListener(name, start));
    toast.dataset.started = "";
    start();
  };
  const say = (text) => {
    const toast = document.createElement("div");
    toast.className = "sp-toast";
    toast.append(Object.assign(document.createElement("span"), { textContent: text }));
    one("#toasts")?.append(toast);
    startToast(toast);
  };

  /* Uploads: each file at once, with its own progress, cancel and reason. */
  const words = (drop, name) => drop.dataset[name] || "";
  const upload = (drop, list, file) => {
    const row = document.createElement("li");
    const cell = (tag, className, text) => Object.assign(document.createElement(tag), { className, textContent: text });
    const bar = Object.assign(document.createElement("progress"), { max: 100, value: 0 });
    bar.setAttribute("aria-label", file.name);
    const note = cell("span", "msg sp-meta num", "");
    const button = cell("button", "btn btn-quiet btn-sm", words(drop, "cancel"));
    button.type = "button";
    button.append(cell("span", "visually-hidden", " " + file.name));
    row.append(document.createElement("span"), cell("span", "", file.name), button, bar, note);
    list.append(row);
    const request = new XMLHttpRequest(), began = Date.now();
    const fail = (text) => { bar.remove(); note.className = "msg sp-bad-text"; note.textContent = text; button.firstChild.data = words(drop, "remove"); button.onclick = () => row.remove(); };
    button.onclick = () => { request.abort(); row.remove(); };
    request.upload.onprogress = (event) => {
      if (!event.lengthComputable) return;
      bar.value = 100 * event.loaded / event.total;
      const left = Math.ceil((Date.now() - began) / 1000 * (event.total / event.loaded - 1));
      note.textContent = `${Math.floor(bar.value)}%` + (left > 1 ? ` · ${left} ${words(drop, "seconds")}` : "");
    };
    request.onerror = () => fail(words(drop, "failed"));
    request.onload = () => {
      const plain = !(request.getResponseHeader("Content-Type") || "").startsWith("text/html");
      if (request.status >= 400) return fail(plain && request.responseText.trim() || words(drop, "failed"));
      bar.remove();
      const state = one("[data-item-state]", drop.closest("li") || drop);
      if (state) state.replaceChildren(cell("span", "sp-meta", words(drop, "done")));
      if (plain) { note.textContent = words(drop, "saved"); return button.remove(); }
      row.outerHTML = request.responseText;
      window.htmx?.process(list);
    };
    const body = new FormData();
    body.append("file", file);
    const key = one("[name=idempotency_key]", drop.closest("form") || document);
    if (key && crypto.randomUUID) body.append("idempotency_key", crypto.randomUUID());
    request.open("POST", drop.dataset.uploadUrl);
    request.setRequestHeader("X-CSRFToken", csrf());
    request.setRequestHeader("HX-Request", "true");
    request.send(body);
  };
  const readyDrop = (drop) => {
    if (drop.dataset.ready) return;
    drop.dataset.ready = "1";
    const input = one("input[type=file]", drop), list = one("[data-uploads]", drop.parentNode);
    const take = (files) => {
      if (drop.dataset.uploadUrl) { [...files].forEach((file) => upload(drop, list, file)); input.value = ""; return; }
      list.replaceChildren(...[...files].map((file) => {
        const row = document.createElement("li");
        row.append(document.createElement("span"), Object.assign(document.createElement("span"), { textContent: file.name }));
        return row;
      }));
    };
    input.addEventListener("change", () => take(input.files));
    ["dragover", "dragleave", "drop"].forEach((name) => drop.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.toggle("over", name === "dragover");
      if (name !== "drop" || !event.dataTransfer.files.length) return;
      if (!drop.dataset.uploadUrl) { input.files = event.dataTransfer.files; }
      take(event.dataTransfer.files);
    }));
  };

  /* How many characters are left: data-count="id of the output" on a field with maxlength. */
  const count = (field) => {
    const out = document.getElementById(field.dataset.count);
    if (out) out.textContent = (out.dataset.words || "%d").replace("%d", Math.max(0, field.maxLength - [...field.value].length));
  };

  /* Focus: the error summary first; after htmx the new h1 where asked for. */
  const focusOn = (element) => { if (!element.hasAttribute("tabindex")) element.tabIndex = -1; element.focus(); };
  const wake = (from) => {
    all("[data-drop]", from).forEach(readyDrop);
    all("[data-count]", from).forEach(count);
    all(".sp-toast:not([data-started])").forEach(startToast);
    const summary = one("[data-focus]", from);
    if (summary) focusOn(summary);
  };

  document.addEventListener("input", (event) => { if (event.target.dataset.count) count(event.target); });
  document.addEventListener("click", (event) => {
    const to = (selector) => event.target.closest(selector);
    all(".sp-menu[open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
    const theme = to("[data-theme]");
    if (theme) { try { localStorage.setItem("sp-theme", theme.dataset.theme); } catch { /* private mode */ } paint(); }
    const opener = to("[data-open]");
    if (opener) document.getElementById(opener.dataset.open)?.showModal();
    const closer = to("[data-close]");
    if (closer) closer.closest("dialog").close();
    const copy = to("[data-copy]");
    if (copy && navigator.clipboard) navigator.clipboard.writeText(copy.dataset.copy).then(() => say(copy.dataset.copied));
    if (to("[data-print]")) window.print();
    const undo = to("[data-undo]");
    if (undo) fetch(undo.dataset.undo, { method: "POST", headers: { "X-CSRFToken": csrf() } }).then(() => location.reload());
    const wrong = to(".sp-errors a");
    if (wrong) {
      const field = document.getElementById(wrong.hash.slice(1));
      if (field) { event.preventDefault(); focusOn(one("input, select, textarea", field) || field); field.scrollIntoView({ block: "center" }); }
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing) return;
    const menu = one(".sp-menu[open]");
    if (menu) { menu.open = false; one("summary", menu).focus(); }
  });
  /* Long forms: sent once; the button says so. */
  document.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (event.defaultPrevented || !button?.dataset.busy) return;
    const words = button.innerHTML;
    setTimeout(() => { button.setAttribute("aria-disabled", "true"); button.textContent = button.dataset.busy; });
    addEventListener("pageshow", () => { button.removeAttribute("aria-disabled"); button.innerHTML = words; }, { once: true });
  });

  /* After typing in the search the address has other words than the page came with: the other language gets them too. */
  document.addEventListener("submit", (event) => {
    const next = event.target.elements.next;
    if (next && one(".sp-search-page") && event.submitter?.name === "language") next.value = next.value.split("?")[0] + location.search;
  });
  document.addEventListener("htmx:load", (event) => wake(event.detail.elt));
  document.addEventListener("htmx:afterSettle", (event) => {
    const heading = one("h1[data-focus-new]", event.detail.elt);
    if (heading) focusOn(heading);
  });
  /* What htmx could not send or the server could not do is said where it happened; what was typed stays. */
  const failed = (event) => {
    const from = event.detail.elt, place = from.closest("form") || from;
    place.previousElementSibling?.matches("[data-failed-note]") && place.previousElementSibling.remove();
    const note = Object.assign(document.createElement("div"), { className: "sp-hint sp-hint-bad" });
    note.setAttribute("role", "alert");
    note.dataset.failedNote = "";
    note.append(Object.assign(document.createElement("p"), { textContent: document.body.dataset.offline || "" }));
    place.before(note);
  };
  document.addEventListener("htmx:sendError", failed);
  document.addEventListener("htmx:responseError", (event) => { if (event.detail.xhr.status >= 500 || event.detail.xhr.status === 429) failed(event); });
  document.addEventListener("htmx:afterRequest", (event) => { if (event.detail.successful) all("[data-failed-note]").forEach((note) => note.remove()); });

  paint();
  wake(document);
})();
