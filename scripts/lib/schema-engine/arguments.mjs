/**
 * @typedef {object} EngineOptions
 * @property {boolean} wantsVersion
 * @property {string[]} schemaFiles
 * @property {{ url?: string, shadowDatabaseUrl?: string }} datasource
 * @property {string} [command] what to do instead of answering requests
 */

/**
 * The engine's command line. Options it knows and we have no use for take one value each.
 * @param {string[]} args
 * @returns {EngineOptions}
 */
export function parseArguments(args) {
  const options = { wantsVersion: false, schemaFiles: [], datasource: {}, command: undefined };
  const rest = [...args];
  while (rest.length > 0) {
    const name = rest.shift();
    if (name === "--version" || name === "-V") options.wantsVersion = true;
    else if (name === "--datamodels" || name === "-d") options.schemaFiles.push(rest.shift());
    else if (name === "--datasource") options.datasource = JSON.parse(rest.shift());
    else if (name === "cli") options.command = rest.shift();
    else if (name.startsWith("--")) rest.shift();
  }
  return options;
}

/**
 * Connection settings of a URL, in parts, because the adapter ignores `database` beside a connection string.
 * @param {string} url
 * @param {string} [database] instead of the URL's
 */
export function connectionOf(url, database) {
  const { hostname, port, username, password, pathname, searchParams } = new URL(url);
  const sslMode = searchParams.get("sslmode") ?? "";
  return {
    host: searchParams.get("host") ?? (decodeURIComponent(hostname) || undefined),
    port: port ? Number(port) : undefined,
    user: decodeURIComponent(username) || undefined,
    password: decodeURIComponent(password) || undefined,
    database: database ?? (decodeURIComponent(pathname.slice(1)) || undefined),
    ssl: ["require", "verify-ca", "verify-full", "no-verify"].includes(sslMode)
      ? { rejectUnauthorized: sslMode === "verify-full" }
      : undefined,
  };
}
