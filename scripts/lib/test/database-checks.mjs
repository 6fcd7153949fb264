import { withClient } from "../connect.mjs";
import { migrate } from "../migrate.mjs";
import { packages } from "../paths.mjs";
import { prismaEnvironment } from "../prisma.mjs";
import { runNode } from "../processes.mjs";
import { prepareQueueSchema } from "../queue-schema.mjs";

/**
 * The migrations lead to the schema that the client is generated from.
 * @param {string} serverUrl of a database server, as superuser
 */
export async function checkNoDrift(serverUrl) {
  const url = await newDatabase(serverUrl, { name: "drift" });
  await migrate(url);
  await runNode(
    [
      packages.prisma,
      "migrate",
      "diff",
      "--from-config-datasource",
      "--to-schema",
      "prisma/schema.prisma",
      "--exit-code",
    ],
    {
      what: "The comparison of prisma/migrations with prisma/schema.prisma",
      env: prismaEnvironment({ ...process.env, DATABASE_URL: url }),
    },
  );
}

/**
 * The migrations need no superuser: on a managed PostgreSQL there is none.
 * @param {string} serverUrl of a database server, as superuser
 */
export async function checkOrdinaryOwner(serverUrl) {
  await withClient(serverUrl, (client) =>
    client.query("create role ordinary_owner login createrole password 'ordinary'"),
  );
  const url = await newDatabase(serverUrl, { name: "ordinary", owner: "ordinary_owner" });
  const asOwner = Object.assign(new URL(url), { username: "ordinary_owner", password: "ordinary" }).href;
  await migrate(asOwner);
  await prepareQueueSchema(asOwner);
  await prepareQueueSchema(asOwner);
}

async function newDatabase(serverUrl, { name, owner = "default" }) {
  await withClient(serverUrl, (client) => client.query(`create database ${name} owner ${owner}`));
  return Object.assign(new URL(serverUrl), { pathname: `/${name}` }).href;
}
