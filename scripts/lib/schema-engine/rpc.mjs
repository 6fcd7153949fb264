import { readFileSync } from "node:fs";
import readline from "node:readline";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import { EngineConnections } from "./adapter.mjs";
import { loadEngine } from "./wasm.mjs";

/** JSON-RPC's application error, as the native engine uses it. */
const errorCode = 4466;

/**
 * Answers requests, one JSON object per line, until standard input ends.
 * @param {import("./arguments.mjs").EngineOptions} options
 */
export async function serve({ schemaFiles, datasource }) {
  const SchemaEngine = await loadEngine();
  const connections = new EngineConnections(datasource);
  const factory = bindMigrationAwareSqlAdapterFactory(connections);
  const datamodels = schemaFiles.length > 0 ? schemaFiles.map((file) => [file, readFileSync(file, "utf8")]) : undefined;
  // One engine per request: it loses the way to shadow databases after applyMigrations.
  const newEngine = () => SchemaEngine.new({ datamodels }, debug, factory);

  for await (const line of readline.createInterface({ input: process.stdin })) {
    if (!line.trim()) continue;
    const request = JSON.parse(line);
    if (request.method) await answer(request, { newEngine, connections });
  }
}

async function answer({ id, method, params }, { newEngine, connections }) {
  try {
    const result = await perform(await newEngine(), { method, params });
    await connections.cleanUp();
    send({ id, result });
  } catch (error) {
    await connections.cleanUp().catch(() => {});
    const data = { is_panic: false, message: messageOf(error, connections.lastError), meta: error?.meta ?? null };
    const code = error?.code ?? error?.error_code ?? null;
    send({ id, error: { code: errorCode, message: "An error happened.", data: { ...data, error_code: code } } });
  }
}

async function perform(engine, { method, params = {} }) {
  if (method === "getDatabaseVersion") return engine.version(params);
  // These two find the way to a shadow database only after another migration command on the same engine.
  if (method === "evaluateDataLoss" || method === "createMigration") {
    await engine.devDiagnostic({ migrationsList: params.migrationsList, filters: params.filters });
  }
  const result = (await engine[method](params)) ?? {};
  if (method === "diff" && result.stdout) printForUser(result.stdout);
  return result;
}

/** The native engine sends text for the user as a request of its own. */
function printForUser(content) {
  send({ id: printForUser.nextId++, method: "print", params: { content } });
}
printForUser.nextId = 1_000_000;

/** Adds the driver's own words where the engine only says "external connector error". */
function messageOf(error, driverError) {
  const message = error?.message ?? String(error);
  if (!driverError || !message.includes("external connector error")) return message;
  const { code, detail, hint, position } = driverError;
  return [
    `Database error code: ${code ?? "?"}`,
    driverError.message,
    detail,
    hint && `HINT: ${hint}`,
    position && `Position: ${position}`,
    message,
  ]
    .filter(Boolean)
    .join("\n");
}

function send(message) {
  process.stdout.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
}

function debug(message) {
  if (process.env.DEBUG?.includes("schema-engine")) process.stderr.write(`${message}\n`);
}
