import { MemberNotFound } from "@/components/usage/member-not-found";

export default function ModelNotFound() {
  return <MemberNotFound page="models" />;
}
