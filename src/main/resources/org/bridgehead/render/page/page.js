"use strict";
/*
 * The page decides nothing: what a failure does was computed when the page was made, by the functions that the live hubs
 * call. Here the answers are unpacked, counted and shown. bridgehead.whatif(items) gives what `whatif -o json` prints.
 */
const bridgehead = (() => {
  const NONE = -1;
  const RULES = { o: "the only way", h: "decided by hops", c: "decided by cost", n: "decided by name" };
  const FIGURES = ["unreachableWeight", "heldWeight", "unreachable", "held", "changed", "extraHops", "passedOver", "offline"];
  const MOST_LINES = 12;
  const MOST_RANKED = 25;

  /** What the page knows; see PageData and ResultEncoder. */
  let data;
  let itemNumbers;
  const sets = [];

  async function unpack() {
    if (typeof DecompressionStream === "undefined") {
      throw new Error("this browser is too old for the page: use one of 2023 or newer");
    }
    const text = document.getElementById("data").textContent;
    const octets = Uint8Array.from(atob(text), c => c.charCodeAt(0));
    const stream = new Blob([octets]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    data = JSON.parse(await new Response(stream).text());
    itemNumbers = new Map(data.items.map((item, at) => [item, at]));
  }

  /* ---- answers ---- */

  function set(number) {
    if (!sets[number]) {
      const all = [];
      const runs = data.sets[number];
      for (let at = 0; at < runs.length; at += 2) {
        for (let i = 0; i < runs[at + 1]; i++) all.push(runs[at] + i);
      }
      sets[number] = all;
    }
    return sets[number];
  }

  /** Sites from one to another by number; empty where no links join them. */
  function path(from, to, changes) {
    const sites = [to];
    for (let at = to; at !== from;) {
      at = changes && changes.has(at) ? changes.get(at) : data.previous[from][at];
      if (at === NONE) return [];
      sites.push(at);
    }
    return sites.reverse();
  }

  const names = numbers => numbers.map(site => data.sites[site].name);

  /** The packed answer for failed items by number, ascending; undefined = not worked out. */
  function packed(down) {
    if (down.length === 0) return { p: data.sites.length * (data.sites.length - 1) };
    if (down.length === 1) return data.singles[down[0]];
    const extra = (data.extras || []).find(one => one.down.join() === down.join());
    if (extra) return extra.result;
    if (down.length > 2 || !data.pairs) return undefined;
    const both = data.pairs[pairNumber(down[0], down[1], data.items.length)];
    return both === 1 ? data.singles[down[0]] : both === 2 ? data.singles[down[1]] : both;
  }

  function pairNumber(one, two, of) {
    return one * of - one * (one + 1) / 2 + two - one - 1;
  }

  /** Pairs of sites with what befalls them, by number, in the order of the names. */
  function changes(result) {
    const changed = [];
    for (const [sources, targets, place, cause, why, cut] of result.h || []) {
      for (const from of set(sources)) {
        for (const to of set(targets)) changed.push({ from, to, place, cause, why, cut: cut === 1 });
      }
    }
    for (const [sources, targets, cause, ...pieces] of result.m || []) {
      const moves = new Map();
      for (let at = 0; at < pieces.length; at += 2) moves.set(pieces[at], pieces[at + 1]);
      for (const from of set(sources)) {
        for (const to of set(targets)) changed.push({ from, to, cause, after: path(from, to, moves) });
      }
    }
    for (const [from, to, cause, after] of result.x || []) changed.push({ from, to, cause, after });
    return changed.sort((a, b) => a.from - b.from || a.to - b.to);
  }

  function stops(rectangles) {
    const pairs = [];
    for (const [sources, targets, ...sites] of rectangles || []) {
      for (const from of set(sources)) for (const to of set(targets)) pairs.push({ from, to, sites });
    }
    return pairs.sort((a, b) => a.from - b.from || a.to - b.to)
      .map(pair => ({ from: data.sites[pair.from].name, to: data.sites[pair.to].name, sites: names(pair.sites) }));
  }

  const records = numbers => (numbers || []).map(number => JSON.parse(data.records[number]));

  /** Items by number, each once; undefined when one is unknown. */
  function numbersOf(items) {
    const numbers = [...new Set(items.map(item => itemNumbers.get(item)))].sort((a, b) => a - b);
    return numbers.includes(undefined) ? undefined : numbers;
  }

  /** The fields of `whatif -o json`; null when this combination was not worked out. */
  function whatif(items) {
    const down = numbersOf(items);
    const result = down && packed(down);
    if (!result) return null;
    const changed = changes(result);
    const name = site => data.sites[site].name;
    return {
      pairs: result.p,
      held: changed.filter(pair => !pair.after).length,
      changed: changed.map(pair => ({
        from: name(pair.from),
        to: name(pair.to),
        before: names(path(pair.from, pair.to)),
        after: pair.after ? names(pair.after) : null,
        heldAt: pair.after || pair.place === NONE ? null : name(pair.place),
        cause: data.texts[pair.cause],
        why: pair.after ? null : data.texts[pair.why]
      })),
      unreachable: changed.filter(pair => pair.cut).map(pair => ({ from: name(pair.from), to: name(pair.to) })),
      passedOver: stops(result.o),
      newStops: stops(result.n),
      mustStop: [],
      mayPass: [],
      connectors: records(result.c),
      clusters: records(result.k),
      sitesGone: [],
      sitesNew: []
    };
  }

  /** Failures with their damage, the worst first: of one part, or of one more part beside the one that is down. */
  function ranking(down) {
    const routed = data.damages.length;
    const beside = down.length === 1 && down[0] < routed && data.pairDamages;
    const rows = [];
    for (let at = 0; at < routed; at++) {
      if (!beside) {
        rows.push({ item: at, figures: data.damages[at] });
      } else if (at !== down[0]) {
        const pair = pairNumber(Math.min(at, down[0]), Math.max(at, down[0]), routed);
        rows.push({ item: at, figures: data.pairDamages[pair] });
      }
    }
    rows.sort((a, b) => {
      for (let i = 0; i < 6; i++) {
        if (a.figures[i] !== b.figures[i]) return b.figures[i] - a.figures[i];
      }
      return a.item - b.item;
    });
    return { beside: Boolean(beside), rows };
  }

  /* ---- the page ---- */

  const byId = id => document.getElementById(id);
  let down = [];
  let ends = { from: NONE, to: NONE };
  let result;
  let changed = [];
  let restoring = false;

  function element(tag, attributes, ...children) {
    const made = document.createElement(tag);
    for (const [key, value] of Object.entries(attributes || {})) {
      if (key === "onclick") made.addEventListener("click", value);
      else made.setAttribute(key, value);
    }
    made.append(...children.filter(child => child !== null));
    return made;
  }

  const count = (number, what) => number + " " + what + (number === 1 ? "" : "s");

  function linkBetween(one, other) {
    let best = NONE;
    data.links.forEach((link, at) => {
      if (link.sites.includes(one) && link.sites.includes(other) && !down.includes(itemNumbers.get("link:" + link.name))
          && (best === NONE || link.cost < data.links[best].cost)) best = at;
    });
    if (best !== NONE) return best;
    return data.links.findIndex(link => link.sites.includes(one) && link.sites.includes(other));
  }

  function costOf(sites) {
    let cost = 0;
    for (let at = 1; at < sites.length; at++) cost += data.links[linkBetween(sites[at - 1], sites[at])].cost;
    return cost;
  }

  function figures(sites) {
    return count(sites.length - 1, "hop") + ", cost " + costOf(sites);
  }

  function quoted(word) {
    return /^[\w.:\/@=-]+$/.test(word) ? word : "'" + word.replace(/'/g, "'\\''") + "'";
  }

  /** A command that asks the program itself; sweep takes neither edits nor failed parts. */
  function command(verb, more) {
    const edits = verb === "sweep" ? [] : data.set.flatMap(edit => ["--set", quoted(edit)]);
    const failed = verb === "sweep" ? [] : down.flatMap(item => ["--down", quoted(data.items[item])]);
    return ["bridgehead", verb, quoted(data.file), ...(more || []), ...edits, ...failed].join(" ");
  }

  function toggle(item) {
    const number = itemNumbers.get(item);
    if (number === undefined) return;
    down = down.includes(number) ? down.filter(other => other !== number) : [...down, number].sort((a, b) => a - b);
    show();
  }

  function show() {
    result = packed(down);
    changed = result ? changes(result) : [];
    showDown();
    showMap();
    showRoute();
    showEffects();
    showRanking();
    remember();
  }

  function showDown() {
    byId("down").replaceChildren(...down.map(item => element("button",
      { type: "button", class: "chip", title: "mend " + data.items[item], onclick: () => toggle(data.items[item]) }, data.items[item])));
    byId("clear").hidden = down.length === 0;
    byId("verdict").replaceChildren(...verdict());
    byId("command").textContent = command(down.length === 0 ? "sweep" : "whatif");
  }

  function verdict() {
    if (down.length === 0) return [element("span", { class: "soft" }, "Nothing. All " + result.p + " pairs of sites as planned.")];
    if (!result) {
      const most = data.pairs ? "one or two failures at once" : "one failure at a time";
      return [element("span", { class: "held" }, "This page holds the answers for " + most + ". The command below has this one.")];
    }
    const cut = changed.filter(pair => pair.cut).length;
    const held = changed.filter(pair => !pair.after && !pair.cut).length;
    const moved = changed.filter(pair => pair.after).length;
    const words = [];
    if (cut) words.push(element("span", { class: "bad" }, count(cut, "pair") + " cut off"));
    if (held) words.push(element("span", { class: "held" }, count(held, "pair") + " held"));
    if (moved) words.push(element("span", {}, count(moved, "pair") + " by another way"));
    if (words.length === 0) words.push(element("span", { class: "good" }, "all mail between sites arrives"));
    const joined = words.flatMap((word, at) => at === 0 ? [word] : [", ", word]);
    return [...joined, element("span", { class: "soft" }, " of " + result.p + " pairs.")];
  }

  /* ---- map ---- */

  let svg;
  const shapes = new Map();

  function prepareMap() {
    svg = document.querySelector("#map svg");
    svg.removeAttribute("width");
    svg.removeAttribute("height");
    for (const shape of svg.querySelectorAll("[data-item]")) {
      shapes.set(shape.dataset.item, shape);
      if (itemNumbers.has(shape.dataset.item)) {
        shape.setAttribute("tabindex", "0");
        shape.setAttribute("role", "button");
      }
    }
    svg.addEventListener("click", event => {
      const shape = event.target.closest("[data-item]");
      if (!shape || moved) return;
      if (event.shiftKey) pickEnd(event.target.closest(".site"));
      else toggle(shape.dataset.item);
    });
    svg.addEventListener("keydown", event => {
      const shape = event.target.closest("[data-item]");
      if (shape && (event.key === "Enter" || event.key === " ")) {
        event.preventDefault();
        toggle(shape.dataset.item);
      }
    });
    prepareZoom();
  }

  function pickEnd(shape) {
    if (!shape) return;
    const site = data.sites.findIndex(one => "site:" + one.name === shape.dataset.item);
    ends = ends.from === NONE || ends.to !== NONE ? { from: site, to: NONE } : { from: ends.from, to: site };
    byId("from").value = ends.from;
    byId("to").value = ends.to;
    show();
  }

  function showMap() {
    for (const shape of svg.querySelectorAll(".down, .held, .path, .nostop, .dim, .forward, .backward, .ahead")) {
      shape.classList.remove("down", "held", "path", "nostop", "dim", "forward", "backward", "ahead");
    }
    for (const [item, shape] of shapes) {
      const failed = down.includes(itemNumbers.get(item));
      shape.classList.toggle("down", failed);
      if (shape.hasAttribute("role")) shape.setAttribute("aria-pressed", failed);
    }
    const routed = ends.from !== NONE && ends.to !== NONE && ends.from !== ends.to;
    const waiting = changed.filter(pair => !pair.after && pair.place !== NONE && (!routed || isShown(pair)));
    for (const site of new Set(waiting.map(pair => pair.place))) {
      shapes.get("site:" + data.sites[site].name).classList.add("held");
    }
    if (routed) highlight();
  }

  const isShown = pair => pair.from === ends.from && pair.to === ends.to;

  function highlight() {
    const change = changed.find(isShown);
    const sites = change && change.after || path(ends.from, ends.to);
    const waits = change && !change.after ? sites.indexOf(change.place) : sites.length;
    const used = new Set();
    let stop = 0;
    sites.forEach((site, at) => {
      const shape = shapes.get("site:" + data.sites[site].name);
      const goesBy = waits >= 0 && at > waits || at > 0 && at < sites.length - 1 && !stopsAt(site);
      shape.classList.add("path");
      shape.classList.toggle("nostop", goesBy);
      const number = shape.querySelector(".stop-number");
      if (number) number.textContent = goesBy ? "" : String(++stop);
      used.add(shape);
      if (at > 0) used.add(markLink(sites[at - 1], site, at > waits && waits >= 0));
    });
    for (const shape of svg.querySelectorAll(".site, .link")) shape.classList.toggle("dim", !used.has(shape));
  }

  /** Whether mail that passes the site is handled there while nothing is down. */
  function stopsAt(site) {
    const one = data.sites[site];
    return one.hubs.length > 0 && (data.relay === "everySite" || one.hubSite);
  }

  function markLink(one, other, ahead) {
    const link = shapes.get("link:" + data.links[linkBetween(one, other)].name);
    const a = data.sites[one].name;
    const b = data.sites[other].name;
    for (const piece of link.querySelectorAll(".piece")) {
      const from = piece.dataset.a;
      const to = piece.dataset.b;
      const forward = to === undefined ? from === a : from === a && to === b;
      const backward = to === undefined ? from === b : from === b && to === a;
      if (forward || backward) piece.classList.add("path", forward ? "forward" : "backward");
      if ((forward || backward) && ahead) piece.classList.add("ahead");
    }
    return link;
  }

  /* ---- nearer and farther ---- */

  let whole;
  let view;
  let grip = null;
  let moved = false;

  function prepareZoom() {
    const box = svg.viewBox.baseVal;
    whole = { x: box.x, y: box.y, width: box.width, height: box.height };
    look({ ...whole });
    svg.addEventListener("wheel", event => {
      event.preventDefault();
      zoom(Math.exp(event.deltaY * 0.0015), event);
    }, { passive: false });
    svg.addEventListener("pointerdown", event => {
      grip = { x: event.clientX, y: event.clientY, view };
      moved = false;
    });
    window.addEventListener("pointermove", event => {
      if (!grip) return;
      const scale = Math.max(view.width / svg.clientWidth, view.height / svg.clientHeight);
      const x = (event.clientX - grip.x) * scale;
      const y = (event.clientY - grip.y) * scale;
      if (!moved && Math.hypot(event.clientX - grip.x, event.clientY - grip.y) < 5) return;
      moved = true;
      svg.classList.add("dragged");
      look({ ...view, x: grip.view.x - x, y: grip.view.y - y });
    });
    window.addEventListener("pointerup", () => {
      grip = null;
      svg.classList.remove("dragged");
    });
    byId("zoom-in").addEventListener("click", () => zoom(0.7));
    byId("zoom-out").addEventListener("click", () => zoom(1 / 0.7));
    byId("zoom-fit").addEventListener("click", () => look({ ...whole }));
  }

  function look(at) {
    view = at;
    svg.setAttribute("viewBox", [at.x, at.y, at.width, at.height].join(" "));
  }

  function zoom(factor, event) {
    const limited = Math.min(whole.width * 3, Math.max(whole.width / 40, view.width * factor)) / view.width;
    let x = view.x + view.width / 2;
    let y = view.y + view.height / 2;
    if (event) {
      const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
      x = point.x;
      y = point.y;
    }
    look({ x: x - (x - view.x) * limited, y: y - (y - view.y) * limited, width: view.width * limited, height: view.height * limited });
  }

  /* ---- what befalls mail ---- */

  function pathText(sites) {
    return element("span", { class: "path" }, names(sites).join(" > "));
  }

  function showRoute() {
    const box = byId("route");
    const { from, to } = ends;
    if (from === NONE || to === NONE) return box.replaceChildren(element("p", { class: "soft" }, "Choose two sites."));
    if (from === to) return box.replaceChildren(element("p", { class: "soft" }, "Mail within a site takes no way."));
    const before = path(from, to);
    if (before.length === 0) return box.replaceChildren(element("p", { class: "bad" }, "No links join them."));
    const change = changed.find(isShown);
    const lines = [];
    if (!result) {
      lines.push(element("p", { class: "soft" }, "Planned: ", pathText(before)));
      lines.push(element("p", { class: "held" }, "For these failures ask the command below."));
    } else if (!change) {
      lines.push(element("p", {}, pathText(before), " "), element("p", { class: "soft" }, figures(before) + ", " + RULES[data.decidedBy[from][to]] + "."));
      if (down.length > 0) lines.push(element("p", { class: "good" }, "Arrives by the same sites."));
    } else if (change.after) {
      lines.push(element("p", { class: "soft" }, "Before: ", pathText(before), " (" + figures(before) + ")"));
      lines.push(element("p", {}, "Now: ", pathText(change.after), " (" + figures(change.after) + ")"));
      lines.push(element("p", { class: "held" }, sentence(data.texts[change.cause])));
    } else {
      lines.push(element("p", { class: "soft" }, "Planned: ", pathText(before), " (" + figures(before) + ")"));
      lines.push(element("p", { class: change.cut ? "bad" : "held" }, sentence(data.texts[change.why])));
    }
    const ask = command("route", ["--from", quoted(data.sites[from].name), "--to", quoted(data.sites[to].name)]);
    lines.push(element("p", { class: "command" }, element("code", {}, ask), copyButton(() => ask)));
    box.replaceChildren(...lines);
  }

  /** Items such as link:X keep their letters. */
  const sentence = text => (/^\w+:/.test(text) ? text : text.charAt(0).toUpperCase() + text.slice(1)) + ".";
  const words = keyword => keyword.replace(/[A-Z]/g, letter => " " + letter.toLowerCase());

  function list(title, style, lines) {
    if (lines.length === 0) return [];
    const items = lines.map(line => element("li", {}, ...[].concat(line)));
    const shown = element("ul", {}, ...items.slice(0, MOST_LINES));
    const rest = items.length > MOST_LINES
      ? element("details", {}, element("summary", {}, "and " + (items.length - MOST_LINES) + " more"), element("ul", {}, ...items.slice(MOST_LINES))) : null;
    return [element("h3", { class: style }, title), shown, ...(rest ? [rest] : [])];
  }

  /** Pairs that share a label, the most frequent first. */
  function grouped(pairs, label) {
    const groups = new Map();
    for (const pair of pairs) {
      const key = label(pair);
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(pair);
    }
    return [...groups].sort((a, b) => b[1].length - a[1].length);
  }

  function some(pairs) {
    const texts = pairs.slice(0, 4).map(pair => data.sites[pair.from].name + " → " + data.sites[pair.to].name);
    return texts.join(", ") + (pairs.length > 4 ? ", …" : "");
  }

  function showEffects() {
    if (!result || down.length === 0) return byId("effects").replaceChildren();
    const held = grouped(changed.filter(pair => !pair.after), pair => data.texts[pair.why])
      .map(([why, pairs]) => [element("b", {}, count(pairs.length, "pair") + ": "), why + ". ", element("span", { class: "soft" }, some(pairs))]);
    const other = changed.filter(pair => pair.after)
      .map(pair => [element("b", {}, data.sites[pair.from].name + " → " + data.sites[pair.to].name + ": "), pathText(pair.after),
        element("span", { class: "soft" }, " instead of " + names(path(pair.from, pair.to)).join(" > "))]);
    const passed = grouped(stops(result.o), pair => pair.sites.join(", "))
      .map(([sites, pairs]) => [element("b", {}, count(pairs.length, "pair")), " pass over " + sites]);
    const connectors = records(result.c).map(one => [element("b", {}, one.name), " is " + words(one.status) + ": " + one.why]);
    const clusters = records(result.k).map(one => [element("b", {}, one.server), (one.online ? " serves on: " : " is offline: ") + one.why]);
    byId("effects").replaceChildren(
      ...list("Mail that waits", "held", held),
      ...list("Mail that goes another way", "", other),
      ...list("Stops passed over", "soft", passed),
      ...list("Connectors", "", connectors),
      ...list("Mailbox servers", "", clusters));
  }

  function showRanking() {
    const { beside, rows } = ranking(down);
    // Beside a failure only what makes it worse is news.
    const now = beside ? data.damages[down[0]] : FIGURES.map(() => 0);
    const harmful = rows.filter(row => row.figures.some((figure, at) => at > 1 && figure !== now[at]));
    byId("ranking-title").textContent = beside ? "Damage if one more part fails beside " + data.items[down[0]] : "Damage of each single failure";
    const note = byId("ranking-note");
    note.className = "soft";
    const pairs = down.length > 0 && !beside && data.damages.length > 0
      ? " For pairs of failures: " + command("sweep", ["-n 2", "--top 20"]) : "";
    note.textContent = "The worst first" + (data.weighted ? ", pairs weighted by mailboxes" : "") + "; "
      + count(harmful.length, "failure") + " of " + rows.length + (harmful.length === 1 ? " changes" : " change") + (beside ? " more." : " anything.") + pairs;
    const head = element("tr", {}, ...["part", "cut off", "held", "changed", "more hops"].map(text => element("th", {}, text)));
    const lines = harmful.slice(0, MOST_RANKED).map(row => {
      const failed = down.includes(row.item);
      const cells = [row.figures[2], row.figures[3], row.figures[4], row.figures[5]].map(figure => element("td", {}, String(figure || "")));
      const [kind, name] = [data.items[row.item].split(":", 1)[0], data.items[row.item].replace(/^\w+:/, "")];
      const button = element("button", { type: "button" }, element("span", { class: "soft" }, kind + ":"), name);
      const line = element("tr", { class: failed ? "row now" : "row", onclick: () => toggle(data.items[row.item]) }, element("td", {}, button), ...cells);
      line.dataset.rank = data.items[row.item];
      return line;
    });
    byId("ranking").replaceChildren(head, ...lines);
  }

  /* ---- what the address of the page remembers ---- */

  function remember() {
    if (restoring) return;
    const parts = [];
    if (down.length > 0) parts.push("down=" + down.map(item => encodeURIComponent(data.items[item])).join(","));
    if (ends.from !== NONE) parts.push("from=" + encodeURIComponent(data.sites[ends.from].name));
    if (ends.to !== NONE) parts.push("to=" + encodeURIComponent(data.sites[ends.to].name));
    history.replaceState(null, "", parts.length > 0 ? "#" + parts.join("&") : location.pathname + location.search);
  }

  function restore() {
    const state = { down: data.initial.down, from: data.initial.from, to: data.initial.to };
    if (location.hash.length > 1) {
      state.down = [];
      for (const part of location.hash.slice(1).split("&")) {
        const [key, value] = [part.slice(0, part.indexOf("=")), part.slice(part.indexOf("=") + 1)];
        if (key === "down") state.down = value.split(",").map(decodeURIComponent);
        else if (key === "from" || key === "to") state[key] = decodeURIComponent(value);
      }
    }
    const site = name => data.sites.findIndex(one => one.name === name);
    down = numbersOf(state.down.filter(item => itemNumbers.has(item)));
    ends = { from: site(state.from), to: site(state.to) };
    byId("from").value = ends.from;
    byId("to").value = ends.to;
    restoring = true;
    show();
    restoring = false;
  }

  /* ---- controls ---- */

  function copyButton(text) {
    const button = element("button", { type: "button", title: "copy the command" }, "copy");
    button.addEventListener("click", () => copy(text(), button));
    return button;
  }

  async function copy(text, button) {
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = "copied";
    } catch (refused) {
      // Not every browser lets a page from a file write there: select it, so that a key does.
      getSelection().selectAllChildren(button.previousElementSibling);
      button.textContent = "press Ctrl+C";
    }
  }

  function options(select) {
    select.append(element("option", { value: String(NONE) }, "–"), ...data.sites.map((site, at) => element("option", { value: String(at) }, site.name)));
  }

  function prepare() {
    byId("title").textContent = data.organization + ": " + count(data.sites.length, "site") + ", " + count(data.links.length, "link");
    byId("settings").textContent = "metric: " + data.metric + " · relay: " + data.relay + " · onFailure: " + data.onFailure;
    byId("items").append(...data.items.map(item => element("option", { value: item })));
    options(byId("from"));
    options(byId("to"));
    for (const end of ["from", "to"]) {
      byId(end).addEventListener("change", event => {
        ends = { ...ends, [end]: Number(event.target.value) };
        show();
      });
    }
    byId("swap").addEventListener("click", () => {
      ends = { from: ends.to, to: ends.from };
      byId("from").value = ends.from;
      byId("to").value = ends.to;
      show();
    });
    byId("add").addEventListener("change", event => {
      toggle(event.target.value);
      event.target.value = "";
    });
    byId("clear").addEventListener("click", () => {
      down = [];
      show();
    });
    byId("copy").addEventListener("click", event => copy(byId("command").textContent, event.target));
    byId("theme").addEventListener("click", () => {
      const root = document.documentElement;
      const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
      root.dataset.theme = dark ? "light" : "dark";
      svg.dataset.theme = root.dataset.theme;
    });
    window.addEventListener("hashchange", restore);
    prepareMap();
    restore();
  }

  const ready = unpack().then(prepare).catch(problem => {
    byId("verdict").replaceChildren(element("span", { class: "bad" }, String(problem.message || problem)));
    throw problem;
  });

  return { ready, whatif, ranking: items => ranking(numbersOf(items)).rows.map(row => [data.items[row.item], ...row.figures]), items: () => data.items, figures: FIGURES };
})();
