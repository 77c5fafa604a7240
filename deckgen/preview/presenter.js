// The speaker's side: this slide and the next, the notes, and the clock of the agenda.
"use strict";
const $ = (id) => document.querySelector(`#${id}`);
const channel = new BroadcastChannel(`deckgen${location.pathname.replace(/[^/]*$/, "")}`);
let sheets = [];
let agenda = [];
let current = "";
let began = null;

const two = (number) => String(number).padStart(2, "0");
const hours = (minutes) => `${two(Math.floor(minutes / 60) % 24)}:${two(minutes % 60)}`;
const index = () => Math.max(0, sheets.findIndex((sheet) => sheet.key === current));

function put(image, sheet) {
  if (sheet) {
    image.src = `pictures/${sheet.picture}.svg`;
    image.alt = `page ${sheet.number}: ${sheet.title}`;
  }
  image.style.visibility = sheet ? "" : "hidden";
}

function draw() {
  const at = index();
  put($("now"), sheets[at]);
  put($("next"), sheets[at + 1]);
  $("said").textContent = sheets[at]?.notes || "–";
  $("status").textContent = `${at + 1} of ${sheets.length}`;
  $("status").className = "live";
}

function step(by) {
  const next = sheets[Math.max(0, Math.min(sheets.length - 1, index() + by))];
  if (!next) return;
  began ??= Date.now();
  current = next.key;
  channel.postMessage(current);
  draw();
}

function tick() {
  const now = new Date();
  const minutes = now.getHours() * 60 + now.getMinutes();
  $("clock").textContent = `${hours(minutes)}:${two(now.getSeconds())}`;
  const seconds = began ? Math.floor((Date.now() - began) / 1000) : 0;
  $("since").textContent = `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
  const at = agenda.findLastIndex((topic) => topic.start <= minutes);
  const topic = agenda[at];
  const end = topic && (agenda[at + 1]?.start ?? (topic.minutes ? topic.start + topic.minutes : null));
  if (!agenda.length) $("left").textContent = "";
  else if (!topic) $("left").textContent = `begins in ${agenda[0].start - minutes} min`;
  else if (end === null) $("left").textContent = "the remaining time";
  else $("left").textContent = end > minutes ? `${end - minutes} min left` : `over since ${hours(end)}`;
  $("agenda").replaceChildren(...agenda.map((entry, position) => {
    const item = document.createElement("li");
    if (position === at) item.className = end !== null && end <= minutes ? "late" : "now";
    const time = document.createElement("time");
    time.textContent = hours(entry.start);
    item.append(time, entry.topic);
    return item;
  }));
}

channel.addEventListener("message", ({ data }) => {
  began ??= Date.now();
  current = data;
  draw();
});
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const by = { j: 1, ArrowRight: 1, PageDown: 1, " ": 1, k: -1, ArrowLeft: -1, PageUp: -1 }[event.key];
  if (!by) return;
  event.preventDefault();
  step(by);
});
$("on").addEventListener("click", () => step(1));
$("back").addEventListener("click", () => step(-1));
const events = new EventSource("events");
events.addEventListener("message", (event) => {
  const state = JSON.parse(event.data);
  ({ sheets, agenda } = state);
  document.title = `Presenter: ${state.title}`;
  if (!sheets.some((sheet) => sheet.key === current)) current = sheets[0]?.key ?? "";
  draw();
  tick();
});
events.addEventListener("error", () => {
  $("status").textContent = "the server is gone; waiting for it";
  $("status").className = "broken";
});
setInterval(tick, 1000);
