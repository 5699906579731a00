// node timeline.mjs CHROMIUM PAGE.html WIDTH light|dark SCREENSHOT.png
// Opens the timeline of a trace, reads and chooses every sign by mouse and keyboard, and fails on errors, requests or a page wider than the window.
import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [, , executablePath, file, width, colorScheme, screenshot] = process.argv;

const browser = await chromium.launch({
  executablePath,
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
});
const page = await browser.newPage({ viewport: { width: Number(width), height: 900 }, colorScheme });
const troubles = [];
page.on("pageerror", error => troubles.push(error.message));
page.on("console", message => message.type() === "error" && troubles.push(message.text()));
const address = pathToFileURL(file).href;
page.on("request", request => request.url().split("#")[0] === address || troubles.push("asked for " + request.url()));

try {
  await page.goto(address);
  const sizes = await page.evaluate(() => ({
    page: document.documentElement.scrollWidth,
    window: innerWidth,
    names: document.querySelector("#names svg").getBoundingClientRect().height,
    time: document.querySelector("#time svg").getBoundingClientRect().height
  }));
  assert.ok(sizes.page <= sizes.window, "the page is wider than the window: " + JSON.stringify(sizes));
  assert.equal(sizes.names, sizes.time, "lanes stand beside their names");
  await signs();
  await keys();
  await theme();
  await page.screenshot({ path: screenshot });
  assert.deepEqual(troubles, []);
} finally {
  await browser.close();
}

/** Each sign lies within the picture, beside no other, and tells its chapter when it is clicked. */
async function signs() {
  const marks = page.locator("#time .mark");
  const count = await marks.count();
  const places = new Set();
  for (let at = 0; at < count; at++) {
    const mark = marks.nth(at);
    const told = await mark.getAttribute("aria-label");
    const server = await mark.getAttribute("data-server");
    assert.ok(told && told.includes(server || ""), "a sign without words: " + told);
    const place = await mark.getAttribute("transform");
    assert.ok(!places.has(place), "two signs at " + place + ": " + told);
    places.add(place);
    await mark.click();
    const shown = await page.locator("#detail").innerText();
    assert.ok(server === null || shown.includes(server), told + " shows " + shown);
    const inside = await mark.evaluate(sign => {
      const box = sign.getBoundingClientRect();
      const all = sign.ownerSVGElement.getBoundingClientRect();
      return box.left >= all.left - 1 && box.right <= all.right + 1 && box.top >= all.top && box.bottom <= all.bottom;
    });
    assert.ok(inside, "outside the picture: " + told);
  }
  const kinds = await page.evaluate(() => [...new Set([...document.querySelectorAll("#time .mark")].map(mark => mark.classList[1]))].sort());
  console.log("signs: " + count + " of " + kinds.join(","));
  console.log("waiting: " + await page.locator("#time .waiting").count());
  console.log("moves: " + await page.locator("#time .move").count());
  console.log("chapters: " + await page.locator("#story > li[id]").count());
}

/** Tab reaches the first sign, arrows go on, what has the focus is shown. */
async function keys() {
  await page.locator("#time").focus();
  await page.keyboard.press("Tab");
  const first = await page.evaluate(() => document.activeElement.getAttribute("aria-label"));
  assert.ok(first, "Tab leads to the signs");
  await page.keyboard.press("ArrowRight");
  const second = await page.evaluate(() => document.activeElement.getAttribute("aria-label"));
  assert.notEqual(second, first, "the arrow leads to the next sign");
  assert.equal(await page.locator("#time .mark.chosen").count(), 1);
}

async function theme() {
  const back = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const before = await back();
  await page.locator("#theme").click();
  assert.notEqual(await back(), before, "the button changes the theme");
  await page.locator("#theme").click();
  assert.equal(await back(), before);
}
