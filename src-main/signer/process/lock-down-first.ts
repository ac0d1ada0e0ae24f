/** Imported before everything else: whatever is loaded after it finds no way out. */
import { lockDown } from './lockdown.ts';

lockDown();
