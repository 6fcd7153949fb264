import { MemberNotFound } from "@/components/usage/member-not-found";

export default function KeyNotFound() {
  return <MemberNotFound page="keys" />;
}
