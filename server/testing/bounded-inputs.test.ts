import { describe, expect, it } from "vitest";
import { z } from "zod";
import { AuditExportInput } from "@/server/audit/schema";
import { SignInCredentials } from "@/server/auth/schema";
import { ChargebackFile } from "@/server/chargeback/schema";
import { ExportInput } from "@/server/exports/schema";
import { UploadInput } from "@/server/imports/schema";
import { restRoutes } from "@/server/rest/routes";
import { appRouter } from "@/server/trpc/root";

// Whatever can be sent has a largest size: no text, list or number without an end reaches a verb.

type Procedure = { _def: { inputs: z.ZodType[] } };
const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, Procedure>);

const inputs: [string, z.ZodType][] = [
  ...procedures.flatMap(([path, { _def }]) => _def.inputs.map((input): [string, z.ZodType] => [path, input])),
  ...restRoutes.map((route): [string, z.ZodType] => [`${route.method} /api/v1${route.path}`, route.parameters]),
  ["GET /api/orgs/{org}/audit", AuditExportInput],
  ["GET /api/orgs/{org}/exports", ExportInput],
  ["GET /api/orgs/{org}/chargeback", ChargebackFile],
  ["POST /api/orgs/{org}/imports", UploadInput],
  ["signing in", SignInCredentials],
];

/** Of the syntax alone these have one length. */
const boundedFormats = new Set(["uuid", "date", "date-time"]);

type Schema = z.core.JSONSchema.BaseSchema;

/** Paths of what has no largest size. */
function unbounded(schema: Schema, path = "input"): string[] {
  const alternatives = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])] as Schema[];
  const nested = [
    ...alternatives.flatMap((part) => unbounded(part, path)),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, part]) => unbounded(part as Schema, `${path}.${name}`)),
    ...(schema.type === "array" && !Array.isArray(schema.items) ? unbounded(schema.items as Schema, `${path}[]`) : []),
  ];
  return isBounded(schema) ? nested : [path, ...nested];
}

function isBounded(schema: Schema): boolean {
  if (schema.enum || schema.const !== undefined) return true;
  switch (schema.type) {
    case "string":
      return (
        schema.maxLength !== undefined || boundedFormats.has(schema.format ?? "") || hasNoRepetition(schema.pattern)
      );
    case "array":
      return schema.maxItems !== undefined;
    case "number":
    case "integer":
      return schema.minimum !== undefined && schema.maximum !== undefined;
    default:
      return schema.additionalProperties === undefined || schema.additionalProperties === false;
  }
}

const hasNoRepetition = (pattern: string | undefined) => pattern !== undefined && !/[*+]|,\}/.test(pattern);

it.each(inputs)("%s takes nothing without an end", (_, input) => {
  expect(unbounded(z.toJSONSchema(input, { io: "input", unrepresentable: "any" }))).toEqual([]);
});

describe("the guard itself", () => {
  it.each([
    ["a text", z.object({ text: z.string() }), "input.text"],
    ["a list", z.object({ list: z.array(z.uuid()) }), "input.list"],
    ["texts in a list", z.object({ list: z.array(z.string()).max(3) }), "input.list[]"],
    ["a number", z.object({ count: z.number().min(1) }), "input.count"],
    ["one of several", z.union([z.string(), z.uuid()]), "input"],
    ["a part of a whole", z.object({ a: z.uuid() }).and(z.object({ b: z.string() })), "input.b"],
    ["any names", z.record(z.string(), z.boolean()), "input"],
  ])("finds %s without an end", (_, schema, path) => {
    expect(unbounded(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }))).toContain(path);
  });
});
