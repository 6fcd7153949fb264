import { readFileSync } from "node:fs";
import Ajv2020, { type ValidateFunction } from "ajv/dist/2020";
import addFormats from "ajv-formats";
import { parse } from "yaml";

interface Operation {
  responses: Record<string, { content?: Record<string, { schema?: object }> }>;
}

interface Contract {
  paths: Record<string, Partial<Record<"get" | "post" | "delete", Operation>>>;
  components: { schemas: Record<string, object> };
}

const text = readFileSync(new URL("../spec/openai-admin.openapi.yaml", import.meta.url), "utf8");
const contract = toJsonSchema(parse(text)) as Contract;

const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: true });
addFormats(ajv);
ajv.addFormat("unixtime", { type: "number", validate: (value) => Number.isInteger(value) && value >= 0 });
ajv.addSchema({ $id: "contract", components: contract.components });

/** The paths that can be read. */
export const readablePaths = Object.keys(contract.paths).filter((path) => contract.paths[path]?.get);

const validators = new Map<string, ValidateFunction>();

/** What is wrong with a 200 answer by the contract; empty when nothing is. */
export function violations(method: "get" | "post" | "delete", path: string, data: unknown): string[] {
  const name = `${method} ${path}`;
  const schema = contract.paths[path]?.[method]?.responses["200"]?.content?.["application/json"]?.schema;
  if (!schema) return [`${name} is not in the contract`];
  const validate = validators.get(name) ?? ajv.compile(pointed(schema));
  validators.set(name, validate);
  if (validate(data)) return [];
  return (validate.errors ?? []).slice(0, 8).map((error) => `${error.instancePath} ${error.message}`);
}

/** Lets "#/components/..." point into the registered contract. */
function pointed(schema: object): object {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"contract#/components/')) as object;
}

/** OpenAPI 3.0's `nullable` in terms of JSON Schema, everywhere in the document. */
function toJsonSchema(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toJsonSchema);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, toJsonSchema(item)]);
  const { nullable, ...rest } = Object.fromEntries(entries) as Record<string, unknown>;
  return nullable === true ? { anyOf: [rest, { type: "null" }] } : rest;
}
