import { MemberNotFound } from "@/components/usage/member-not-found";

export default function PersonNotFound() {
  return <MemberNotFound page="people" />;
}
