import { MemberNotFound } from "@/components/usage/member-not-found";

export default function ProjectNotFound() {
  return <MemberNotFound page="projects" />;
}
