import { parseInstant, secondsPerDay } from "../clock";
import { usageEndpoints } from "../generate/endpoints";
import type { Restatement } from "../generate/restatements";
import { required } from "../http/body";
import { badRequest, notFound } from "../http/errors";
import { parseMoney } from "../money";
import { type ControlCall, type ControlHandler, readOrganization } from "./call";

/** Controls of what the sandbox answers: time, corrections, keys and the forms of the data. */
export const dataControls: [string, ControlHandler][] = [
  ["GET /control/clock", readClock],
  ["POST /control/clock", setClock],
  ["POST /control/restate", restate],
  ["POST /control/keys/revoke", revokeKey],
  ["POST /control/money", setMoney],
  ["GET /control/switches", ({ sandbox }) => sandbox.switches],
  ["POST /control/switches", setSwitches],
];

function readClock({ sandbox }: ControlCall): object {
  const now = sandbox.clock.now();
  return { now, iso: new Date(now * 1000).toISOString() };
}

function setClock(call: ControlCall): object {
  const { sandbox, body } = call;
  const now = body.raw("now");
  const seconds = body.integer("advanceSeconds");
  if (typeof now === "string" || typeof now === "number") sandbox.clock.set(parseInstant(now));
  else if (seconds === undefined) throw badRequest("give 'now' or 'advanceSeconds'");
  if (seconds !== undefined) sandbox.clock.advance(seconds);
  return readClock(call);
}

function restate(call: ControlCall): object {
  const { body } = call;
  const org = readOrganization(call);
  const factor = decimal(body.raw("factor"), "factor");
  const delta = decimal(body.raw("delta"), "delta");
  const item: Restatement = {
    day: Math.floor(parseInstant(required(body.text("day"), "day")) / secondsPerDay),
    projectId: body.text("projectId") ?? null,
    apiKeyId: body.text("apiKeyId") ?? null,
    lineItem: body.text("lineItem") ?? null,
    target: body.oneOf("target", ["costs", "usage"]) ?? "costs",
    factor,
    delta,
    remove: body.boolean("remove") ?? false,
  };
  if (factor === null && delta === null && !item.remove) throw badRequest("give 'factor', 'delta' or 'remove'");
  if (factor?.startsWith("-")) throw badRequest("'factor' must not be negative", "factor");
  if (item.target === "usage" && (delta !== null || item.lineItem !== null))
    throw badRequest("usage takes 'factor' or 'remove' by project or key");
  org.restatements.push(item);
  org.revision += 1;
  return { ok: true, restatement: item };
}

function decimal(value: unknown, name: string): string | null {
  if (value === undefined || value === null) return null;
  const text = typeof value === "number" ? String(value) : value;
  if (typeof text !== "string") throw badRequest(`'${name}' must be a decimal`, name);
  parseMoney(text);
  return text;
}

function revokeKey({ sandbox, body }: ControlCall): object {
  const value = required(body.text("key"), "key");
  const found = sandbox.organizations.byKey(value);
  if (!found) throw notFound("key", value);
  found.key.isRevoked = true;
  return { ok: true };
}

function setMoney({ sandbox, body }: ControlCall): object {
  sandbox.switches.money = required(body.oneOf("format", ["string", "number"]), "format");
  return { ok: true };
}

function setSwitches({ sandbox, body }: ControlCall): object {
  const { switches } = sandbox;
  switches.money = body.oneOf("money", ["string", "number"]) ?? switches.money;
  const flags = [
    "refuseCostsByKeyAndUser",
    "refuseCostsByUserAndProject",
    "extraFields",
    "foreignCurrency",
    "unknownModel",
  ] as const;
  for (const name of flags) switches[name] = body.boolean(name) ?? switches[name];
  const nulled = body.texts("nullDimensionsFor");
  const unknown = nulled?.find((name) => !usageEndpoints.some((endpoint) => endpoint === name));
  if (unknown !== undefined) throw badRequest(`no usage endpoint '${unknown}'`, "nullDimensionsFor");
  switches.nullDimensionsFor = nulled ?? switches.nullDimensionsFor;
  return switches;
}
