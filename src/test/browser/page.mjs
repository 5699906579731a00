// node page.mjs CHROMIUM PAGE.html EXPECTED.json SCREENSHOT.png
// Opens the page, asks it for every answer that EXPECTED has, clicks on every part of the map (or a sample), and fails on the first difference.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [, , executablePath, file, expectedFile, screenshot] = process.argv;
const expected = JSON.parse(readFileSync(expectedFile, "utf8"));

const browser = await chromium.launch({
  executablePath,
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
});
const page = await browser.newPage({ viewport: { width: 1500, height: 950 } });
const troubles = [];
page.on("pageerror", error => troubles.push(error.message));
page.on("console", message => message.type() === "error" && troubles.push(message.text()));
const address = pathToFileURL(file).href;
page.on("request", request => request.url().split("#")[0] === address || troubles.push("asked for " + request.url()));

try {
  await page.goto(address);
  await page.evaluate(() => bridgehead.ready);
  await answers();
  await digests();
  await rankings();
  await clicks();
  await keys();
  await page.screenshot({ path: screenshot });
  assert.deepEqual(troubles, []);
} finally {
  await browser.close();
}

/** Of moved mail the page knows the cause but not the sentence with the figures, which it makes from the paths. */
function comparable(answer) {
  answer.changed.filter(pair => pair.after !== null).forEach(pair => (pair.why = null));
  return answer;
}

async function answers() {
  for (const { down, answer } of expected.answers || []) {
    const found = await page.evaluate(items => bridgehead.whatif(items), down);
    assert.deepEqual(found, comparable(answer), "whatif " + down.join(" "));
  }
  console.log("answers equal to whatif: " + (expected.answers || []).length);
}

async function digests() {
  const items = Object.keys(expected.digests || {});
  for (const item of items) {
    const text = await page.evaluate(one => JSON.stringify(bridgehead.whatif([one])), item);
    assert.equal(createHash("sha256").update(text).digest("hex"), expected.digests[item], "whatif " + item);
  }
  console.log("digests equal to whatif: " + items.length);
}

async function rankings() {
  for (const { down, results } of expected.rankings || []) {
    const found = await page.evaluate(items => bridgehead.ranking(items), down);
    const figures = results.map(one => [
      one.down.find(item => !down.includes(item)), one.unreachableWeight, one.heldWeight, one.unreachablePairs, one.heldPairs, one.changedPairs, one.extraHops, one.passedOver
    ]);
    assert.deepEqual(found.map(row => row.slice(0, 8)), figures, "sweep beside " + down.join(" "));
  }
  console.log("rankings equal to sweep: " + (expected.rankings || []).length);
}

/** A point of the part that belongs to nothing else: the name of a site, a stretch of a link. */
async function pointOf(item) {
  return page.evaluate(name => {
    const shape = [...document.querySelectorAll("#map [data-item]")].find(one => one.dataset.item === name);
    const onScreen = (x, y) => new DOMPoint(x, y).matrixTransform(shape.getScreenCTM());
    const owner = point => document.elementFromPoint(point.x, point.y)?.closest("[data-item]")?.dataset.item;
    const points = [];
    for (const line of shape.querySelectorAll(".hit")) {
      for (let part = 1; part < 20; part++) {
        const at = line.getPointAtLength(line.getTotalLength() * part / 20);
        points.push(onScreen(at.x, at.y));
      }
    }
    for (const inside of shape.querySelectorAll(".name, .box")) {
      const box = inside.getBoundingClientRect();
      for (let part = 1; part < 10; part++) points.push({ x: box.x + box.width * part / 10, y: box.y + box.height / 4 });
    }
    const free = points.find(point => owner(point) === name);
    return free ? [free.x, free.y] : null;
  }, item);
}

async function clicks() {
  const items = (await page.evaluate(() => bridgehead.items())).filter(item => /^(link|site):/.test(item));
  const chosen = items.filter((item, at) => at % Math.ceil(items.length / expected.clicks) === 0);
  for (const item of chosen) {
    const point = await pointOf(item);
    assert.ok(point, "nothing of " + item + " can be clicked");
    await page.mouse.click(...point);
    const found = await page.evaluate(name => {
      const answer = bridgehead.whatif([name]);
      const cut = answer.unreachable.length;
      const waiting = new Set(answer.changed.filter(pair => pair.after === null && pair.heldAt).map(pair => "site:" + pair.heldAt));
      return {
        chips: [...document.querySelectorAll("#down .chip")].map(chip => chip.textContent),
        verdict: document.getElementById("verdict").textContent,
        says: [cut && "cut off", answer.held - cut && "held", answer.changed.length - answer.held && "by another way"].filter(Boolean),
        down: [...document.querySelectorAll("#map .down[data-item]")].map(shape => shape.dataset.item),
        flags: [...document.querySelectorAll("#map .site.held")].map(shape => shape.dataset.item).sort(),
        waiting: [...waiting].sort(),
        command: document.getElementById("command").textContent
      };
    }, item);
    assert.deepEqual(found.chips, [item]);
    assert.deepEqual(found.down, [item]);
    assert.deepEqual(found.flags, found.waiting, "flags of " + item);
    found.says.forEach(words => assert.ok(found.verdict.includes(words), item + ": " + found.verdict));
    assert.ok(found.command.includes("whatif") && found.command.includes(item), found.command);
    await page.mouse.click(...point);
    assert.equal(await page.locator("#down .chip").count(), 0, "a second click mends " + item);
  }
  console.log("clicked: " + chosen.length + " of " + items.length);
}

/** Without a mouse; and the address brings the state back. */
async function keys() {
  const [link] = (await page.evaluate(() => bridgehead.items())).filter(item => item.startsWith("link:"));
  await page.evaluate(name => [...document.querySelectorAll("#map [data-item]")].find(one => one.dataset.item === name).focus(), link);
  await page.keyboard.press("Enter");
  await page.selectOption("#from", { index: 1 });
  await page.selectOption("#to", { index: 2 });
  const route = await page.textContent("#route");
  assert.match(route, /bridgehead route /);
  await page.reload();
  await page.evaluate(() => bridgehead.ready);
  assert.equal(await page.textContent("#route"), route);
  assert.deepEqual(await page.locator("#down .chip").allTextContents(), [link]);
}
