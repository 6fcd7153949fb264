import { LoadingPage } from "@/components/usage/loading-page";
import { MemberSkeleton } from "@/components/usage/skeletons";

export default function ModelLoading() {
  return (
    <LoadingPage>
      <MemberSkeleton />
    </LoadingPage>
  );
}
