import { badRequest } from "./errors";
import { invalidValue } from "./query";

/** A JSON body with checked access; omitted and null fields read as undefined. */
export class Body {
  constructor(private readonly fields: Readonly<Record<string, unknown>>) {}

  static parse(text: string): Body {
    if (text.trim() === "") return new Body({});
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      throw badRequest("We could not parse the JSON body of your request.");
    }
    if (typeof value !== "object" || value === null || Array.isArray(value))
      throw badRequest("The request body must be a JSON object.");
    return new Body({ ...value });
  }

  has(name: string): boolean {
    return this.fields[name] !== undefined;
  }

  raw(name: string): unknown {
    return this.fields[name];
  }

  text(name: string): string | undefined {
    const value = this.fields[name] ?? undefined;
    if (value !== undefined && typeof value !== "string") throw wrongType(name, "a string");
    return value;
  }

  integer(name: string): number | undefined {
    const value = this.fields[name] ?? undefined;
    if (value !== undefined && (typeof value !== "number" || !Number.isInteger(value)))
      throw wrongType(name, "an integer");
    return value;
  }

  boolean(name: string): boolean | undefined {
    const value = this.fields[name] ?? undefined;
    if (value !== undefined && typeof value !== "boolean") throw wrongType(name, "a boolean");
    return value;
  }

  texts(name: string): string[] | undefined {
    const value = this.fields[name] ?? undefined;
    if (value === undefined) return undefined;
    if (!Array.isArray(value)) throw wrongType(name, "an array of strings");
    return value.map((item: unknown) => {
      if (typeof item !== "string") throw wrongType(name, "an array of strings");
      return item;
    });
  }

  object(name: string): Body | undefined {
    const value = this.fields[name] ?? undefined;
    if (value === undefined) return undefined;
    if (typeof value !== "object" || value === null || Array.isArray(value)) throw wrongType(name, "an object");
    return new Body({ ...value });
  }

  oneOf<const Value extends string>(name: string, allowed: readonly Value[]): Value | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const value = allowed.find((item) => item === text);
    if (value === undefined) throw invalidValue(name, text, allowed);
    return value;
  }
}

/** Insists on a required field. */
export function required<Value>(value: Value | undefined, name: string): Value {
  if (value === undefined)
    throw badRequest(`Missing required parameter: '${name}'.`, name, "missing_required_parameter");
  return value;
}

function wrongType(name: string, expected: string): Error {
  return badRequest(`Invalid type for '${name}': expected ${expected}.`, name, "invalid_type");
}
