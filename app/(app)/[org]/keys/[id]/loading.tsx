import { LoadingPage } from "@/components/usage/loading-page";
import { MemberSkeleton } from "@/components/usage/skeletons";

export default function KeyLoading() {
  return (
    <LoadingPage>
      <MemberSkeleton />
    </LoadingPage>
  );
}
