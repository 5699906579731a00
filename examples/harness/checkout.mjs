#!/usr/bin/env node
// Tests a program's mail against Bridgehead, from Node: nodemailer sends, the admin API does the rest.
//
//   examples/harness/checkout.mjs                 npm install in this folder first
//
// BRIDGEHEAD names another command to start the engine.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";

let nodemailer;
try {
  nodemailer = (await import("nodemailer")).default;
} catch {
  console.log("SKIPPED: nodemailer is missing; npm install in examples/harness");
  process.exit(0);
}

const home = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
let engine, ready;

/** An organisation in memory and in virtual time, in a process of its own. */
beforeEach(async () => {
  const file = join(mkdtempSync(join(tmpdir(), "bridgehead-")), "ready.json");
  const [command, ...options] = (process.env.BRIDGEHEAD ?? join(home, "bridgehead")).split(" ");
  engine = spawn(
    command,
    [...options, "run", join(home, "topologies/contoso.yaml"), "--memory", "--virtual-time", "--admin", "127.0.0.1:0", "--ready-file", file],
    { stdio: ["ignore", "ignore", "inherit"] },
  );
  while (!existsSync(file)) {
    assert.equal(engine.exitCode, null, "the engine did not start");
    await pause(50);
  }
  ready = JSON.parse(readFileSync(file, "utf8"));
});

afterEach(async () => {
  await call("POST", "clock/time/settle"); // or mail that is under way is lost with the engine, which says so
  engine.kill("SIGTERM");
  await new Promise((ended) => engine.once("exit", ended));
});

async function call(method, path, parameters = {}) {
  const answer = await fetch(`http://${ready.admin}/v1/${path}?${new URLSearchParams(parameters)}`, { method });
  const json = await answer.json();
  assert.ok(answer.ok, `${method} ${path}: ${json.error} (${json.hint})`);
  return json;
}

function send(message) {
  const [host, port] = ready.servers["BER-HT1"].smtp.split(":");
  return nodemailer.createTransport({ host, port: Number(port), secure: false, ignoreTLS: true }).sendMail(message);
}

const letter = { from: "anna@contoso.test", to: "mia@contoso.test", subject: "your order", text: "hi" };

test("mail survives the death of a hub on its way", async () => {
  await call("POST", "servers/MUC-HT1/kill");
  await send(letter);
  await call("POST", "clock/time/advance", { by: "5m" });
  await call("POST", "servers/MUC-HT1/start");
  await call("POST", "clock/time/advance", { by: "15m" });

  const { messages } = await call("GET", "mailboxes/mia@contoso.test", { atLeast: 1, wait: 10 });
  assert.equal(messages.length, 1);
  assert.equal(messages[0].path[0], "BER-HT1");
});

test("the program hears what the server says", async () => {
  await call("POST", "servers/BER-HT1/reply", { at: "message", code: 554, text: "5.7.1 looks like spam", times: 1 });
  await assert.rejects(send(letter), (refused) => refused.responseCode === 554);
  const sent = await send(letter);
  assert.deepEqual(sent.accepted, ["mia@contoso.test"]);
});

test("mail for the outside stays inside", async () => {
  await send({ ...letter, to: "pat@fabrikam.test", bcc: "quiet@fabrikam.test" });
  const { messages } = await call("GET", "mailboxes/pat@fabrikam.test", { atLeast: 1, wait: 10 });
  assert.match(messages[0].header, /^Subject: your order/m);
  const [session] = await call("GET", "sessions", { server: "BER-HT1" });
  assert.deepEqual(session.mails[0].bcc, ["quiet@fabrikam.test"]);
});
