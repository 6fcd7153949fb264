import { listAuditActions, listAuditEvents } from "@/server/audit/list-events";
import { AuditFilter } from "@/server/audit/schema";
import { verifyAuditLog } from "@/server/audit/verify-log";
import { orgAccessProcedure, orgProcedure, router } from "@/server/trpc/procedures";

export const auditRouter = router({
  list: orgProcedure("audit:read")
    .input(AuditFilter)
    .query(({ ctx, input }) => listAuditEvents(ctx.scope, input)),

  actions: orgProcedure("audit:read").query(({ ctx }) => listAuditActions(ctx.scope)),

  verify: orgAccessProcedure("audit:read").query(({ ctx }) => verifyAuditLog(ctx.access)),
});
