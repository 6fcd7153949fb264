"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { BanIcon, EllipsisIcon, RefreshCwIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ConfirmDialog } from "@/components/forms/confirm-dialog";
import { useTRPC } from "@/components/lib/trpc";
import { useOrg } from "@/components/orgs/org-context";
import { RotateTokenDialog } from "@/components/tokens/rotate-token-dialog";
import type { TokenEntry } from "@/components/tokens/types";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { toast } from "@/components/ui/toaster";

/** Rotate and revoke, as long as there is something to end. */
export function TokenActions({ token }: { token: TokenEntry }) {
  const t = useTranslations("tokens");
  const { name, last4, state } = token;
  const [asked, setAsked] = useState<"rotate" | "revoke" | null>(null);
  const org = useOrg().slug;
  const revoke = useRevoke(token, () => setAsked(null));
  // A token that ends while its secret is shown must not take that away.
  if (state !== "active" && state !== "replaced" && asked === null) return null;
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button variant="ghost" size="icon-sm" aria-label={t("menu", { name, last4 })}>
            <EllipsisIcon />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end">
          {state === "active" && (
            <DropdownMenuItem onSelect={() => setAsked("rotate")}>
              <RefreshCwIcon />
              {t("rotate.action")}
            </DropdownMenuItem>
          )}
          <DropdownMenuItem variant="destructive" onSelect={() => setAsked("revoke")}>
            <BanIcon />
            {t("revoke.action")}
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      <RotateTokenDialog
        token={token}
        isOpen={asked === "rotate"}
        onOpenChange={(isOpen) => setAsked(isOpen ? "rotate" : null)}
      />
      <ConfirmDialog
        isOpen={asked === "revoke"}
        onOpenChange={(isOpen) => setAsked(isOpen ? "revoke" : null)}
        title={t("revoke.title", { name })}
        text={t("revoke.text", { last4 })}
        submit={t("revoke.submit")}
        mutation={revoke}
        onConfirm={() => revoke.mutate({ org, tokenId: token.id })}
      />
    </>
  );
}

function useRevoke({ name }: TokenEntry, onDone: () => void) {
  const t = useTranslations("tokens.revoke");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useMutation(
    trpc.tokens.revoke.mutationOptions({
      onSuccess: () => {
        toast.success(t("done", { name }));
        onDone();
      },
      onSettled: () => queryClient.invalidateQueries(trpc.tokens.pathFilter()),
    }),
  );
}
