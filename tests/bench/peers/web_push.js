// npm `web-push` as a careful service would use it: kept connections, so many messages under way at once.
// `node web_push.js` reads one JSON object ({phones, key, claims, body, count, atOnce}) and prints the seconds.
import { createECDH } from "node:crypto";
import { readFileSync } from "node:fs";
import { Agent } from "node:https";
import { performance } from "node:perf_hooks";

import webPush from "web-push";

const WARMING = 100; // messages before the clock starts: connections are open and the code is compiled

const told = JSON.parse(readFileSync(0, "utf8"));
const curve = createECDH("prime256v1");
curve.setPrivateKey(Buffer.from(told.key, "base64url"));
const options = {
  TTL: 60,
  agent: new Agent({ keepAlive: true }),
  vapidDetails: { subject: told.subject, publicKey: curve.getPublicKey("base64url"), privateKey: told.key },
};

async function send(count) {
  let next = 0;
  const one = async () => {
    while (next < count) {
      await webPush.sendNotification(told.phones[next++ % told.phones.length], told.body, options);
    }
  };
  await Promise.all(Array.from({ length: told.atOnce }, one));
}

await send(WARMING);
const began = performance.now();
await send(told.count);
console.log((performance.now() - began) / 1000);
process.exit(0);
