"use client";

import { DeleteConnectionDialog } from "@/components/connections/delete-dialog";
import { EditConnectionDialog } from "@/components/connections/edit-dialog";
import { ReplaceKeyDialog } from "@/components/connections/replace-key-dialog";
import type { ConnectionSummary } from "@/server/connections/schema";

export type ConnectionDialog = "replace" | "edit" | "delete";

type ConnectionDialogsProps = {
  connection: ConnectionSummary;
  open: ConnectionDialog | null;
  onClose: () => void;
  onDeleted?: () => void;
};

/** What a connection's menu leads to. */
export function ConnectionDialogs({ connection, open, onClose, onDeleted }: ConnectionDialogsProps) {
  const props = (dialog: ConnectionDialog) => ({
    connection,
    isOpen: open === dialog,
    onOpenChange: (isOpen: boolean) => {
      if (!isOpen) onClose();
    },
  });
  return (
    <>
      <ReplaceKeyDialog {...props("replace")} />
      <EditConnectionDialog {...props("edit")} />
      <DeleteConnectionDialog {...props("delete")} onDeleted={onDeleted} />
    </>
  );
}
