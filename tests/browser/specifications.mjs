// Holds every Vega-Lite specification of a folder against Vega-Lite's own JSON schema, compiles
// it, and draws it without a screen: what warns, draws nothing or is no specification is said.
//
//   node specifications.mjs RESULTS/figures
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import Ajv from "ajv";
import * as vega from "vega";
import { compile, version } from "vega-lite";

const [folder] = process.argv.slice(2);
if (!folder) {
  console.error("usage: node specifications.mjs RESULTS/figures");
  process.exit(2);
}
const vegaLite = join(createRequire(import.meta.url).resolve("vega-lite"), "..");
const schema = JSON.parse(readFileSync(join(vegaLite, "vega-lite-schema.json"), "utf8"));
const ajv = new Ajv({ allErrors: true, strict: false, validateFormats: false });
const valid = ajv.compile(schema);

let passed = 0;
const wrong = [];
for (const file of readdirSync(folder).filter((name) => name.endsWith(".vl.json")).sort()) {
  const before = wrong.length;
  const say = (what) => wrong.push(`${file}: ${what}`);
  const spec = JSON.parse(readFileSync(join(folder, file), "utf8"));
  const named = /vega-lite\/v(\d+)\.json$/.exec(spec.$schema ?? "")?.[1];
  if (named !== version.split(".")[0]) say(`names version ${named}, and is held against ${version}`);
  if (!valid(spec)) {
    // One thing wrong fails every alternative it might have been: the deepest says what it is.
    const deepest = valid.errors.toSorted((a, b) => b.instancePath.length - a.instancePath.length).slice(0, 3);
    for (const error of deepest) say(`${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`);
  }
  const warn = (...words) => say(words.join(" "));
  const quiet = { level: () => quiet, error: warn, warn, info: () => quiet, debug: () => quiet };
  try {
    const compiled = compile(spec, { logger: quiet }).spec;
    const view = new vega.View(vega.parse(compiled), { renderer: "none" }).logger(quiet);
    const svg = await view.toSVG();
    const marks = svg.match(/<path /g)?.length ?? 0;
    if (marks < 10) say(`draws hardly anything: ${marks} marks`);
    view.finalize();
  } catch (error) {
    say(String(error));
  }
  if (wrong.length === before) passed += 1;
}
for (const line of wrong) console.error(`not ok: ${line}`);
console.log(`${passed} specifications are sound by Vega-Lite ${version}, ${wrong.length} faults`);
process.exit(wrong.length || !passed ? 1 : 0);
