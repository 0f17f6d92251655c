// What script adds to Portico's pages. Every page does its work without it.
(() => {
  "use strict";
  const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
  const byId = (id) => document.getElementById(id);

  // A form is sent once, however often its button is pressed.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (Date.now() - (form.sentAt || 0) < 1500) return event.preventDefault();
    form.sentAt = Date.now();
    for (const input of all("input[data-shown]", form)) input.type = "password";
  });

  // What was wrong is said first; a page that comes back from the browser's memory can be sent again.
  const wrong = document.querySelector("[data-wrong]");
  if (wrong && document.activeElement !== wrong) wrong.focus();
  addEventListener("pageshow", (event) => {
    if (event.persisted) for (const form of document.forms) form.sentAt = 0;
  });

  // A link to the first of several choices leads to the one that is chosen, and its question comes into sight too.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-wrong] a[href^='#']");
    const field = link && byId(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    const group = field.closest("fieldset") || field.closest(".field") || field;
    group.scrollIntoView();
    field.focus({ preventScroll: true });
  });

  function dress(inside) {
    for (const button of all("[data-copy]", inside)) {
      button.hidden = false;
      button.onclick = () => copy(byId(button.dataset.copy), button);
    }
    for (const button of all("[data-reveal]", inside)) {
      button.hidden = false;
      button.onclick = () => reveal(byId(button.dataset.reveal), button);
    }
    all("[data-count]", inside).forEach(count);
    all("[data-filter]", inside).forEach(filter);
    all("[data-live]", inside).forEach(live);
  }

  async function copy(from, button) {
    const said = button.nextElementSibling;
    try {
      await navigator.clipboard.writeText(from.textContent);
    } catch {
      // Without a secure address there is no clipboard; the selection can be copied by hand.
      getSelection().selectAllChildren(from);
      if (!document.execCommand("copy")) return;
    }
    said.textContent = button.dataset.done;
    setTimeout(() => (said.textContent = ""), 4000);
  }

  function reveal(input, button) {
    const shown = input.toggleAttribute("data-shown");
    input.type = shown ? "text" : "password";
    [button.textContent, button.dataset.other] = [button.dataset.other, button.textContent];
  }

  // Sends a form and gives the answer's HTML; an answer that was overtaken by a later question is dropped.
  const asked = new Map();
  async function post(key, form, url) {
    asked.get(key)?.abort();
    const control = new AbortController();
    asked.set(key, control);
    const data = new FormData(form);
    for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
    const answer = await fetch(url, { method: "POST", body: new URLSearchParams(data), signal: control.signal, redirect: "error" });
    if (!answer.ok) throw answer.status;
    return answer.text();
  }

  const part = (html, id) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    return page.getElementById(id) || page.body;
  };

  function later(wait, act) {
    let timer;
    return () => {
      clearTimeout(timer);
      timer = setTimeout(() => Promise.resolve(act()).catch(() => {}), wait);
    };
  }

  function count(field) {
    const words = byId(field.dataset.count);
    const ask = async () => {
      const text = part(await post(field, field.form, field.dataset.url), words.id).textContent.trim();
      if (text !== words.textContent) words.textContent = text;
    };
    field.addEventListener("input", later(600, ask));
  }

  for (const region of all("[data-preview-of]")) {
    const form = byId(region.dataset.previewOf);
    const ask = async () => replace(region, part(await post(region, form, region.dataset.url), region.id));
    form?.addEventListener("input", later(500, ask));
    form?.addEventListener("change", later(100, ask));
  }

  // Puts new content into a region; focus and what was opened stay.
  function replace(region, fresh) {
    if (region.innerHTML === fresh.innerHTML) return;
    const stops = () => all("a, button, input, select, textarea, summary, [tabindex]", region);
    const at = stops().indexOf(document.activeElement);
    const open = all("details", region).map((details) => details.open);
    region.replaceChildren(...fresh.childNodes);
    all("details", region).forEach((details, i) => (details.open = open[i] ?? details.open));
    if (at >= 0) stops()[at]?.focus({ preventScroll: true });
    dress(region);
  }

  const counted = (number, { dataset: { none, one, many } }) =>
    number === 0 ? none : number === 1 ? one : many.replace("%", number.toLocaleString(document.documentElement.lang + "-CA"));

  function filter(box) {
    const input = box.querySelector("input");
    const said = box.querySelector("[role=status]");
    const list = byId(box.dataset.filter);
    const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    const look = () => {
      const words = plain(input.value).split(/\s+/).filter(Boolean);
      const rows = list.querySelector("tbody");
      let found = 0;
      for (const item of (rows || list).children) {
        const text = plain(item.textContent);
        item.hidden = !words.every((word) => text.includes(word));
        if (!item.hidden) found += 1;
      }
      said.textContent = words.length ? counted(found, box) : "";
    };
    if (!list) return;
    box.hidden = false;
    input.addEventListener("input", later(200, look));
    if (input.value) look();
  }

  // Keeps a region fresh: by events where the server sends them, else by asking now and then; never out of sight.
  function live(region) {
    if (region.liveOn) return;
    region.liveOn = true;
    const { live: url, events } = region.dataset;
    const every = Math.max(1, Number(region.dataset.every) || 5) * 1000;
    let source, timer, done = false, misses = 0;
    const stop = () => {
      source?.close();
      source = undefined;
      clearTimeout(timer);
    };
    const end = () => {
      done = true;
      stop();
    };
    const show = (fresh) => {
      replace(region, fresh);
      if (fresh.id !== region.id || fresh.dataset.live) return;
      region.removeAttribute("data-live");
      end();
    };
    const ask = async () => {
      const answer = await fetch(url, { redirect: "manual", headers: { Accept: "text/html" } });
      // Signed out, or not there any more: nothing will come.
      if (answer.status < 500 && !answer.ok) return end();
      if (!answer.ok) throw answer.status;
      show(part(await answer.text(), region.id));
      misses = 0;
    };
    const poll = () => {
      clearTimeout(timer);
      if (done || document.hidden || !region.isConnected) return;
      timer = setTimeout(() => ask().catch(() => (misses += 1)).then(poll), every * Math.min(8, 2 ** misses));
    };
    const start = () => {
      stop();
      if (done || document.hidden) return;
      if (!events || !window.EventSource) return poll();
      source = new EventSource(events);
      source.onmessage = ({ data }) => (data === "changed" ? ask().catch(() => {}) : show(part(data, region.id)));
      source.addEventListener("end", () => ask().catch(() => {}).then(end));
      source.onerror = () => source?.readyState === 2 && (stop(), poll());
    };
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) return stop();
      if (!done) ask().catch(() => {}).then(start);
    });
    addEventListener("pagehide", stop);
    start();
  }

  for (const said of all("[data-selected]")) {
    const boxes = `input[type=checkbox][name="${said.dataset.selected}"]`;
    const say = () => (said.textContent = counted(all(`${boxes}:checked`).length, said));
    said.hidden = false;
    document.addEventListener("change", (event) => event.target.matches(boxes) && say());
    say();
  }

  // Buttons that write into a text. The old command is the one way that the browser can undo.
  for (const bar of all("[data-into]")) {
    const text = byId(bar.dataset.into);
    bar.hidden = false;
    bar.addEventListener("click", (event) => {
      const { before, after } = event.target.closest("button")?.dataset || {};
      if (before === undefined) return;
      const { selectionStart: start, selectionEnd: end, value } = text;
      const words = before + value.slice(start, end) + after;
      text.focus();
      if (!document.execCommand("insertText", false, words)) {
        text.setRangeText(words, start, end, "end");
        text.dispatchEvent(new Event("input", { bubbles: true }));
      }
      if (after) text.setSelectionRange(start + before.length, end + before.length);
    });
  }

  // Passkeys: asks the server for a challenge, the person's device for the answer, and sends it with the form.
  for (const form of all("form[data-passkey]")) {
    const make = form.dataset.passkey === "create";
    const parse = window.PublicKeyCredential?.[make ? "parseCreationOptionsFromJSON" : "parseRequestOptionsFromJSON"];
    if (!parse) continue;
    form.hidden = false;
    const sorry = form.querySelector("[data-sorry]");
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (form.asking) return;
      form.asking = true;
      if (sorry) sorry.hidden = true;
      try {
        const options = JSON.parse(await post(form, form, form.dataset.options));
        const publicKey = parse.call(PublicKeyCredential, options.publicKey);
        const credential = await navigator.credentials[make ? "create" : "get"]({ publicKey });
        form.elements.credential.value = JSON.stringify(credential);
        form.submit();
      } catch {
        // Called off, or no passkey here: there is always another way in.
        form.asking = form.sentAt = 0;
        if (sorry) sorry.hidden = false;
      }
    });
  }

  // On a narrow screen the menu waits behind a button.
  for (const button of all("[data-menu]")) {
    const menu = byId(button.dataset.menu);
    const set = (open) => {
      button.setAttribute("aria-expanded", open);
      menu.toggleAttribute("data-closed", !open);
    };
    button.hidden = false;
    set(false);
    button.onclick = () => set(menu.hasAttribute("data-closed"));
    for (const part of [button, menu]) {
      part.addEventListener("keydown", (event) => {
        if (event.key !== "Escape" || menu.hasAttribute("data-closed")) return;
        set(false);
        if (button.offsetParent) button.focus();
      });
    }
  }

  // A session ends after some time without a click in any tab: five minutes before, the reader is told and can stay.
  const ending = document.querySelector("[data-ends]");
  if (ending) {
    const [soon, over] = ending.children;
    const lasts = ending.dataset.ends * 60000;
    const clicked = () => {
      try {
        return Number(localStorage.getItem("clicked")) || 0;
      } catch {
        return 0;
      }
    };
    const note = () => {
      last = Date.now();
      try {
        localStorage.setItem("clicked", last);
      } catch {
        // Without storage each tab knows only its own clicks.
      }
    };
    let last, timer;
    const look = () => {
      const left = Math.max(last, clicked()) + lasts - Date.now();
      soon.hidden = left > 300000 || left <= 0;
      over.hidden = left > 0;
      clearTimeout(timer);
      if (left > 0) timer = setTimeout(look, Math.max(1000, left > 300000 ? left - 300000 : left));
    };
    soon.querySelector("button").onclick = () =>
      fetch(location.href, { redirect: "manual" }).then((answer) => answer.ok && (note(), look()));
    document.addEventListener("visibilitychange", () => document.hidden || look());
    note();
    look();
  }

  dress(document);
})();
