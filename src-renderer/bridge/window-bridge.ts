import { createBridge, type Bridge } from './bridge.ts';
import './keel-api.ts';

/** The one bridge of this window. */
export const bridge: Bridge = createBridge(() => window.keel);
