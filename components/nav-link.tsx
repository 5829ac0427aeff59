'use client';

import Link from 'next/link';
import { type ComponentProps, useState } from 'react';

/**
 * A link of the navigation, which stands on every page: its page is fetched ahead once the pointer, the finger or the
 * focus is on it. Next would fetch all of them as soon as they are in view, while the page itself is still starting.
 */
export function NavLink(props: Omit<ComponentProps<typeof Link>, 'prefetch'>) {
  const [isMeant, setIsMeant] = useState(false);
  const mean = () => setIsMeant(true);
  return (
    <Link
      {...props}
      prefetch={isMeant ? 'auto' : false}
      onPointerEnter={mean}
      onTouchStart={mean}
      onFocus={mean}
    />
  );
}
