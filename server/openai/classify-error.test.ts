import { APIConnectionError, APIConnectionTimeoutError, APIError, OpenAIError } from "openai";
import { describe, expect, it } from "vitest";
import { classifyError } from "./classify-error";
import { ProviderError } from "./errors";

const calm = { isCancelled: false, isExpired: false };

const answer = (status: number, error: unknown, headers: Record<string, string> = {}) =>
  APIError.generate(status, { error } as object, undefined, new Headers(headers));

const withCode = (code: string | null, type = "invalid_request_error", message = "No.") => ({
  message,
  type,
  code,
  param: null,
});

describe("what the provider answered decides the kind", () => {
  it.each([
    [401, withCode("invalid_api_key"), "auth"],
    [401, withCode(null), "auth"],
    [401, withCode("missing_scope"), "permission"],
    [
      401,
      withCode(null, "invalid_request_error", "You have insufficient permissions. Missing scopes: api.usage.read."),
      "permission",
    ],
    [401, withCode("invalid_api_key", "invalid_request_error", "Missing scopes: a trap"), "auth"],
    [403, withCode("missing_scope"), "permission"],
    [403, withCode("unsupported_country_region_territory"), "permission"],
    [429, withCode("rate_limit_exceeded", "requests"), "rate_limit"],
    [429, withCode("rate_limit_exceeded", "insufficient_quota"), "rate_limit"],
    [429, withCode(null, "tokens"), "rate_limit"],
    [429, withCode(null, "insufficient_quota"), "quota"],
    [429, withCode("insufficient_quota"), "quota"],
    [429, withCode("credit_balance_exhausted"), "quota"],
    [429, withCode("organization_spend_limit_exceeded"), "quota"],
    [429, withCode("project_spend_limit_exceeded"), "quota"],
    [429, withCode("organization_usage_limit_exceeded"), "quota"],
    [429, undefined, "rate_limit"],
    [400, withCode("project_archived"), "bad_request"],
    [404, withCode("not_found"), "bad_request"],
    [409, withCode(null), "bad_request"],
    [422, withCode(null), "bad_request"],
    [302, undefined, "bad_request"],
    [408, undefined, "transient"],
    [500, withCode(null, "server_error"), "transient"],
    [503, "<html>upstream</html>", "transient"],
  ])("%i %j is %s", (status, error, kind) => {
    expect(classifyError(answer(status, error), calm)).toMatchObject({ name: "ProviderError", kind, status });
  });

  it("never decides by the sentence where there is a code", () => {
    const texts = ["rate limit", "insufficient_quota", "Missing scopes:", "invalid api key"];
    for (const message of texts) {
      expect(classifyError(answer(400, withCode("x", "y", message)), calm)).toMatchObject({ kind: "bad_request" });
    }
  });
});

describe("what went wrong on the way", () => {
  it("is transient for connection failures and time-outs", () => {
    expect(classifyError(new APIConnectionError({ message: "x" }), calm)).toMatchObject({
      kind: "transient",
      code: "network",
    });
    expect(classifyError(new APIConnectionTimeoutError(), calm)).toMatchObject({ kind: "transient", code: "timeout" });
    expect(classifyError(new Error("aborted"), { ...calm, isExpired: true })).toMatchObject({
      kind: "transient",
      code: "timeout",
    });
    const cut = new TypeError("terminated", { cause: Object.assign(new Error("closed"), { code: "UND_ERR_SOCKET" }) });
    expect(classifyError(cut, calm)).toMatchObject({ kind: "transient", code: "network" });
  });

  it("is transient for a body that is no JSON", () => {
    expect(classifyError(new SyntaxError("Unexpected end"), calm)).toMatchObject({
      kind: "transient",
      code: "invalid_body",
    });
  });

  it("is cancelled when our caller gave up, whatever was thrown", () => {
    expect(classifyError(answer(500, undefined), { ...calm, isCancelled: true })).toMatchObject({ kind: "cancelled" });
  });

  it("is a bad request when the SDK refuses to send it", () => {
    expect(classifyError(new OpenAIError("Path parameters"), calm)).toMatchObject({
      kind: "bad_request",
      status: null,
    });
  });

  it("leaves bugs as they are", () => {
    const bug = new TypeError("x is not a function");
    expect(classifyError(bug, calm)).toBe(bug);
  });
});

describe("details", () => {
  it("reads code, parameter, request id and the wait", () => {
    const error = { message: "Slow down.", type: "requests", code: "rate_limit_exceeded", param: "limit" };
    const seen = classifyError(answer(429, error, { "x-request-id": "req_1", "retry-after": "7" }), calm);
    expect(seen).toMatchObject({
      code: "rate_limit_exceeded",
      param: "limit",
      requestId: "req_1",
      retryAfterMs: 7_000,
    });
  });

  it("reads the flat shape, whose numeric code says nothing of its own", () => {
    const flat = APIError.generate(
      404,
      { error: { code: 404, message: "The project p was not found" } },
      undefined,
      new Headers(),
    );
    expect(classifyError(flat, calm)).toMatchObject({
      kind: "bad_request",
      status: 404,
      code: null,
      providerMessage: "The project p was not found",
    });
  });

  it("shows no key, also where the provider repeats it", () => {
    const message = "Incorrect API key provided: sk-admin-abc***wXyZ, sk-proj-0123456789.";
    const seen = classifyError(answer(401, withCode("invalid_api_key", "t", message)), calm) as ProviderError;
    expect(seen.providerMessage).toBe("Incorrect API key provided: sk-…, sk-…");
    expect(JSON.stringify(seen) + seen.message + seen.stack).not.toMatch(/wXyZ|0123456789/);
    expect(seen.cause).toBeUndefined();
  });

  it("does not wrap twice", () => {
    const error = new ProviderError("quota");
    expect(classifyError(error, calm)).toBe(error);
  });
});
