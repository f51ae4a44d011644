// The search page. The index is fetched at the first letter, and nothing before it.
const STEP = 10;
const form = document.querySelector("form[data-soeg]");
const field = form.elements.q;
const status = document.querySelector("#soeg-status");
const list = document.querySelector("#soeg-fund");
const more = document.querySelector("#soeg-flere");
let engine;
let round = 0;
let found = [];
let shown = 0;

const load = () =>
  (engine ??= import(form.dataset.soeg + "pagefind.js").then(async (pagefind) => {
    await pagefind.destroy(); // what a first try has left
    // Without a worker: a page that starts none needs no permission to.
    await pagefind.options({ noWorker: true, excerptLength: 28 });
    await pagefind.init();
    return pagefind;
  }));

const make = (name, text, parent) => {
  const element = document.createElement(name);
  element.textContent = text;
  parent?.append(element);
  return element;
};
const plain = (text) =>
  text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&#39;", "'").replaceAll("&amp;", "&");
// A text from the middle of a page says so.
const cut = (excerpt) =>
  (/^\p{Lu}|^\d|^<mark>\p{Lu}/u.test(excerpt) ? "" : "…\u00a0") + excerpt + (/[.!?]$/.test(excerpt) ? "" : "\u00a0…");
const show = async () => {
  const mine = round;
  const start = shown;
  const part = await Promise.all(found.slice(start, start + STEP).map((one) => one.data()));
  if (mine !== round || start !== shown) return;
  for (const { raw_url, url, meta, excerpt } of part) {
    const item = make("li", "", list);
    make("p", [meta.section, meta.date].filter(Boolean).join(" · "), item).className = "soeg-hvor";
    const heading = make("h2", "", item);
    make("a", meta.title, heading).href = form.dataset.rod + (raw_url ?? url);
    const text = make("p", "", item);
    cut(excerpt).split(/(<mark>.*?<\/mark>)/).forEach((piece) => {
      const hit = /^<mark>(.*)<\/mark>$/.exec(piece);
      text.append(hit ? make("mark", plain(hit[1])) : plain(piece));
    });
  }
  shown += part.length;
  more.hidden = shown >= found.length;
};
const search = async (toResults) => {
  const words = field.value.trim();
  const mine = ++round;
  const address = new URL(location);
  words ? address.searchParams.set("q", words) : address.searchParams.delete("q");
  history.replaceState(null, "", address);
  if (!words) {
    found = [];
    list.replaceChildren();
    status.textContent = "";
    more.hidden = true;
    return;
  }
  try {
    if (!found.length) status.textContent = "Søger …";
    const { results } = await (await load()).search(words);
    if (mine !== round) return;
    found = results;
    shown = 0;
    list.replaceChildren();
    await show();
    if (mine !== round) return;
    // Told when it stands there, so that whoever goes on from here finds it.
    status.textContent = found.length
      ? `${found.length} fund på ”${words}”`
      : `Ingen fund på ”${words}”. Prøv et andet ord, eller gå en af de andre veje herunder.`;
    if (toResults) status.focus();
  } catch {
    if (mine === round) fail();
  }
};
const fail = () => {
  engine = undefined;
  found = [];
  list.replaceChildren();
  more.hidden = true;
  status.textContent = "Søgningen kunne ikke hentes. Prøv igen om lidt, eller gå en af de andre veje herunder.";
};

let pause;
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(pause);
  search(true);
});
field.addEventListener("input", () => {
  load().catch(() => {}); // the search tells it
  clearTimeout(pause);
  pause = setTimeout(search, 200);
});
more.addEventListener("click", async () => {
  const first = shown;
  try {
    await show();
    list.children[first]?.querySelector("a").focus();
  } catch {
    fail();
  }
});
field.value = new URL(location).searchParams.get("q") ?? "";
if (field.value) search();
