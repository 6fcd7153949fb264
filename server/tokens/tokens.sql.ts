import type { OrgScope } from "@/server/auth/scope";
import type { ApiToken } from "@/server/db/generated/client";
import { notFound } from "@/server/lib/errors";

/** Reads a token and locks its row: two rotations or revocations take turns. @throws AppError not_found */
export async function lockToken({ db, org }: OrgScope, tokenId: string): Promise<ApiToken> {
  await db.$queryRaw`select 1 from api_tokens where org_id = ${org.id}::uuid and id = ${tokenId}::uuid for update`;
  const token = await db.apiToken.findFirst({ where: { id: tokenId } });
  if (!token) throw notFound("token");
  return token;
}
