// Plain data -> the elements that the preview and the presenter share.
export const make = (tag, name, text) => Object.assign(document.createElement(tag), { className: name ?? "", textContent: text ?? "" });
export const channel = new BroadcastChannel(`deckgen${location.pathname.replace(/[^/]*$/, "")}`);

// `file:line`, which a click copies, or opens if the server has the address of an editor.
export function place({ at, open }) {
  if (open) return Object.assign(make("a", "place", at), { href: open, title: "open it in the editor" });
  const button = Object.assign(make("button", "place", at), { type: "button", title: "copy it" });
  button.addEventListener("click", async (event) => {
    event.stopPropagation();
    const copied = await navigator.clipboard.writeText(at).then(() => true, () => false);
    button.textContent = copied ? `${at} copied` : at;
    setTimeout(() => (button.textContent = at), 1500);
  });
  return button;
}

// The page so many steps away in the show, which leaves out hidden pages.
export function away(sheets, at, by) {
  const open = sheets.filter((sheet, index) => !sheet.hidden || index === at);
  return open[Math.max(0, Math.min(open.length - 1, open.indexOf(sheets[at]) + by))];
}

// The links of a page, over its picture; one that begins with `#` leads to another page.
export function links(sheet) {
  const safe = sheet.links.filter(({ address }) => /^(https?:|mailto:|#)/i.test(address));
  return safe.map(({ address, left, top, width, height }) => {
    const link = Object.assign(make("a"), { href: address, title: address });
    if (!address.startsWith("#")) Object.assign(link, { target: "_blank", rel: "noopener noreferrer" });
    link.setAttribute("aria-label", address);
    Object.assign(link.style, { left: `${left}%`, top: `${top}%`, width: `${width}%`, height: `${height}%` });
    return link;
  });
}

// The bar: `n errors`, and each of them in words, with its slide and its origin. `goTo` receives the slide.
export function bar(goTo) {
  const problem = document.querySelector("#problem");
  let errors = [];
  let at = 0;
  let titles = new Map();
  function draw() {
    problem.hidden = !errors.length;
    if (!errors.length) return;
    const { slide, text, place: where } = errors[at];
    const link = Object.assign(make("a", "", slide ? `${titles.get(slide)}: ${text}` : text), { href: slide ? `#${slide}` : "#general" });
    link.addEventListener("click", (event) => {
      if (!slide) return;
      event.preventDefault();
      goTo(slide);
    });
    const next = Object.assign(make("button", "", "Next error"), { type: "button" });
    next.append(" ", make("kbd", "", "e"));
    next.addEventListener("click", another);
    problem.replaceChildren(link, ...(where.at ? [place(where)] : []), ...(errors.length > 1 ? [next] : []));
  }
  function another() {
    at = (at + 1) % (errors.length || 1);
    draw();
    if (errors[at]?.slide) goTo(errors[at].slide);
  }
  function set(state) {
    const found = state.faults.filter(({ severity }) => severity === "error");
    const same = JSON.stringify(found) === JSON.stringify(errors);
    titles = new Map([...state.sheets].reverse().map(({ slide, title }) => [slide, title]));
    if (!same) [errors, at] = [found, 0];
    if (!same) draw();
    const status = document.querySelector("#status");
    status.className = errors.length ? "broken" : "live";
    return errors;
  }
  return { set, another };
}
