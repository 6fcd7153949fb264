import type { ReactNode } from "react";
import { Card, CardAction, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";

type SectionProps = { title: string; lead?: ReactNode; action?: ReactNode; children?: ReactNode };

/** One matter of an account: a card with what it is about, and what can be done. */
export function Section({ title, lead, action, children }: SectionProps) {
  return (
    <Card>
      <CardHeader className="flex-wrap">
        <div className="min-w-0 flex-1 basis-64">
          <CardTitle>{title}</CardTitle>
          {lead && <CardDescription className="text-pretty">{lead}</CardDescription>}
        </div>
        {action && <CardAction className="flex-wrap gap-2.5">{action}</CardAction>}
      </CardHeader>
      {children && <CardContent>{children}</CardContent>}
    </Card>
  );
}
