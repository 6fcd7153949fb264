import type { TwoFactorSetUp } from "@/components/account/types";

/** Dark on light in either theme: cameras expect it. */
export function QrCode({ qr, label }: { qr: TwoFactorSetUp["qr"]; label: string }) {
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${qr.size} ${qr.size}`}
      shapeRendering="crispEdges"
      className="size-48 rounded-lg border bg-white"
    >
      <path d={qr.path} fill="#000" />
    </svg>
  );
}
