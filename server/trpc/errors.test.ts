import { describe, expect, it } from "vitest";
import { noClient } from "@/server/lib/client-info";
import { AppError } from "@/server/lib/errors";
import { toErrorResponse } from "@/server/trpc/error-response";
import { toTrpcError } from "@/server/trpc/errors";
import { t } from "@/server/trpc/init";
import { TRPCError } from "@trpc/server";

const CANARY = "canary-of-the-inside";

const context = { user: null, requestId: "request-1", client: noClient };
const unforeseen = [
  ["an error of a library", new Error(`connect to ${CANARY} failed`)],
  ["an internal error of ours", new AppError("internal", "broken", { message: CANARY, details: { at: CANARY } })],
  ["something that is no error", CANARY],
] as const;

describe("what was not foreseen is told in one sentence, with the request's id", () => {
  it.each(unforeseen)("over REST: %s", async (_, cause) => {
    const response = toErrorResponse(cause, "request-1");
    const text = await response.text();
    expect(response.status).toBe(500);
    expect(text).toContain("request-1");
    expect(text).not.toContain(CANARY);
    expect(text).not.toMatch(/\bat .*:\d+:\d+/);
  });

  it.each(unforeseen.slice(0, 1))("over tRPC: %s", (_, cause) => {
    const error = toTrpcError(new TRPCError({ code: "INTERNAL_SERVER_ERROR", cause }), context, "orgs.get");
    const shape = { message: error.message, code: -32603, data: { code: error.code, httpStatus: 500, stack: CANARY } };
    const told = t._config.errorFormatter({
      error,
      shape: shape as never,
      ctx: context,
      input: undefined,
      path: "orgs.get",
      type: "query",
    });
    expect(JSON.stringify(told)).not.toContain(CANARY);
    expect(told.data).toMatchObject({ reason: "internal", requestId: "request-1" });
    expect(told.data).not.toHaveProperty("stack");
  });
});

it("details of a foreseen refusal stay inside, too", async () => {
  const refusal = new AppError("conflict", "slug_taken", { message: "Taken.", details: { by: CANARY } });
  expect(await toErrorResponse(refusal, "request-1").text()).not.toContain(CANARY);
});
