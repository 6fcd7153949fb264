import { createUser } from "@/server/auth/create-user";
import { SignUpInput } from "@/server/auth/schema";
import { publicProcedure, router, signedInProcedure } from "@/server/trpc/procedures";

export const authRouter = router({
  signUp: publicProcedure.input(SignUpInput).mutation(async ({ input }) => {
    await createUser(input);
    return { ok: true };
  }),

  me: signedInProcedure.query(({ ctx }) => ({ name: ctx.user.name, email: ctx.user.email })),
});
