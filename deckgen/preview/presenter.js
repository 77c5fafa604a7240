// The speaker's side: this slide and the next, the notes, the topics, and how late the session runs.
import { choose, clock, dayOf, endOf, now, range, since, standing } from "./clock.js";
import { listen } from "./keys.js";
import { away, bar, channel, links, make } from "./parts.js";

const $ = (id) => document.querySelector(`#${id}`);
const problem = bar((slide) => move(sheets.findIndex((sheet) => sheet.slide === slide)));
const kept = JSON.parse(sessionStorage.getItem("deckgen") ?? "{}"); // a reload does not restart the session
let { left = null, begun = {} } = kept;
let sheets = [];
let sessions = [];
let current = "";
let blanked = "";
let stale = false;
let pointed = null; // the topic that was clicked, and the page on which it was

const index = () => Math.max(0, sheets.findIndex((sheet) => sheet.key === current));
const keep = () => sessionStorage.setItem("deckgen", JSON.stringify({ left, begun }));

function put(image, sheet) {
  if (sheet) Object.assign(image, { src: `pictures/${sheet.picture}.svg`, alt: `page ${sheet.number}: ${sheet.title}` });
  image.style.visibility = sheet ? "" : "hidden";
}

function draw() {
  const sheet = sheets[index()];
  put($("now"), sheet);
  const next = away(sheets, index(), 1);
  put($("next"), next === sheet ? undefined : next);
  $("links").replaceChildren(...(sheet ? links(sheet) : []));
  $("said").textContent = sheet?.notes || "–";
  const told = [sheet ? `${sheet.number} of ${sheets.length}` : "there is no slide to show"];
  if (blanked) told.push(`the screen is ${blanked}`);
  if (stale) told.push("may be out of date");
  $("status").textContent = told.join("; ");
  if (sheet) history.replaceState(null, "", `#${sheet.address}`);
  tick();
}

// Goes to a page; the topic that it leaves has begun.
function move(at, tell = true) {
  const sheet = sheets[Math.max(0, Math.min(sheets.length - 1, at))];
  if (!sheet) return;
  left ??= Date.now();
  current = sheet.key;
  const session = choose(sessions);
  if (session) begin(session, whereIn(session));
  if (tell) channel.postMessage({ key: current });
  keep();
  draw();
}

// Remembers when a topic began, once the session has.
function begin(session, [first, last]) {
  const minutes = since(session, now(session.time_zone));
  const started = minutes >= (session.start ?? session.topics[0]?.start ?? Infinity);
  if (started && first === last) begun[`${session.date} ${first}`] ??= minutes;
}

// The topics that the page may be about; a topic that was clicked holds until the slides are at another.
function whereIn({ topics }) {
  const [first, last] = range(topics, [...new Set(sheets.map(({ slide }) => slide))], sheets[index()]?.slide);
  if (pointed && (pointed.key === current || (pointed.topic >= first && pointed.topic <= last))) return [pointed.topic, pointed.topic];
  pointed = null;
  return [first, last];
}

function point(session, topic) {
  pointed = { topic, key: current };
  for (const later of session.topics.keys()) if (later >= topic) delete begun[`${session.date} ${later}`];
  begin(session, [topic, topic]);
  keep();
  tick();
}

function tick() {
  const session = choose(sessions);
  const here = now(session?.time_zone);
  $("clock").textContent = here.time;
  const seconds = left ? Math.floor((Date.now() - left) / 1000) : 0;
  $("since").textContent = [Math.floor(seconds / 60), seconds % 60].map((number) => String(number).padStart(2, "0")).join(":");
  const place = session?.time_zone ? `${here.known ? "" : "no time zone is called "}${session.time_zone}` : "";
  const end = session && endOf(session);
  const hours = session?.start == null ? "" : `${clock(session.start)}${end == null ? "" : `–${clock(end)}`}`;
  const words = [session && dayOf(session).replace("on ", ""), hours, place, here.known ? "" : "the clock is this machine's"];
  $("day").textContent = words.filter(Boolean).join(", ");
  const at = session ? whereIn(session) : [0, 0];
  const told = session ? standing(session, at, since(session, here), begun[`${session.date} ${at[0]}`]) : { topic: -1, late: "", left: "" };
  if ($("late").textContent !== told.late) $("late").textContent = told.late;
  $("left").textContent = told.left;
  list(session, told);
}

function list(session, { topic, late }) {
  const topics = session?.topics ?? [];
  const made = JSON.stringify(topics);
  if ($("agenda").dataset.made !== made) {
    $("agenda").dataset.made = made;
    $("agenda").replaceChildren(...topics.map((one, position) => {
      const item = make("li");
      const button = Object.assign(make("button"), { type: "button", title: "the session is here" });
      const length = one.minutes ? `${one.minutes} min` : one.rest ? "the rest" : "";
      button.append(make("time", "", one.start == null ? "" : clock(one.start)), make("span", "", one.topic), make("small", "", length));
      button.addEventListener("click", () => point(session, position));
      item.append(button);
      return item;
    }));
  }
  [...$("agenda").children].forEach((item, position) => {
    item.className = position === topic ? (late ? "late" : "now") : "";
    item.firstChild.ariaCurrent = position === topic ? "step" : null;
  });
}

function blank(colour, tell = true) {
  blanked = colour;
  if (tell) channel.postMessage({ blank: colour });
  draw();
}

channel.addEventListener("message", ({ data }) => {
  if ("blank" in data) blank(data.blank, false);
  else move(sheets.findIndex(({ key }) => key === data.key), false);
});
const step = (by) => move(sheets.indexOf(away(sheets, index(), by)));
listen({
  step,
  blank,
  go(number) {
    $("typed").textContent = sheets[number - 1] ? "" : `there is no page ${number}; the last is ${sheets.length}`;
    if (sheets[number - 1]) move(number - 1);
  },
  typed: (digits) => ($("typed").textContent = digits && `page ${digits}, then Enter`),
  blanked: () => Boolean(blanked),
  busy: () => false,
  full: () => !document.activeElement?.matches("button, a"),
  escape: () => {},
  keys: { e: problem.another },
});
$("on").addEventListener("click", () => step(1));
$("back").addEventListener("click", () => step(-1));
const named = () => {
  const address = decodeURIComponent(location.hash.slice(1));
  return sheets.find((sheet) => sheet.address === address) ?? sheets.find((sheet) => sheet.slide === address.split("/")[0]);
};
addEventListener("hashchange", () => named() && move(sheets.indexOf(named())));
const events = new EventSource("events");
events.addEventListener("message", (event) => {
  const state = JSON.parse(event.data);
  const was = index();
  ({ sheets, sessions, stale } = state);
  document.title = `Presenter: ${state.title}`;
  problem.set(state);
  if (!current) current = (named() ?? sheets[0])?.key ?? "";
  else if (!sheets.some(({ key }) => key === current)) current = sheets[Math.min(was, sheets.length - 1)]?.key ?? "";
  draw();
});
events.addEventListener("error", () => {
  $("status").textContent = "the server is gone; waiting for it";
  $("status").className = "broken";
});
setInterval(tick, 1000);
