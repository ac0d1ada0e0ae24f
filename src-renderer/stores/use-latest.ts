import { useLayoutEffect, useRef, type RefObject } from 'react';

/** The value of the last drawing, for what happens between drawings: events, timers, answers. */
export function useLatest<Value>(value: Value): RefObject<Value> {
  const latest = useRef(value);
  useLayoutEffect(() => {
    latest.current = value;
  });
  return latest;
}
