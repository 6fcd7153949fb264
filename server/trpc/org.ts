import "server-only";
import { TRPCError } from "@trpc/server";
import { notFound } from "next/navigation";
import { cache } from "react";
import { caller } from "@/server/trpc/rsc";

/** What a page of an organization asks first. Strangers get a 404, as if it did not exist. */
export const getOrg = cache((slug: string) => orNotFound(caller.orgs.get({ org: slug })));

/** The answer, or the not-found page for what is not there, belongs to others or cannot exist. */
export async function orNotFound<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof TRPCError && (error.code === "NOT_FOUND" || error.code === "BAD_REQUEST")) notFound();
    throw error;
  }
}
