"use client";

import { type ReactNode, useEffect, useRef, useState } from "react";

type WhenVisibleProps = {
  /** Pixels kept free until then, about as much as what is coming takes. */
  minHeight: number;
  children: ReactNode;
};

/** What is below the fold is drawn, and asks for its figures, once somebody is about to see it. */
export function WhenVisible({ minHeight, children }: WhenVisibleProps) {
  const place = useRef<HTMLDivElement>(null);
  const [isNear, setNear] = useState(false);
  useEffect(() => {
    if (!place.current) return;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) setNear(true);
      },
      { rootMargin: "200px" },
    );
    observer.observe(place.current);
    return () => observer.disconnect();
  }, []);
  return isNear ? children : <div ref={place} style={{ minHeight }} />;
}
