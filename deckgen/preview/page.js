// Keeps the slides as the server says they are; only what changed is swapped, once it can be painted.
"use strict";
const slides = document.querySelector("#slides");
const status = document.querySelector("#status");
const dialog = document.querySelector("#places");
const channel = new BroadcastChannel(`deckgen${location.pathname}`);
const make = (tag, name, text) => Object.assign(document.createElement(tag), { className: name ?? "", textContent: text ?? "" });
let current = "";

function article(sheet) {
  const element = make("article");
  element.id = sheet.key;
  element.tabIndex = -1;
  const open = make("button", "picture");
  open.type = "button";
  open.title = "where it comes from";
  open.append(Object.assign(new Image(), { alt: "" }));
  open.addEventListener("click", () => (document.body.classList.contains("show") ? step(1) : where(element)));
  element.append(make("ul", "faults over"), open, make("p", "caption"), make("p", "notes"));
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
  if (element.dataset.picture !== sheet.picture) return; // a later one is on its way
  element.querySelector("img").replaceWith(image);
  requestAnimationFrame(() => setTimeout(() => (element.dataset.painted = `${sheet.picture} ${Date.now()}`)));
}

function fault(problem) {
  const item = make("li", problem.severity);
  item.append(make("b", "", problem.severity), make("pre", "", problem.message));
  return item;
}

function fill(element, sheet, faults) {
  element.querySelector(".faults").replaceChildren(...faults.map(fault));
  element.querySelector(".caption").replaceChildren(make("b", "", sheet.number), ` ${sheet.title} `, make("code", "", sheet.place));
  element.querySelector(".notes").textContent = sheet.notes;
  picture(element, sheet);
}

function apply(state) {
  document.title = `Preview: ${state.title}`;
  document.querySelector("h1").textContent = state.title || "Preview";
  const errors = state.faults.filter((problem) => problem.severity === "error").length;
  status.textContent = errors ? `${errors} error${errors > 1 ? "s" : ""}; these are the last good slides` : "live";
  status.className = errors ? "broken" : "live";
  document.querySelector("#general").replaceChildren(...state.faults.filter((problem) => !problem.slide).map(fault));
  const present = new Set(state.sheets.map((sheet) => sheet.key));
  for (const element of [...slides.children]) if (!present.has(element.id)) element.remove();
  let before = null;
  for (const sheet of state.sheets) {
    const element = document.getElementById(sheet.key) ?? article(sheet);
    const next = before ? before.nextElementSibling : slides.firstElementChild;
    if (element !== next) slides.insertBefore(element, next);
    const first = state.sheets.find((other) => other.slide === sheet.slide) === sheet;
    fill(element, sheet, first ? state.faults.filter((problem) => problem.slide === sheet.slide) : []);
    before = element;
  }
  if (!present.has(current)) select(state.sheets[0]?.key ?? "", false);
}

async function where(element) {
  const answer = await fetch(`places/${encodeURIComponent(element.id)}`);
  if (!answer.ok) return;
  const items = (await answer.json()).map(({ words, place, through }) => {
    const item = make("li");
    item.append(make("code", "", place), ` ${words} `, make("small", "", through ? `through ${through}` : ""));
    return item;
  });
  dialog.querySelector("h2").textContent = element.querySelector(".caption").textContent;
  dialog.querySelector("ol").replaceChildren(...items);
  dialog.showModal();
}

function select(key, tell = true) {
  document.getElementById(current)?.classList.remove("current");
  current = key;
  const element = document.getElementById(key);
  element?.classList.add("current");
  if (tell && element) {
    element.scrollIntoView({ block: "center" });
    channel.postMessage(key);
  }
}
function step(by) {
  const list = [...slides.children];
  const at = list.findIndex((element) => element.id === current);
  const next = list[Math.max(0, Math.min(list.length - 1, at + by))];
  if (next) select(next.id);
}
function show() {
  if (document.body.classList.toggle("show")) document.documentElement.requestFullscreen?.().catch(() => {});
  else if (document.fullscreenElement) document.exitFullscreen();
}

channel.addEventListener("message", ({ data }) => {
  if (data === current) return;
  select(data, false);
  document.getElementById(data)?.scrollIntoView({ block: "center" });
});
const keys = {
  j: () => step(1), k: () => step(-1), ArrowRight: () => step(1), ArrowLeft: () => step(-1),
  PageDown: () => step(1), PageUp: () => step(-1), p: () => print(), s: show,
  o: () => document.querySelector("#presenter").click(),
  Escape: () => document.body.classList.remove("show"),
};
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || dialog.open) return;
  const act = keys[event.key];
  if (!act) return;
  if (event.key !== "Escape") event.preventDefault();
  act();
});
document.querySelector("#show").addEventListener("click", show);
document.querySelector("#print").addEventListener("click", () => print());

const events = new EventSource("events");
events.addEventListener("message", (event) => apply(JSON.parse(event.data)));
events.addEventListener("error", () => {
  status.textContent = "the server is gone; waiting for it";
  status.className = "broken";
});
