/** The Drift program: finds the instruction, runs it, writes what it changed, and fails as the real one does. */
import type { DriftDeployment } from '#main/drift/codec/addresses.ts';
import { decodeInstruction } from '#main/drift/codec/drift-coder.ts';
import { ProgramError } from '../chain/program.ts';
import type { InstructionContext, Program } from '../chain/program.ts';
import { DriftError, anchorError, driftError } from './errors.ts';
import { InstructionFrame } from './instruction-frame.ts';
import {
  cancelOrder,
  cancelOrderByUserId,
  cancelOrders,
  cancelOrdersByIds,
} from './instructions/cancel-order.ts';
import { placeAndTakePerpOrder, placeOrders, placePerpOrder } from './instructions/place-order.ts';
import { settleMultiplePnls, settlePnl } from './instructions/settle-pnl.ts';
import { deposit, transferDeposit, withdraw } from './instructions/spot.ts';
import {
  deleteUser,
  initializeUser,
  initializeUserStats,
  updateUserDelegate,
  updateUserMarginTradingEnabled,
  updateUserName,
} from './instructions/users.ts';

type Handler = (frame: InstructionFrame) => void;

const HANDLERS: ReadonlyMap<string, Handler> = new Map<string, Handler>([
  ['initializeUserStats', initializeUserStats],
  ['initializeUser', initializeUser],
  ['updateUserDelegate', updateUserDelegate],
  ['updateUserName', updateUserName],
  ['updateUserMarginTradingEnabled', updateUserMarginTradingEnabled],
  ['deleteUser', deleteUser],
  ['deposit', deposit],
  ['withdraw', withdraw],
  ['transferDeposit', transferDeposit],
  ['placePerpOrder', placePerpOrder],
  ['placeOrders', placeOrders],
  ['placeAndTakePerpOrder', placeAndTakePerpOrder],
  ['cancelOrder', cancelOrder],
  ['cancelOrderByUserId', cancelOrderByUserId],
  ['cancelOrdersByIds', cancelOrdersByIds],
  ['cancelOrders', cancelOrders],
  ['settlePnl', settlePnl],
  ['settleMultiplePnls', settleMultiplePnls],
]);

const PLACES_ORDERS: ReadonlySet<string> = new Set([
  'placePerpOrder',
  'placeOrders',
  'placeAndTakePerpOrder',
]);

/** @param onOrder called with the address of each user that an instruction may have left with a resting order. */
export function createDriftProgram(
  deployment: DriftDeployment,
  onOrder: (user: string) => void,
): Program {
  return {
    id: deployment.program,
    execute: (context) => {
      try {
        run(context, deployment, onOrder);
      } catch (error) {
        throw reported(context, error);
      }
    },
  };
}

function run(
  context: InstructionContext,
  deployment: DriftDeployment,
  onOrder: (user: string) => void,
): void {
  const instruction = decodeInstruction(context.data);
  const handler = instruction && HANDLERS.get(instruction.name);
  if (!instruction || !handler) {
    if (instruction) context.log(`The practice network does not simulate ${instruction.name}`);
    throw anchorError('InstructionFallbackNotFound', null);
  }
  context.log(
    `Instruction: ${instruction.name.charAt(0).toUpperCase()}${instruction.name.slice(1)}`,
  );
  const frame = new InstructionFrame(context, deployment, instruction);
  handler(frame);
  frame.commit();
  if (PLACES_ORDERS.has(instruction.name)) onOrder(frame.key('user').toBase58());
}

/** Whatever goes wrong fails the transaction; a value too wide for its field is the program's MathError. */
function reported(context: InstructionContext, error: unknown): ProgramError {
  if (error instanceof ProgramError && !(error instanceof DriftError)) return error;
  const failure =
    error instanceof DriftError
      ? error
      : driftError('MathError', error instanceof Error ? error.message : String(error));
  for (const line of failure.details) context.log(line);
  context.log(failure.message);
  return failure;
}
