// What the page does without asking the server: direction, word count, jumps to a sentence, copying, open folds kept.
(() => {
  const open = new Map();  // id of a <details> -> whether the reader opened it; a redraw would close them all
  const WORD = /[\p{L}\p{N}_][\p{L}\p{N}\p{M}_]*(?:[.,:\/\u066B\u066C]\p{N}+)*/gu;
  const UNSEEN = /[\u200B-\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF\u00AD\u061C\p{Mn}]/gu;
  const WORDS = {
    ar: (n) => `عدد الكلمات: ${n}`,
    en: (n) => (n === 1 ? "1 word" : `${n} words`),
  };
  const STATUS = { "go": "status", "files-go": "files-status", "compare-go": "compare-status" };
  const root = document.documentElement;
  let language = "ar";

  // The language that the server will choose too: ?lang= in the address, else what the browser prefers, else Arabic.
  const asked = new URLSearchParams(location.search).get("lang");
  const first = [asked, ...navigator.languages.map((code) => code.slice(0, 2))].find((code) => code in WORDS) ?? "ar";
  // Labels are drawn in Arabic first; who reads English sees nothing until they are in English, or three seconds.
  root.classList.toggle("mk-soon", first !== "ar");
  setTimeout(() => root.classList.remove("mk-soon"), 3000);

  function turn(code) {
    language = code === "en" ? "en" : "ar";
    root.lang = language;
    root.dir = language === "ar" ? "rtl" : "ltr";
  }

  function speak(code) {
    turn(code);
    countAll();
  }

  function countWords(text) {
    return (text.replace(UNSEEN, "").match(WORD) || []).length;
  }

  function countAll() {
    for (const box of document.querySelectorAll(".counted")) {
      const area = box.querySelector("textarea");
      const out = document.getElementById(`${box.id}-count`)?.querySelector("output");
      if (!area || !out) continue;
      const text = WORDS[language](countWords(area.value));
      if (out.textContent !== text) out.textContent = text;  // the same text again would wake the observer for ever
    }
  }

  function edits() {
    const found = {};
    for (const node of document.querySelectorAll("[data-brief] [data-field]")) {
      const id = node.closest("[data-brief]").dataset.brief;
      (found[id] ??= {})[node.dataset.field] = node.innerText;
    }
    return JSON.stringify(found);
  }

  function jump(target) {
    for (let node = target.parentElement; node; node = node.parentElement) {
      if (node.tagName !== "DETAILS") continue;
      node.open = true;
      if (node.id) open.set(node.id, true);  // it stays open through the next redraw
    }
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    target.scrollIntoView({ block: "center", behavior: still ? "auto" : "smooth" });
    target.focus({ preventScroll: true });
  }

  async function copy(button) {
    const label = button.textContent;
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
    } catch {  // no clipboard outside https and localhost: the old way
      const area = document.createElement("textarea");
      area.value = button.dataset.copy;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    button.textContent = button.dataset.copied;
    setTimeout(() => { button.textContent = label; }, 1500);
  }

  document.addEventListener("click", (event) => {
    const place = event.target.closest?.(".mk a.place");
    const button = event.target.closest?.(".mk button.copy");
    if (place) {
      const target = document.getElementById(place.getAttribute("href").slice(1));
      if (target) { event.preventDefault(); jump(target); }
    }
    if (button) copy(button);
    // Not the toggle event: a redraw that closes a fold sends one too. By keyboard a summary is clicked as well.
    const fold = event.target.closest?.(".mk details[id] > summary")?.parentElement;
    if (fold) open.set(fold.id, !fold.open);  // heard before the browser opens or closes it
    const status = STATUS[event.target.closest?.("button")?.id];
    // On a phone the results are below the fold; there the press of the button would seem to do nothing.
    if (status && innerWidth < 1024) document.getElementById(status)?.scrollIntoView({ block: "start" });
  });
  document.addEventListener("input", countAll);

  function keepFolds() {
    for (const fold of document.querySelectorAll(".mk details[id]")) {
      if (open.get(fold.id) && !fold.open) fold.open = true;
    }
  }

  function name() {  // Gradio gives some controls no name that a screen reader can say
    for (const box of document.querySelectorAll("#status, #compare-status, #files-status")) {
      if (!box.ariaLive) box.setAttribute("aria-live", "polite");
    }
    // Gradio says "Drop File Here" in the browser's language, not in the page's; the header has our words for it.
    const drop = document.querySelector(".mk.top")?.dataset.drop;
    for (const text of document.querySelectorAll("#upload [data-testid=upload-text]")) {
      if (drop && text.dataset.drop !== drop) text.dataset.drop = drop;
      if (drop && text.parentElement.ariaLabel !== drop) text.parentElement.ariaLabel = drop;
    }
  }

  function show() {
    if (document.querySelector(`.mk.top[lang="${first}"]`)) root.classList.remove("mk-soon");
  }

  turn(first);
  let due = false;
  new MutationObserver(() => {
    if (due) return;
    due = true;
    requestAnimationFrame(() => { due = false; keepFolds(); countAll(); name(); show(); });
  }).observe(document.documentElement, { childList: true, subtree: true });

  window.mukhtasar = { speak, edits };
})();
