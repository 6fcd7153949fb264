"use client";

import { AliasForm } from "@/components/allocation/alias-form";
import { RuleForm } from "@/components/allocation/rule-form";
import { TagForm } from "@/components/allocation/tag-form";
import { FormDialog } from "@/components/forms/form-dialog";
import type { ItemAllocation } from "@/server/allocation/schema";
import type { ItemRef } from "@/server/directory/schema";

export type ItemDialog = "alias" | "tag" | "rule";

type ItemDialogsProps = { item: ItemRef; data: ItemAllocation; open: ItemDialog | null; onClose: () => void };

/** What can be said of an item: a name, a tag, who bears its cost. */
export const ItemDialogs = ({ item, data, open, onClose }: ItemDialogsProps) => (
  <FormDialog isOpen={open !== null} onClose={onClose}>
    {open === "alias" && <AliasForm item={item} member={data.member} onClose={onClose} />}
    {open === "tag" && <TagForm items={[item]} onClose={onClose} />}
    {open === "rule" && <RuleForm items={[item]} start={data.effective.rule?.value ?? null} onClose={onClose} />}
  </FormDialog>
);
