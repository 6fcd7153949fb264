import { badRequest } from "./errors";

/** Query parameters with the provider's two spellings of arrays: `name[]=a` and repeated `name=a`. */
export class Query {
  private readonly params: URLSearchParams;

  constructor(search: string) {
    this.params = new URLSearchParams(search);
  }

  text(name: string): string | null {
    return this.params.get(name);
  }

  list(name: string): string[] {
    return [...this.params.getAll(`${name}[]`), ...this.params.getAll(name)];
  }

  integer(name: string): number | null {
    const text = this.params.get(name);
    if (text === null) return null;
    if (!/^-?\d{1,15}$/.test(text)) throw invalidType(name, "an integer", text);
    return Number(text);
  }

  boolean(name: string): boolean | null {
    const text = this.params.get(name);
    if (text === null) return null;
    if (text === "true" || text === "1") return true;
    if (text === "false" || text === "0") return false;
    throw invalidType(name, "a boolean", text);
  }

  /** A limit inside its range; the provider refuses others instead of clamping them. */
  limit(range: { min: number; max: number; fallback: number }): number {
    const value = this.integer("limit") ?? range.fallback;
    if (value < range.min) {
      throw badRequest(
        `Invalid 'limit': integer below minimum value. Expected a value >= ${range.min}, but got ${value} instead.`,
        "limit",
        "integer_below_min_value",
      );
    }
    if (value > range.max) {
      throw badRequest(
        `Invalid 'limit': integer above maximum value. Expected a value <= ${range.max}, but got ${value} instead.`,
        "limit",
        "integer_above_max_value",
      );
    }
    return value;
  }

  oneOf<const Value extends string>(name: string, allowed: readonly Value[], fallback: Value): Value {
    const text = this.params.get(name);
    if (text === null) return fallback;
    const value = allowed.find((item) => item === text);
    if (value === undefined) throw invalidValue(name, text, allowed);
    return value;
  }
}

export function invalidValue(name: string, value: string, allowed: readonly string[]): Error {
  const supported = allowed.map((item) => `'${item}'`).join(", ");
  return badRequest(`Invalid value: '${value}'. Supported values are: ${supported}.`, name, "invalid_value");
}

function invalidType(name: string, expected: string, value: string): Error {
  return badRequest(
    `Invalid type for '${name}': expected ${expected}, but got '${value}' instead.`,
    name,
    "invalid_type",
  );
}
