import { receiveUpload } from "@/server/imports/receive-upload";
import { UploadInput } from "@/server/imports/schema";
import { AppError } from "@/server/lib/errors";
import { orgRoute } from "@/server/trpc/org-route";

export const dynamic = "force-dynamic";

/** Takes one file, as the body, into an import that is not committed yet. */
export const POST = orgRoute("imports:write", async (access, request) => {
  const input = UploadInput.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!input.success) throw new AppError("invalid", "invalid_input", { message: "The upload cannot be understood." });
  const answer = await receiveUpload(access, input.data, request);
  return Response.json(answer, { headers: { "cache-control": "no-store" } });
});
