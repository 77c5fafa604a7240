// Steps through the slides and lays the old ones over the new; the page has the same content without it.
"use strict";
const body = document.body;
const slides = [...document.querySelectorAll("article.slide")];
const only = document.querySelector("#only");
const where = document.querySelector("#where");
const calm = matchMedia("(prefers-reduced-motion: reduce)");
let at = -1;

const seen = () => slides.filter((slide) => !body.classList.contains("changed-only") || "differs" in slide.dataset);

function go(slide) {
  if (!slide) return;
  at = slides.indexOf(slide);
  slide.scrollIntoView({ behavior: calm.matches ? "auto" : "smooth", block: "start" });
  slide.focus({ preventScroll: true });
  history.replaceState(null, "", `#${slide.id}`);
  const list = seen();
  where.textContent = `${list.indexOf(slide) + 1} of ${list.length}`;
}
const on = () => go(seen().find((slide) => slides.indexOf(slide) > at));
const back = () => go(seen().findLast((slide) => slides.indexOf(slide) < at));

function changedOnly() {
  if (!only) return;
  const now = body.classList.toggle("changed-only");
  only.setAttribute("aria-pressed", String(now));
  const list = seen();
  where.textContent = now ? `${list.length} changed` : "";
  if (at >= 0 && !list.includes(slides[at])) at = slides.indexOf(list.find((slide) => slides.indexOf(slide) > at)) - 1;
}

function tinted() {
  const off = body.classList.toggle("untinted");
  for (const button of document.querySelectorAll("[data-tint]")) button.setAttribute("aria-pressed", String(!off));
}

function view(stage, name) {
  stage.dataset.view = name;
  stage.classList.remove("was");
  stage.querySelector(".slider").hidden = name !== "slider";
  for (const button of stage.querySelectorAll("[data-view]"))
    button.setAttribute("aria-pressed", String(button.dataset.view === name));
}

for (const stage of document.querySelectorAll(".stage[data-view]")) {
  stage.querySelector(".tools").hidden = false;
  for (const button of stage.querySelectorAll("button[data-view]"))
    button.addEventListener("click", () => view(stage, button.dataset.view));
  stage.querySelector("[data-tint]")?.addEventListener("click", tinted);
  stage.querySelector("input").addEventListener("input", (event) =>
    stage.style.setProperty("--at", `${100 - event.target.value}%`));
  // Who asked for less motion turns the slide over by hand.
  stage.querySelector(".pair").addEventListener("click", () => {
    if (stage.dataset.view === "blink") stage.classList.toggle("was");
  });
  view(stage, "side");
}
setInterval(() => {
  if (calm.matches) return;
  for (const stage of document.querySelectorAll('.stage[data-view="blink"]')) stage.classList.toggle("was");
}, 900);

document.querySelector(".bar").hidden = false;
document.querySelector("#on").addEventListener("click", on);
document.querySelector("#back").addEventListener("click", back);
only?.addEventListener("click", changedOnly);
const keys = { j: on, ArrowRight: on, k: back, ArrowLeft: back, c: changedOnly, t: tinted };
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input")) return;
  const act = keys[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});
document.addEventListener("focusin", (event) => {
  const slide = event.target.closest?.("article.slide");
  if (slide) at = slides.indexOf(slide);
});
addEventListener("hashchange", () => go(document.getElementById(location.hash.slice(1))));
if (location.hash) go(slides.find((slide) => `#${slide.id}` === location.hash));
