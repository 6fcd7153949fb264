import { accessAsSystem, type OrgAccess } from "@/server/auth/scope";
import { AppError } from "@/server/lib/errors";

/** The job's way into its org; null when the org is gone, and with it everything that the job was about. */
export async function accessAsJob(orgId: string, job: string): Promise<OrgAccess | null> {
  return accessAsSystem({ id: orgId }, { type: "job", id: job }).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "not_found") return null;
    throw error;
  });
}
