import { ProgramError } from '../chain/program.ts';

/** What the network's owner asked for cannot be done; the message says why. */
export function refuse(message: string): ProgramError {
  return new ProgramError('InvalidArgument', message);
}
