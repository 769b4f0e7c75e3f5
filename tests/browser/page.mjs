// Opens a briefing in headless Chromium as a reader would, and says everything that is wrong:
// errors on the console, requests that leave the page, controls that a keyboard does not
// reach or work, what axe-core finds (WCAG 2 A and AA), and text that runs off the page.
// Screenshots at phone, laptop and A4 widths go to a folder, to be looked at.
//
//   node page.mjs RESULTS/briefing.html [SCREENSHOTS]
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [page_path, shots] = process.argv.slice(2);
if (!page_path) {
  console.error("usage: node page.mjs RESULTS/briefing.html [SCREENSHOTS]");
  process.exit(2);
}
const browsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", process.env.CHROME];
const executablePath = browsers.find((path) => path && existsSync(path));
if (!executablePath) {
  console.error("no Chromium or Chrome: name one in CHROME");
  process.exit(2);
}
const address = pathToFileURL(resolve(page_path)).href;
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
if (shots) mkdirSync(shots, { recursive: true });

let passed = 0;
const wrong = [];
const check = (what, good, detail = "") => {
  if (good) passed += 1;
  else wrong.push(`${what}${detail ? `: ${detail}` : ""}`);
};

const browser = await chromium.launch({
  executablePath,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
// A busy machine is slow, not wrong.
const PATIENCE = 180_000;
const sizes = { phone: [390, 844], laptop: [1366, 850], a4: [794, 1123] };

for (const [name, [width, height]] of Object.entries(sizes)) {
  // A policy against scripts in the page would keep axe-core out too; what it forbids is
  // checked by the requests that are seen.
  const context = await browser.newContext({ viewport: { width, height }, bypassCSP: name === "laptop" });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  const said = [];
  const asked = [];
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && said.push(message.text()));
  page.on("pageerror", (error) => said.push(String(error)));
  page.on("request", (request) => request.url() !== address && !request.url().startsWith("data:") && asked.push(request.url()));
  if (name === "a4") await page.emulateMedia({ media: "print" });
  await page.goto(address, { waitUntil: "load" });
  await page.waitForTimeout(300);
  check(`${name}: nothing on the console`, said.length === 0, said.join(" | "));
  check(`${name}: no request leaves the page`, asked.length === 0, asked.join(" "));
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  check(`${name}: nothing runs off the page`, wide <= 0, `${wide} pixels`);
  const laid = await page.evaluate(overlaps);
  check(`${name}: no words lie on others`, laid.length === 0, `${laid.length}: ${laid.slice(0, 5).join(" | ")}`);
  if (name === "phone") {
    const under = await page.evaluate(misplaced);
    check("phone: what a cell holds stands beside its label", under.length === 0, `${under.length}: ${under.slice(0, 5).join(" | ")}`);
  }
  if (shots) await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true });
  if (name === "laptop") {
    await keyboard(page);
    await accessible(page);
  }
  await context.close();
}
if (shots) {
  const page = await browser.newPage();
  page.setDefaultTimeout(PATIENCE);
  await page.goto(address);
  await page.pdf({ path: `${shots}/a4.pdf`, preferCSSPageSize: true, printBackground: true });
  await page.close();
}
await quiet();
await browser.close();

// Every control is reached by Tab, shows that it has the focus, and works by keys alone.
async function keyboard(page) {
  const wanted = await page.evaluate(() => {
    const seen = (e) => e.getClientRects().length > 0 && !e.closest("[hidden]");
    return [...document.querySelectorAll("a[href], button, select, summary, [tabindex='0']")].filter(seen).length;
  });
  const reached = await page.evaluate(() => {
    document.body.focus();
    window.reached = new Set();
    window.unseen = [];
    addEventListener("focusin", (event) => {
      window.reached.add(event.target);
      const style = getComputedStyle(event.target);
      const box = event.target.getBoundingClientRect();
      const shown = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0 && box.width > 0;
      if (!shown) window.unseen.push(event.target.outerHTML.slice(0, 80));
    });
    return 0;
  });
  for (let at = reached; at < wanted + 20; at += 1) await page.keyboard.press("Tab");
  const [count, unseen] = await page.evaluate(() => [window.reached.size, window.unseen]);
  check("Tab reaches every control", count >= wanted, `${count} of ${wanted}`);
  check("what has the focus is seen to have it", unseen.length === 0, unseen.join(" | "));

  for (const kind of ["metric", "regime", "group", "period"]) {
    const picker = page.locator(`[data-pick=${kind}]`);
    const before = await page.locator("#explorer").innerText();
    await picker.focus();
    await page.keyboard.press("ArrowDown");
    await page.waitForTimeout(60);
    const after = await page.locator("#explorer").innerText();
    const options = await picker.locator("option").count();
    check(`${kind} is chosen by keys`, options < 2 || before !== after);
  }
  // Back to what there surely is, and a number by focus alone.
  await page.selectOption("[data-pick=metric]", "0");
  await page.selectOption("[data-pick=group]", "0");
  await page.selectOption("[data-pick=period]", "0");
  await page.selectOption("[data-pick=regime]", "each");
  const dots = page.locator("#explorer .dot");
  check("differences are drawn", (await dots.count()) > 0);
  await dots.first().focus();
  const tip = page.locator(".tip");
  check("a dot with the focus tells its number", (await tip.count()) === 1 && /\d/.test(await tip.innerText()));
  await page.keyboard.press("Escape");
  check("Escape takes it away", (await tip.count()) === 0);
  const same = await page.evaluate(() => {
    const table = document.querySelector("#headlines table tbody");
    const shown = document.querySelector("#explorer tbody td");
    return table.textContent.includes(shown.textContent);
  });
  check("what is chosen is what the table says", same);
}

async function accessible(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
  const told = (rule) => `${rule.impact} ${rule.id} (${rule.nodes.length}): ${rule.help}; ${rule.nodes[0].target}`;
  const serious = found.violations.filter((rule) => ["serious", "critical"].includes(rule.impact));
  check("axe-core finds no serious violation", serious.length === 0, serious.map(told).join(" | "));
  for (const rule of found.violations.filter((rule) => !serious.includes(rule))) console.log(`axe-core, minor: ${told(rule)}`);
  const order = await page.evaluate(() => [...document.querySelectorAll("h1, h2, h3, h4")].filter((h) => !h.closest("[hidden]")).map((h) => Number(h.tagName[1])));
  const jumps = order.some((level, at) => at > 0 && level > order[at - 1] + 1);
  check("headings are in order", order[0] === 1 && order.filter((level) => level === 1).length === 1 && !jumps);
}

// Lines of words as they are painted that lie on one another. A box takes in room above and
// below its letters, which is left out.
function overlaps() {
  const hidden = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const box = at.getBoundingClientRect();
      if (getComputedStyle(at).overflow === "hidden" && box.width <= 1 && box.height <= 1) return true;
    }
    return false;
  };
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!node.data.trim() || !parent.checkVisibility() || parent.closest("script, style, select, .skip, title, desc") || hidden(parent)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      const air = box.height * 0.22;
      if (box.width > 1) found.push({ said: node.data.trim().slice(0, 40), left: box.left, right: box.right, top: box.top + air, bottom: box.bottom - air });
    }
  }
  found.sort((a, b) => a.top - b.top);
  const laid = [];
  found.forEach((one, at) => {
    for (let next = at + 1; next < found.length && found[next].top < one.bottom - 1; next += 1) {
      const other = found[next];
      if (Math.min(one.right, other.right) - Math.max(one.left, other.left) > 1.5) laid.push(`${one.said} / ${other.said}`);
    }
  });
  return laid;
}

// Cells of which a part has slipped below the label that stands beside them on a phone.
function misplaced() {
  return [...document.querySelectorAll(".scroll td[data-head]")]
    .filter((cell) => cell.checkVisibility() && [...cell.querySelectorAll("*")].some((part) => part.getBoundingClientRect().left < cell.getBoundingClientRect().left + cell.getBoundingClientRect().width * 0.3))
    .map((cell) => `${cell.dataset.head}: ${cell.innerText.slice(0, 30)}`);
}

// Without scripts everything but the choosing is there.
async function quiet() {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 1366, height: 850 } });
  const page = await context.newPage();
  await page.goto(address);
  const text = await page.locator("main").innerText();
  check("the page reads without scripts", text.includes("The answer") && text.length > 5000);
  check("nothing that needs scripts is shown without them", !(await page.locator("#explorer").isVisible()));
  await context.close();
}

for (const line of wrong) console.error(`not ok: ${line}`);
console.log(`${passed} passed, ${wrong.length} failed`);
process.exit(wrong.length ? 1 : 0);
