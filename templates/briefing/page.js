// Lets the reader choose what is shown, from rows of differences.csv that stand in the page.
"use strict";
(() => {
  const explorer = document.getElementById("explorer");
  const rows = document.getElementById("rows");
  if (!explorer || !rows) return;
  const held = JSON.parse(rows.textContent);
  if (!held.rows.length) return;
  const EACH = "each";
  const KINDS = ["metric", "regime", "group", "period"];
  const picks = Object.fromEntries(KINDS.map((kind) => [kind, explorer.querySelector(`[data-pick=${kind}]`)]));
  const place = explorer.querySelector(".scroll");
  const chosen = explorer.querySelector(".chosen");

  const element = (name, attributes = {}, text) => {
    const svg = ["svg", "line", "rect", "circle"].includes(name);
    const made = svg ? document.createElementNS("http://www.w3.org/2000/svg", name) : document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    if (text !== undefined) made.textContent = text;
    return made;
  };
  const number = (text) => Number(text.replace("−", "-").replaceAll(",", ""));

  for (const kind of KINDS) {
    if (kind !== "metric") picks[kind].append(element("option", { value: EACH }, { regime: "Each regime", group: "Each group", period: "Each period" }[kind]));
    let into = picks[kind];
    let family = null;
    held[kind].forEach((of, index) => {
      if (of.family && of.family !== family) {
        family = of.family;
        into = element("optgroup", { label: family });
        picks[kind].append(into);
      }
      into.append(element("option", { value: index }, of.title));
    });
  }
  picks.group.value = "0";
  picks.period.value = "0";

  // Only one at a time stands side by side: the latest that was asked for.
  const settle = (latest) => {
    const each = KINDS.filter((kind) => picks[kind].value === EACH);
    if (each.length > 1) for (const kind of each) if (kind !== latest) picks[kind].value = "0";
  };

  const tip = element("div", { class: "tip", "aria-hidden": "true" });
  const show = (dot, text) => {
    const at = dot.getBoundingClientRect();
    tip.textContent = text;
    document.body.append(tip);
    const left = at.left + scrollX + at.width / 2 - tip.offsetWidth / 2;
    const most = document.documentElement.clientWidth - tip.offsetWidth - 8;
    tip.style.left = `${Math.max(8, Math.min(left, most)) + 0}px`;
    tip.style.top = `${at.top + scrollY - tip.offsetHeight - 8}px`;
  };
  const hide = () => tip.remove();
  addEventListener("keydown", (key) => key.key === "Escape" && hide());

  const drawn = (row, metric, ends, title) => {
    const [, , , , mean, low, high, verdict] = row;
    const plot = element("svg", { class: "plot", viewBox: "0 0 240 30", preserveAspectRatio: "none", "aria-hidden": "true" });
    const x = (value) => 8 + (224 * (value - ends[0])) / (ends[1] - ends[0] || 1);
    const line = (className, x1, y1, x2, y2) => element("line", { class: className, x1, y1, x2, y2, "vector-effect": "non-scaling-stroke" });
    if (metric.matters) {
      const [from, to] = [Math.max(ends[0], -metric.matters), Math.min(ends[1], metric.matters)];
      plot.append(element("rect", { class: "matters", x: x(from), y: 0, width: Math.max(0, x(to) - x(from)), height: 30 }));
    }
    plot.append(line("nought", x(0), 0, x(0), 30));
    if (low !== "") {
      plot.append(line("range", x(number(low)), 15, x(number(high)), 15));
      for (const end of [low, high]) plot.append(line("range", x(number(end)), 11, x(number(end)), 19));
    }
    const button = element("button", { type: "button", class: "dot", "aria-label": title });
    button.style.left = `${(100 * x(number(mean))) / 240}%`;
    if (verdict !== "") button.classList.add(held.findings[verdict][1]);
    for (const event of ["mouseenter", "focus"]) button.addEventListener(event, () => show(button, title));
    for (const event of ["mouseleave", "blur"]) button.addEventListener(event, hide);
    const box = element("div", { class: "plotted" });
    box.append(plot, button);
    return box;
  };

  const draw = () => {
    hide();
    const wanted = KINDS.map((kind) => picks[kind].value);
    const each = KINDS.findIndex((kind) => picks[kind].value === EACH);
    const found = held.rows.filter((row) => wanted.every((value, at) => value === EACH || row[at] === Number(value)));
    const metric = held.metric[wanted[0]];
    const names = wanted.map((value, at) => (value === EACH ? null : held[KINDS[at]][value].title));
    const said = [names[1], names[2], names[3]].filter((name) => name !== null).join(", ");
    chosen.textContent = found.length
      ? `${metric.title}, ${metric.unit}: difference from ${held.comparator}${said ? ` (${said})` : ""}`
      : `${metric.title}: the tables have no such row. Groups other than age have the whole of the time and the final year only.`;
    // What groups leave out is said wherever a group is shown.
    if (found.length && metric.beyond_groups && wanted[2] !== "0") chosen.textContent += `. ${metric.beyond_groups}`;
    const table = element("table", { class: "numbers" });
    place.replaceChildren(table);
    if (!found.length) return;
    const ends = [0, 0];
    for (const row of found) {
      for (const text of [row[4], row[5], row[6]]) {
        if (text === "") continue;
        ends[0] = Math.min(ends[0], number(text));
        ends[1] = Math.max(ends[1], number(text));
      }
    }
    const wide = (ends[1] - ends[0]) * 0.04 || 1;
    ends[0] -= wide;
    ends[1] += wide;
    const head = element("tr");
    const first = each < 0 ? "" : { regime: "Regime", group: "People", period: "Period" }[KINDS[each]];
    for (const title of [first || "Regime", "Difference", "95% range", "Verdict", "Drawn; the band is too small to matter"]) head.append(element("th", { scope: "col" }, title));
    const top = element("thead");
    top.append(head);
    const body = element("tbody");
    for (const row of found) {
      const name = held[KINDS[each < 0 ? 1 : each]][row[each < 0 ? 1 : each]].title;
      const range = row[5] === "" ? held.unranged : `${row[5]} to ${row[6]}`;
      const verdict = row[7] === "" ? "none passed" : held.findings[row[7]][0];
      const line = element("tr");
      const cell = element("td");
      cell.append(drawn(row, metric, ends, `${name}: ${row[4]}, ${range}; ${verdict}`));
      line.append(element("th", { scope: "row" }, name), ...[["Difference", row[4]], ["95% range", range], ["Verdict", verdict]].map(([head, text]) => element("td", { "data-head": head }, text)), cell);
      body.append(line);
    }
    table.append(top, body);
  };

  for (const kind of KINDS) picks[kind].addEventListener("change", () => { settle(kind); draw(); });
  explorer.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
  explorer.hidden = false;
  draw();
})();
