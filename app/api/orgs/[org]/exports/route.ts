import { ExportInput } from "@/server/exports/schema";
import { exportToResponse } from "@/server/exports/to-response";
import { AppError } from "@/server/lib/errors";
import { orgRoute } from "@/server/trpc/org-route";

export const dynamic = "force-dynamic";

/** Spend or usage of a range of days as a file. */
export const GET = orgRoute("usage:read", async (access, request) => {
  const input = ExportInput.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!input.success) throw new AppError("invalid", "invalid_input", { message: "These filters cannot be read." });
  return exportToResponse(access, input.data, request);
});
