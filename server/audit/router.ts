import { listAuditEvents } from "@/server/audit/list-events";
import { AuditFilter } from "@/server/audit/schema";
import { verifyAuditLog } from "@/server/audit/verify-log";
import { deviceOf } from "@/server/auth/list-sessions";
import { orgAccessProcedure, orgProcedure, router } from "@/server/trpc/procedures";

export const auditRouter = router({
  list: orgProcedure("audit:read")
    .input(AuditFilter)
    .query(async ({ ctx, input }) => {
      const { events, nextCursor } = await listAuditEvents(ctx.scope, input);
      return { events: events.map((event) => ({ ...event, device: deviceOf(event.user_agent) })), nextCursor };
    }),

  verify: orgAccessProcedure("audit:read").query(({ ctx }) => verifyAuditLog(ctx.access)),
});
