#!/usr/bin/env node
// Adds the platform packages (optionalDependencies with os/cpu) that the registry used to make package-lock.json did not serve.
// Without them `npm ci` of npm >= 11.19 fails with EUSAGE here, and other platforms would not get their binaries.
import fs from "node:fs";
const file = "package-lock.json";
const lock = JSON.parse(fs.readFileSync(file, "utf8"));
const has = (from, name) => {
  for (let p = from; ; p = p.slice(0, Math.max(0, p.lastIndexOf("node_modules/") - 1)).replace(/\/$/, "")) {
    const k = (p ? p + "/" : "") + "node_modules/" + name;
    if (lock.packages[k]) return true;
    if (!p) return false;
    if (!p.includes("node_modules/")) p = "";
  }
};
const OS = ["darwin", "linux", "win32", "android", "freebsd", "openharmony", "sunos", "netbsd", "openbsd", "aix"],
  CPU = ["arm64", "x64", "ia32", "arm", "loong64", "riscv64", "s390x", "ppc64", "wasm32", "mips64el"];
const added = [];
for (const [from, p] of Object.entries(lock.packages))
  for (const [name, range] of Object.entries(p.optionalDependencies ?? {})) {
    if (has(from, name)) continue;
    const version = range.replace(/^[\^~]/, "");
    const parts = name.toLowerCase().split(/[-/.]/);
    const os = OS.filter((o) => parts.includes(o) || (o === "win32" && parts.includes("windows"))),
      cpu = CPU.filter((c) => parts.includes(c));
    const e = { version, optional: true };
    if (cpu.length) e.cpu = cpu;
    if (os.length) e.os = os;
    if (!os.length && !cpu.length) {
      console.warn("not a platform package, left alone:", name, "of", from);
      continue;
    }
    lock.packages[`node_modules/${name}`] ??= e;
    added.push(`${name}@${version}`);
  }
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
fs.writeFileSync(file, JSON.stringify(lock, null, 2) + "\n");
console.log("added", added.length, added.slice(0, 5).join(", "));
