// Shows the slides of the server's state; only changed ones are replaced, once they can be painted.
import { listen } from "./keys.js";
import { away, bar, channel, links, make, place } from "./parts.js";

const $ = (id) => document.querySelector(`#${id}`);
const slides = $("slides");
const dialog = $("places");
const problem = bar((slide) => goTo(slide));
let sheets = [];
let current = "";

function article(sheet) {
  const element = make("article");
  element.id = sheet.key;
  element.tabIndex = -1;
  const open = make("button", "picture");
  open.type = "button";
  open.title = "where it comes from";
  open.append(Object.assign(new Image(), { alt: "" }));
  open.addEventListener("click", () => (shown() ? step(1) : where(element)));
  const page = make("div", "page");
  page.append(open, make("div", "links"));
  element.append(make("ul", "faults over"), page, make("p", "caption"), make("p", "notes"));
  return element;
}

async function picture(element, sheet) {
  if (element.dataset.picture === sheet.picture) return;
  element.dataset.picture = sheet.picture;
  const image = Object.assign(new Image(), { src: `pictures/${sheet.picture}.svg`, alt: `page ${sheet.number}: ${sheet.title}` });
  try {
    await image.decode();
  } catch {
    if (element.dataset.picture === sheet.picture) element.dataset.picture = "";
    return;
  }
  if (element.dataset.picture !== sheet.picture) return; // a later one is loading
  element.querySelector("img").replaceWith(image);
  element.querySelector(".links").replaceChildren(...links(sheet));
  requestAnimationFrame(() => setTimeout(() => (element.dataset.painted = `${sheet.picture} ${Date.now()}`)));
}

function fault({ severity, message }) {
  const item = make("li", severity);
  item.append(make("pre", "", message));
  return item;
}

function fill(element, sheet, faults) {
  picture(element, sheet);
  element.querySelector(".faults").replaceChildren(...faults.map(fault));
  element.classList.toggle("hidden", sheet.hidden);
  const hidden = sheet.hidden ? [make("b", "", "hidden"), " "] : [];
  element.querySelector(".caption").replaceChildren(make("b", "", sheet.number), ` ${sheet.title} `, ...hidden, place(sheet.place));
  element.querySelector(".notes").textContent = sheet.notes;
}

function apply(state) {
  const was = sheets.findIndex((sheet) => sheet.key === current);
  sheets = state.sheets;
  document.title = `Preview: ${state.title}`;
  document.querySelector("h1").textContent = state.title || "Preview";
  const errors = problem.set(state);
  $("status").textContent = errors.length ? `${errors.length} error${errors.length > 1 ? "s" : ""}` : "live";
  stale(state.stale ? `may be out of date: ${errors[0]?.place.at ?? "error"}` : "");
  $("general").replaceChildren(...state.faults.filter(({ slide }) => !slide).map(fault));
  $("none").hidden = sheets.length > 0;
  const present = new Set(sheets.map((sheet) => sheet.key));
  for (const element of [...slides.children]) if (!present.has(element.id)) element.remove();
  let before = null;
  for (const sheet of sheets) {
    const element = document.getElementById(sheet.key) ?? article(sheet);
    const next = before ? before.nextElementSibling : slides.firstElementChild;
    if (element !== next) slides.insertBefore(element, next);
    const first = sheets.find((other) => other.slide === sheet.slide) === sheet;
    fill(element, sheet, first ? state.faults.filter(({ slide }) => slide === sheet.slide) : []);
    before = element;
  }
  if (!current) open();
  else select(sheets.find(({ key }) => key === current) ?? sheets[Math.max(0, Math.min(was, sheets.length - 1))]);
}

function stale(text) {
  $("stale").textContent = text;
  $("stale").hidden = !text;
}

async function where(element) {
  const answer = await fetch(`places/${encodeURIComponent(element.id)}`);
  if (!answer.ok) return;
  const items = (await answer.json()).map(({ words, place: at, through }) => {
    const item = make("li");
    item.append(place(at), ` ${words} `);
    if (through.at) item.append(make("small", "", "through "), place(through));
    return item;
  });
  const sheet = sheets.find(({ key }) => key === element.id);
  dialog.querySelector("h2").textContent = `${sheet.number} ${sheet.title}`;
  dialog.querySelector("ol").replaceChildren(...items);
  dialog.showModal();
}

// Makes a page the current one, and keeps it in the address, so that a reload stays there.
function select(sheet, { tell = false, scroll = false } = {}) {
  if (!sheet) return;
  document.getElementById(current)?.classList.remove("current");
  current = sheet.key;
  const element = document.getElementById(current);
  element.classList.add("current");
  history.replaceState(null, "", `#${sheet.address}`);
  $("presenter").href = `presenter.html#${sheet.address}`;
  if (scroll) element.scrollIntoView({ block: "center" });
  if (tell) channel.postMessage({ key: current });
}
const named = (address) => sheets.find((sheet) => sheet.address === address) ?? sheets.find((sheet) => sheet.slide === address.split("/")[0]);
const goTo = (address) => select(named(address), { tell: true, scroll: true });
const asked = () => decodeURIComponent(location.hash.slice(1));
const open = () => (named(asked()) ? select(named(asked()), { scroll: true }) : select(sheets[0]));
function step(by) {
  const at = sheets.findIndex((sheet) => sheet.key === current);
  const next = shown() ? away(sheets, at, by) : sheets[Math.max(0, Math.min(sheets.length - 1, at + by))];
  select(next, { tell: true, scroll: true });
}
function go(number) {
  const sheet = sheets[number - 1];
  $("typed").textContent = sheet ? "" : `there is no page ${number}; the last is ${sheets.length}`;
  select(sheet, { tell: true, scroll: true });
}

// After scrolling, the slide in the middle is the current one, unless the old one can still be seen.
function follow() {
  const seen = document.getElementById(current)?.querySelector(".page").getBoundingClientRect();
  if (shown() || !seen || (seen.top >= 0 && seen.bottom <= innerHeight)) return;
  const middle = [...slides.children].find((element) => element.getBoundingClientRect().bottom >= innerHeight / 2);
  if (middle && middle.id !== current) select(sheets.find(({ key }) => key === middle.id));
}

const shown = () => document.body.classList.contains("show");
function show() {
  if (document.body.classList.toggle("show")) document.documentElement.requestFullscreen?.().catch(() => {});
  else if (document.fullscreenElement) document.exitFullscreen();
  document.getElementById(current)?.scrollIntoView({ block: "center" });
}
function blank(colour, tell = true) {
  $("blank").className = colour;
  $("blank").hidden = !colour;
  if (tell) channel.postMessage({ blank: colour });
}

channel.addEventListener("message", ({ data }) => {
  if ("blank" in data) blank(data.blank, false);
  else if (data.key !== current) select(sheets.find(({ key }) => key === data.key), { scroll: true });
});
listen({
  step,
  go,
  blank,
  typed: (digits) => ($("typed").textContent = digits && `page ${digits}, then Enter`),
  blanked: () => !$("blank").hidden,
  busy: () => dialog.open,
  full: shown,
  escape: () => document.body.classList.remove("show"),
  keys: { p: () => print(), s: show, o: () => $("presenter").click(), e: problem.another },
});
$("show").addEventListener("click", show);
$("print").addEventListener("click", () => print());
$("blank").addEventListener("click", () => blank(""));
addEventListener("hashchange", () => named(asked()) && goTo(asked()));
addEventListener("scroll", follow, { passive: true });
let rests;
addEventListener("mousemove", () => {
  document.body.classList.add("pointing");
  clearTimeout(rests);
  rests = setTimeout(() => document.body.classList.remove("pointing"), 2000);
});

const events = new EventSource("events");
events.addEventListener("message", (event) => apply(JSON.parse(event.data)));
events.addEventListener("error", () => {
  $("status").textContent = "the server is gone; waiting for it";
  $("status").className = "broken";
  stale("may be out of date: the server is gone");
});
