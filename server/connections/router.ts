import { deleteConnection } from "@/server/connections/delete-connection";
import { getConnection, listConnections } from "@/server/connections/find-connection";
import { listKeptHistory } from "@/server/connections/list-kept-history.sql";
import { replaceKey } from "@/server/connections/replace-key";
import {
  ConnectionRef,
  CreateConnectionInput,
  DeleteConnectionInput,
  ReplaceKeyInput,
  UpdateConnectionInput,
  VerifyKeyInput,
} from "@/server/connections/schema";
import { pauseConnection, resumeConnection } from "@/server/connections/set-status";
import { updateConnection } from "@/server/connections/update-connection";
import { verifyKey } from "@/server/connections/verify-key";
import { env } from "@/server/env";
import { connect, connectSample } from "@/server/sync/connect";
import { listStreams } from "@/server/sync/list-streams.sql";
import { startRun } from "@/server/sync/start-run";
import { orgAccessProcedure, orgProcedure, router } from "@/server/trpc/procedures";
import { hasHistory } from "@/server/usage/history.sql";

const backfill = (connectionId: string) => ({ connectionId, kind: "backfill", trigger: "connection" }) as const;

export const connectionsRouter = router({
  list: orgProcedure("connections:read").query(({ ctx }) => listConnections(ctx.scope)),

  /** Deleted connections whose history still counts or is being erased. */
  kept: orgProcedure("connections:read").query(({ ctx }) => listKeptHistory(ctx.scope)),

  get: orgProcedure("connections:read")
    .input(ConnectionRef)
    .query(async ({ ctx, input }) => ({
      ...(await getConnection(ctx.scope, input.connectionId)),
      streams: await listStreams(ctx.scope, input.connectionId),
    })),

  /** Whether the sample organization can be offered, and whether there are figures, be it of deleted connections. */
  options: orgProcedure("connections:read").query(async ({ ctx }) => ({
    hasSample: env().SANDBOX_ENABLED,
    hasHistory: await hasHistory(ctx.scope),
  })),

  verify: orgAccessProcedure("connections:write")
    .input(VerifyKeyInput)
    .mutation(({ ctx, input }) =>
      verifyKey(ctx.access, { adminKey: input.adminKey, baseUrl: env().OPENAI_BASE_URL, isSample: false }),
    ),

  create: orgAccessProcedure("connections:write")
    .input(CreateConnectionInput)
    .mutation(({ ctx, input }) => connect(ctx.access, input)),

  createSample: orgAccessProcedure("connections:write").mutation(({ ctx }) => connectSample(ctx.access)),

  replaceKey: orgAccessProcedure("connections:write")
    .input(ReplaceKeyInput)
    .mutation(async ({ ctx, input }) => {
      await replaceKey(ctx.access, input);
      await ctx.access.inScope(async (scope) => {
        const { status } = await getConnection(scope, input.connectionId);
        if (status === "active") await startRun(scope, backfill(input.connectionId));
      });
    }),

  update: orgProcedure("connections:write")
    .input(UpdateConnectionInput)
    .mutation(async ({ ctx, input }) => {
      const { wantsMoreHistory } = await updateConnection(ctx.scope, input);
      if (wantsMoreHistory) await startRun(ctx.scope, backfill(input.connectionId));
    }),

  pause: orgProcedure("connections:write")
    .input(ConnectionRef)
    .mutation(({ ctx, input }) => pauseConnection(ctx.scope, input.connectionId)),

  resume: orgProcedure("connections:write")
    .input(ConnectionRef)
    .mutation(async ({ ctx, input }) => {
      await resumeConnection(ctx.scope, input.connectionId);
      await startRun(ctx.scope, backfill(input.connectionId));
    }),

  delete: orgProcedure("connections:write")
    .input(DeleteConnectionInput)
    .mutation(({ ctx, input }) => deleteConnection(ctx.scope, input)),
});
