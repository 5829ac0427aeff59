import type { ReactNode } from 'react';
import { PlainFrame } from '@/components/plain-frame';

/** The frame of the pages around sign-in. */
export default function AuthLayout({ children }: { children: ReactNode }) {
  return <PlainFrame>{children}</PlainFrame>;
}
