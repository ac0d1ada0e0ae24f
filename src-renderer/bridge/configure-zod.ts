/**
 * The window's policy forbids code made from strings, which zod would otherwise try. Must be evaluated before any
 * module that declares a schema: the choice is made when a schema is built.
 */
import { z } from 'zod';

z.config({ jitless: true });
