import type { TokenScope } from "@/server/tokens/schema";

type ScopeKey = TokenScope extends infer Scope
  ? Scope extends `${infer Noun}:${infer Verb}`
    ? `${Noun}_${Verb}`
    : never
  : never;

/** A scope as the message files name it. */
export const scopeKey = (scope: TokenScope): ScopeKey => scope.replace(":", "_") as ScopeKey;
