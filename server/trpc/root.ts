import { authRouter } from "@/server/auth/router";
import { orgsRouter } from "@/server/orgs/router";
import { t } from "@/server/trpc/init";
import { router } from "@/server/trpc/procedures";

export const appRouter = router({
  auth: authRouter,
  orgs: orgsRouter,
});

export type AppRouter = typeof appRouter;

export const createCaller = t.createCallerFactory(appRouter);
