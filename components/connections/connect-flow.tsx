"use client";

import { useState } from "react";
import { ConnectForm } from "@/components/connections/connect-form";
import { KeyForm } from "@/components/connections/key-form";
import type { KeyVerification } from "@/server/connections/schema";

type Verified = { adminKey: string; verification: KeyVerification };

/** First the key, then what it opens, then connecting. The key stays in memory and goes with the page. */
export function ConnectFlow({ onConnected }: { onConnected: (connectionId: string) => void }) {
  const [verified, setVerified] = useState<Verified | null>(null);
  if (!verified) return <KeyForm onVerified={(adminKey, verification) => setVerified({ adminKey, verification })} />;
  return <ConnectForm {...verified} onOtherKey={() => setVerified(null)} onConnected={onConnected} />;
}
