import { CopyButton } from "@/components/ui/copy-button";

type CopyFieldProps = { value: string; copyLabel: string };

/** Something to be pasted elsewhere, letter by letter; a long one breaks, so that nothing of it is hidden. */
export function CopyField({ value, copyLabel }: CopyFieldProps) {
  return (
    <span className="flex min-w-0 items-center gap-1 rounded-md border bg-muted/60 py-1 pr-1 pl-2.5">
      <code className="min-w-0 flex-1 font-mono text-xs break-all">{value}</code>
      <CopyButton value={value} label={copyLabel} className="shrink-0" />
    </span>
  );
}
