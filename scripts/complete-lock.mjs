#!/usr/bin/env node
// Completes package-lock.json with the packages for other platforms, after `npm install` on a registry that does not serve
// them all: npm leaves those out of the lock, and `npm ci` then refuses it. Run it from a clean state:
//   rm -rf node_modules package-lock.json && npm install --package-lock-only && node scripts/complete-lock.mjs && npm ci
import fs from "node:fs";
import { missingPlatformPackages } from "./lib/lock-completion.mjs";
import { fromRoot } from "./lib/paths.mjs";

const file = fromRoot("package-lock.json");
const lock = JSON.parse(fs.readFileSync(file, "utf8"));
const missing = missingPlatformPackages(lock.packages);
const byPath = ([a], [b]) => (a < b ? -1 : 1);
lock.packages = Object.fromEntries([...Object.entries(missing), ...Object.entries(lock.packages)].sort(byPath));
fs.writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`Added ${Object.keys(missing).length} packages for other platforms.`);
