const systems = ["aix", "android", "darwin", "freebsd", "linux", "netbsd", "openbsd", "openharmony", "sunos", "win32"];
const processors = ["arm", "arm64", "ia32", "loong64", "mips64el", "ppc64", "riscv64", "s390x", "wasm32", "x64"];

/**
 * The optional packages for one platform that others ask for and the lock does not have.
 * @param {Record<string, { optionalDependencies?: Record<string, string> }>} packages of a package-lock.json
 * @returns {Record<string, { version: string, optional: true, os?: string[], cpu?: string[] }>} entries to add, by path
 */
export function missingPlatformPackages(packages) {
  const missing = {};
  for (const [from, { optionalDependencies }] of Object.entries(packages)) {
    for (const [name, range] of Object.entries(optionalDependencies ?? {})) {
      const platform = platformOf(name);
      if (platform && !isLocked(packages, { name, from })) {
        missing[`node_modules/${name}`] ??= { version: range.replace(/^[\^~]/, ""), optional: true, ...platform };
      }
    }
  }
  return missing;
}

/** What npm must know to skip a package elsewhere, from its name; undefined when the name says nothing about a platform. */
export function platformOf(name) {
  const words = name.toLowerCase().replace("windows", "win32").split(/[-/.]/);
  const os = systems.filter((system) => words.includes(system));
  const cpu = processors.filter((processor) => words.includes(processor));
  if (os.length === 0 && cpu.length === 0) return undefined;
  return { ...(cpu.length > 0 && { cpu }), ...(os.length > 0 && { os }) };
}

/** Looks where Node would: beside the package that asks, then in every node_modules above it. */
function isLocked(packages, { name, from }) {
  for (let folder = from; ; folder = parentOf(folder)) {
    if (packages[`${folder ? `${folder}/` : ""}node_modules/${name}`]) return true;
    if (!folder) return false;
  }
}

/** `node_modules/a/node_modules/b` is below `node_modules/a`, which is below the root. */
function parentOf(folder) {
  const end = folder.lastIndexOf("/node_modules/");
  return end === -1 ? "" : folder.slice(0, end);
}
