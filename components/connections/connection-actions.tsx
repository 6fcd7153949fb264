"use client";

import {
  EllipsisIcon,
  KeyRoundIcon,
  PauseIcon,
  PencilIcon,
  PlayIcon,
  RefreshCwIcon,
  SquareIcon,
  TrashIcon,
} from "lucide-react";
import { useTranslations } from "next-intl";
import dynamic from "next/dynamic";
import type { ConnectionDialog } from "@/components/connections/connection-dialogs";
import { useConnectionActions } from "@/components/connections/use-connection-actions";
import { useLazyDialog } from "@/components/lib/use-lazy-dialog";
import { useCan } from "@/components/orgs/org-context";
import { isUnderWay } from "@/components/sync/use-connection-run";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import type { ConnectionSummary } from "@/server/connections/schema";
import type { RunProgress } from "@/server/sync/schema";

// Forms and what checks them come when the first of the dialogs is asked for.
const ConnectionDialogs = dynamic(
  () => import("@/components/connections/connection-dialogs").then((m) => m.ConnectionDialogs),
  { ssr: false },
);

type ConnectionActionsProps = {
  connection: ConnectionSummary;
  run: RunProgress | null | undefined;
  onDeleted?: () => void;
};

/** The most likely action as a button, the others in a menu; only what the role allows and the state permits. */
export function ConnectionActions({ connection, run, onDeleted }: ConnectionActionsProps) {
  const t = useTranslations("connections");
  const canWrite = useCan("connections:write");
  const canSync = useCan("sync:run");
  const actions = useConnectionActions(connection);
  const { dialog, wasAsked, open, close } = useLazyDialog<ConnectionDialog>();
  return (
    <div className="flex shrink-0 items-center gap-1.5">
      <PrimaryAction
        connection={connection}
        run={run}
        actions={actions}
        can={{ write: canWrite, sync: canSync }}
        onReplaceKey={() => open("replace")}
      />
      {canWrite && (
        <>
          <DropdownMenu>
            <DropdownMenuTrigger asChild>
              <Button variant="ghost" size="icon" aria-label={t("menu", { name: connection.name })}>
                <EllipsisIcon />
              </Button>
            </DropdownMenuTrigger>
            <DropdownMenuContent align="end">
              {!connection.isSample && (
                <DropdownMenuItem onSelect={() => open("replace")}>
                  <KeyRoundIcon />
                  {t("action.replaceKey")}
                </DropdownMenuItem>
              )}
              <DropdownMenuItem onSelect={() => open("edit")}>
                <PencilIcon />
                {t("action.edit")}
              </DropdownMenuItem>
              {connection.status === "active" && (
                <DropdownMenuItem onSelect={actions.pause}>
                  <PauseIcon />
                  {t("action.pause")}
                </DropdownMenuItem>
              )}
              <DropdownMenuSeparator />
              <DropdownMenuItem variant="destructive" onSelect={() => open("delete")}>
                <TrashIcon />
                {t("action.delete")}
              </DropdownMenuItem>
            </DropdownMenuContent>
          </DropdownMenu>
          {wasAsked && (
            <ConnectionDialogs connection={connection} open={dialog} onClose={close} onDeleted={onDeleted} />
          )}
        </>
      )}
    </div>
  );
}

type PrimaryActionProps = {
  connection: ConnectionSummary;
  run: RunProgress | null | undefined;
  actions: ReturnType<typeof useConnectionActions>;
  can: { write: boolean; sync: boolean };
  onReplaceKey: () => void;
};

function PrimaryAction({ connection, run, actions, can, onReplaceKey }: PrimaryActionProps) {
  const t = useTranslations("connections.action");
  if (isUnderWay(run)) {
    if (!can.sync) return null;
    const isCancelling = run.cancelRequestedAt !== null;
    return (
      <Button variant="outline" disabled={isCancelling || actions.isBusy} onClick={() => actions.cancel(run.id)}>
        <SquareIcon />
        {t(isCancelling ? "cancelling" : "cancel")}
      </Button>
    );
  }
  if (connection.status === "broken" && !connection.isSample) {
    return (
      <>
        {can.sync && (
          <Button variant="outline" disabled={actions.isBusy} onClick={actions.start}>
            <RefreshCwIcon />
            {t("tryAgain")}
          </Button>
        )}
        {can.write && (
          <Button onClick={onReplaceKey}>
            <KeyRoundIcon />
            {t("replaceKey")}
          </Button>
        )}
      </>
    );
  }
  if (connection.status === "paused") {
    return can.write ? (
      <Button variant="outline" disabled={actions.isBusy} onClick={actions.resume}>
        <PlayIcon />
        {t("resume")}
      </Button>
    ) : null;
  }
  return can.sync ? (
    <Button variant="outline" disabled={actions.isBusy} onClick={actions.start}>
      <RefreshCwIcon />
      {t("sync")}
    </Button>
  ) : null;
}
