import { LoadingPage } from "@/components/usage/loading-page";
import { MemberSkeleton } from "@/components/usage/skeletons";

export default function ProjectLoading() {
  return (
    <LoadingPage>
      <MemberSkeleton />
    </LoadingPage>
  );
}
