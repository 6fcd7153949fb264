import { redirect } from "next/navigation";

export default async function OrgPage({ params }: { params: Promise<{ org: string }> }) {
  redirect(`/${(await params).org}/overview`);
}
