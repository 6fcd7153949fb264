import { z } from "zod";
import type { OrgAccess } from "@/server/auth/scope";
import type { JsonValue } from "@/server/lib/exact-json-text";
import type { TokenScope } from "@/server/tokens/schema";

/** What a route is given: the way into the token's org, and the request with its parameters, parsed. */
export type RestCall<Parameters> = { access: OrgAccess; parameters: Parameters; request: Request };

/** JSON, or for what is no JSON or too long to be held as a whole, a response. */
type RestAnswer = JsonValue | Response;

export type RestRoute = {
  method: "GET" | "POST";
  /** Below /api/v1, with {names} for what is taken from the path. */
  path: string;
  scope: TokenScope;
  /** Of the query and the path together, as text. */
  parameters: z.ZodType;
  handle: (call: RestCall<never>) => Promise<RestAnswer>;
};

/** A route of the REST API: a thin adapter from parameters to a verb, like a procedure or a command. */
export const defineRoute = <Parameters extends z.ZodType>(
  route: Omit<RestRoute, "parameters" | "handle"> & {
    parameters: Parameters;
    handle: (call: RestCall<z.infer<Parameters>>) => Promise<RestAnswer>;
  },
): RestRoute => route;

/** "day,project": a list with commas of some of the allowed words, each once. */
export const listParameter = <const Word extends string>(allowed: readonly Word[]) =>
  z
    .string()
    .max(500)
    .default("")
    .transform((text, context) => {
      const words = text
        .split(",")
        .map((word) => word.trim())
        .filter(Boolean);
      const known = words.flatMap((word) => allowed.filter((candidate) => candidate === word));
      if (known.length < words.length) context.addIssue(`choose from ${allowed.join(", ")}`);
      return [...new Set(known)];
    });
