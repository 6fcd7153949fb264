import { spawnSync } from "node:child_process";
import fs from "node:fs";
import { UserError } from "../errors.mjs";
import { startProgram } from "../processes.mjs";

const browsers = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** What the tests need beyond npm: how to see that it is there, and the Debian package that brings it. */
const needs = {
  browser: [
    {
      name: "Chromium",
      isThere: () => findBrowser() !== undefined,
      debian: "chromium",
      elsewhere: "npx playwright install chromium",
    },
    {
      name: "a Latin font",
      isThere: () => hasFont("en"),
      debian: "fonts-liberation",
      elsewhere: "install a Latin font",
    },
    { name: "a Korean font", isThere: () => hasFont("ko"), debian: "fonts-noto-cjk", elsewhere: "install Noto CJK" },
  ],
  redis: [
    {
      name: "redis-server",
      isThere: () => Boolean(process.env.TEST_REDIS_URL) || isCommand("redis-server"),
      debian: "redis-server",
      elsewhere: "brew install redis, or set TEST_REDIS_URL",
    },
  ],
};

/** The browser to test with: CHROMIUM_PATH, the system's, or the one that Playwright has downloaded. */
export function findBrowser() {
  return [process.env.CHROMIUM_PATH, ...browsers, playwrightBrowser()].find((file) => file && fs.existsSync(file));
}

/**
 * Installs what is missing where we may (root on Debian and its kin), and says what to do elsewhere.
 * @param {("browser" | "redis")[]} wanted
 * @param {(message: string) => void} log
 */
export async function ensureSystemPackages(wanted, log) {
  const missing = missingOf(wanted);
  if (missing.length === 0) return;
  const packages = missing.map(({ debian }) => debian);
  if (process.getuid?.() !== 0 || !isCommand("apt-get")) throw new UserError(adviceFor(missing));
  log(`Installing ${packages.join(", ")} …`);
  await apt(["update"]);
  await apt(["install", "--yes", "--no-install-recommends", ...packages]);
  const still = missingOf(wanted);
  if (still.length > 0) throw new UserError(`Installed, and yet missing: ${still.map(({ name }) => name).join(", ")}.`);
}

function missingOf(wanted) {
  return wanted.flatMap((group) => needs[group]).filter(({ isThere }) => !isThere());
}

function adviceFor(missing) {
  const list = missing.map(({ name, elsewhere }) => `  ${name}: ${elsewhere}`).join("\n");
  const debian = missing.map((need) => need.debian).join(" ");
  return `The tests need what is not installed here:\n${list}\nOn Debian or Ubuntu: sudo apt-get install ${debian}`;
}

async function apt(args) {
  // Services are not started by their installation: the tests start what they need themselves.
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" };
  const program = startProgram("apt-get", ["-o", "DPkg::Lock::Timeout=300", "-q", ...args], { env });
  const { code } = await program.ended;
  if (code !== 0) throw new UserError(`apt-get ${args.join(" ")} failed:\n${program.tail()}`);
}

function playwrightBrowser() {
  const { stdout } = spawnSync(process.execPath, ["-p", "require('@playwright/test').chromium.executablePath()"], {
    encoding: "utf8",
  });
  return stdout?.trim() || undefined;
}

/** Only where fontconfig decides: other systems have fonts for every language. */
function hasFont(language) {
  if (process.platform !== "linux") return true;
  const { status, stdout } = spawnSync("fc-list", [`:lang=${language}`, "family"], { encoding: "utf8" });
  return status === 0 && stdout.trim() !== "";
}

function isCommand(name) {
  return (process.env.PATH ?? "").split(":").some((dir) => fs.existsSync(`${dir}/${name}`));
}
