import { makeChargebackFile } from "@/server/chargeback/make-file";
import { ChargebackFile } from "@/server/chargeback/schema";
import { AppError } from "@/server/lib/errors";
import { orgRoute } from "@/server/trpc/org-route";

export const dynamic = "force-dynamic";

/** A month's chargeback report as a file. */
export const GET = orgRoute("usage:read", async (access, request) => {
  const input = ChargebackFile.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!input.success) throw new AppError("invalid", "invalid_input", { message: "Give a month such as 2026-10." });
  const { content, name, mediaType } = await makeChargebackFile(access, input.data);
  return new Response(new Uint8Array(content), {
    headers: {
      "content-type": mediaType,
      "content-disposition": `attachment; filename="${name}"`,
      "cache-control": "no-store",
    },
  });
});
