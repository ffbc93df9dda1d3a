import { useEffect, useState, type ReactNode } from 'react';
import { elapsedTime, remainingTime } from '../../shared/presentation/counted-time.ts';

/** How long it takes by now. */
export function Elapsed({ since }: { readonly since: number }): ReactNode {
  return elapsedTime(useNow() - since);
}

/** How long it goes on. */
export function Remaining({ until }: { readonly until: number }): ReactNode {
  return remainingTime(until - useNow());
}

const SECOND = 1_000;

/** The time, anew each second while the window can be seen. */
function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    let timer: ReturnType<typeof setInterval> | undefined;
    const tick = (): void => {
      setNow(Date.now());
    };
    const follow = (): void => {
      clearInterval(timer);
      if (document.visibilityState === 'hidden') return;
      tick();
      timer = setInterval(tick, SECOND);
    };
    follow();
    document.addEventListener('visibilitychange', follow);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', follow);
    };
  }, []);
  return now;
}
