// Keys -> actions of a speaker, in the preview and in the presenter.
const steps = { j: 1, ArrowRight: 1, PageDown: 1, k: -1, ArrowLeft: -1, PageUp: -1 };
const more = { ArrowDown: 1, Enter: 1, ArrowUp: -1, Backspace: -1 };
const blanks = { b: "black", ".": "black", w: "white", ",": "white" };

// `act` has: step(by), go(number), typed(digits), blank(colour), blanked(), escape(), busy(), full() and keys. If full(),
// all keys are the speaker's; if not, arrows scroll, and a focused button keeps Space and Enter.
export function listen(act) {
  let digits = "";
  const type = (text) => act.typed((digits = text.slice(0, 4)));

  function meant(event) {
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (act.blanked()) return () => act.blank("");
    if (/^[0-9]$/.test(key)) return () => type(digits + key);
    if (digits && key === "Enter") return () => (act.go(Number(digits)), (digits = ""));
    if (digits && key === "Backspace") return () => type(digits.slice(0, -1));
    if (key === "Escape") return () => (digits ? type("") : act.escape());
    if (key in blanks) return () => act.blank(blanks[key]);
    if (key === "Home" || key === "End") return () => act.step(key === "Home" ? -Infinity : Infinity);
    const by = key === " " ? (event.shiftKey ? -1 : 1) : (steps[key] ?? (act.full() ? more[key] : undefined));
    return by ? () => act.step(by) : act.keys[key];
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || act.busy()) return;
    const own = !act.full() && document.activeElement?.matches("button, a");
    if (own && [" ", "Enter"].includes(event.key) && !digits) return;
    const known = /^([0-9a-z .,]|Enter|Backspace|Escape|Home|End|Page(Up|Down)|Arrow\w+)$/i.test(event.key);
    const does = known && meant(event);
    if (!does) return;
    if (event.key !== "Escape") event.preventDefault(); // it also ends the full screen
    if (digits && !/^([0-9]|Enter|Backspace|Escape)$/.test(event.key)) type("");
    does();
  });
  // After a click with the mouse, Space is for the slides and not for the button again.
  document.addEventListener("click", ({ detail }) => {
    if (detail && document.activeElement?.matches("button, a")) document.activeElement.blur();
  });
}
