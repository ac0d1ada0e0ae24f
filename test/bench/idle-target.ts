/** A process that does nothing, beside one that works: how long this computer alone holds an event loop. */
import { watchHold } from './hold.ts';

const watch = watchHold();
process.once('message', () => {
  const hold = watch();
  process.send?.({ told: hold }, () => process.exit(0));
});
process.once('disconnect', () => process.exit(0));
process.send?.({ report: null });
