// Prisma's PostgreSQL adapter, mended where the migration engine needs more of it than Prisma's client does.
import { PrismaPg } from "@prisma/adapter-pg";
import { ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import pg from "pg";
import { connectionOf } from "./arguments.mjs";

const oid = { char: 18, name: 19, text: 25 };
const unreachable = "postgresql://invalid@127.0.0.1:1/none";

/** Opens connections for the engine, and closes them with everything temporary after each request. */
export class EngineConnections extends PrismaPg {
  #datasource;
  #options;
  #open = [];
  #shadowDatabases = [];
  /** What the driver last complained about; the engine keeps only a general sentence of it. */
  lastError;

  /** @param {{ url?: string, shadowDatabaseUrl?: string }} datasource */
  constructor(datasource) {
    const url = datasource.url ?? unreachable;
    const options = { schema: new URL(url).searchParams.get("schema") ?? undefined };
    super({ ...connectionOf(url), max: 4 }, options);
    this.#datasource = { ...datasource, url };
    this.#options = options;
  }

  async connect() {
    return this.#mended(await super.connect());
  }

  async connectToShadowDb() {
    const { url, shadowDatabaseUrl } = this.#datasource;
    if (shadowDatabaseUrl) return this.#emptied(shadowDatabaseUrl);
    const database = `prisma_shadow_${crypto.randomUUID().replaceAll("-", "")}`;
    const admin = await this.connect();
    await admin.executeScript(`CREATE DATABASE "${database}"`);
    this.#shadowDatabases.push(database);
    const shadow = await this.#openOther(connectionOf(url, database));
    // The engine disposes of it and asks again within one request; cleanUp() drops it for good.
    shadow.dispose = async () => {};
    return shadow;
  }

  /** Sessions hold Prisma's migration lock, and a shadow database cannot be dropped while somebody is connected. */
  async cleanUp() {
    await Promise.all(this.#open.splice(0).map((adapter) => adapter.client.end().catch(() => {})));
    const databases = this.#shadowDatabases.splice(0);
    if (databases.length === 0) return;
    const client = new pg.Client(connectionOf(this.#datasource.url));
    await client.connect();
    for (const database of databases) await client.query(`DROP DATABASE IF EXISTS "${database}" WITH (FORCE)`);
    await client.end();
  }

  async #emptied(url) {
    const adapter = await this.#openOther(connectionOf(url));
    await adapter.executeScript("DROP SCHEMA IF EXISTS public CASCADE; CREATE SCHEMA public;");
    return adapter;
  }

  async #openOther(connection) {
    const silent = { onPoolError: () => {}, onConnectionError: () => {} };
    return this.#mended(await new PrismaPg(connection, { ...this.#options, ...silent }).connect());
  }

  #mended(adapter) {
    this.#open.push(adapter);
    runScriptsWhole(adapter);
    mapCatalogTypes(adapter);
    const onError = adapter.onError;
    adapter.onError = (error) => {
      this.lastError = error;
      return onError.call(adapter, error);
    };
    return adapter;
  }
}

/** The adapter splits scripts at every ";", also inside $$ bodies, and spreads the parts over connections. */
function runScriptsWhole(adapter) {
  adapter.executeScript = async (sql) => {
    try {
      await adapter.client.query(sql);
    } catch (error) {
      adapter.onError(error);
    }
  };
}

/** The engine reads "char" and name columns of the system catalogs, for which the adapter has no mapping. */
function mapCatalogTypes(adapter) {
  const performIO = adapter.performIO;
  const queryRaw = adapter.queryRaw;
  let charColumns = [];
  adapter.performIO = async (query) => {
    const result = await performIO.call(adapter, query);
    charColumns = [];
    for (const [index, field] of (result.fields ?? []).entries()) {
      if (field.dataTypeID === oid.char) charColumns.push(index);
      if (field.dataTypeID === oid.char || field.dataTypeID === oid.name) field.dataTypeID = oid.text;
    }
    return result;
  };
  adapter.queryRaw = async (query) => {
    const result = await queryRaw.call(adapter, query);
    for (const index of charColumns) result.columnTypes[index] = ColumnTypeEnum.Character;
    return result;
  };
}
