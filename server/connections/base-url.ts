import { env } from "@/server/env";

/** Where a connection's provider answers. The sandbox may move to another port, so a sample's address is not the stored one. */
export const baseUrlOf = (connection: { isSample: boolean; baseUrl: string }) =>
  connection.isSample ? env().SANDBOX_URL : connection.baseUrl;

/** What makes two connections the same: the OpenAI organization at one address; a sample is the same wherever it answers. */
export const sameOrganization = (connection: { isSample: boolean; baseUrl: string }, openaiOrgId: string) =>
  connection.isSample ? { openaiOrgId, isSample: true } : { openaiOrgId, isSample: false, baseUrl: connection.baseUrl };
