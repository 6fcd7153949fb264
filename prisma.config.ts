import { defineConfig } from "prisma/config";

// Prisma's env() throws when the variable is unset, yet `prisma generate` needs no database: hence the address nobody listens on.
const unreachable = "postgresql://nobody@127.0.0.1:1/none";

export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
  datasource: { url: process.env.DATABASE_URL ?? unreachable },
});
