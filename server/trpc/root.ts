import { accountRouter } from "@/server/auth/account/router";
import { allocationRouter } from "@/server/allocation/router";
import { anomaliesRouter } from "@/server/anomalies/router";
import { auditRouter } from "@/server/audit/router";
import { authRouter } from "@/server/auth/router";
import { chargebackRouter } from "@/server/chargeback/router";
import { connectionsRouter } from "@/server/connections/router";
import { importsRouter } from "@/server/imports/router";
import { exploreRouter } from "@/server/explore/router";
import { forecastsRouter } from "@/server/forecasts/router";
import { exportsRouter } from "@/server/exports/router";
import { membersRouter } from "@/server/members/router";
import { outboxRouter } from "@/server/mail/router";
import { orgsRouter } from "@/server/orgs/router";
import { reconciliationRouter } from "@/server/reconciliation/router";
import { ssoRouter } from "@/server/sso/router";
import { syncRouter } from "@/server/sync/router";
import { t } from "@/server/trpc/init";
import { tokensRouter } from "@/server/tokens/router";
import { router } from "@/server/trpc/procedures";
import { usageRouter } from "@/server/usage/router";

export const appRouter = router({
  auth: authRouter,
  account: accountRouter,
  orgs: orgsRouter,
  members: membersRouter,
  sso: ssoRouter,
  tokens: tokensRouter,
  audit: auditRouter,
  connections: connectionsRouter,
  sync: syncRouter,
  usage: usageRouter,
  imports: importsRouter,
  allocation: allocationRouter,
  explore: exploreRouter,
  forecasts: forecastsRouter,
  anomalies: anomaliesRouter,
  reconciliation: reconciliationRouter,
  chargeback: chargebackRouter,
  exports: exportsRouter,
  outbox: outboxRouter,
});

export type AppRouter = typeof appRouter;

export const createCaller = t.createCallerFactory(appRouter);
