import { CHANNELS, type ChannelName } from '#ipc/contract.ts';
import { err } from '#domain/result.ts';
import { answerRequest, parseRequest, type FaultReport } from './answer-request.ts';
import type { Answer, EngineChannel, Handler, Handlers, MainChannel } from './handlers.ts';
import { isTrustedSender, senderForbidden, type Sender } from './sender-check.ts';

export interface WindowDoor {
  readonly handlers: Handlers<MainChannel>;
  /** Hands a parsed engine channel's request on, in wire form. Never rejects. */
  forward(channel: EngineChannel, request: unknown): Promise<Answer>;
  /** The id of the window's contents, or null while there is no window. */
  ownWebContentsId(): number | null;
  readonly report: FaultReport;
  /** Hears of every refused sender. */
  onForbidden(channel: ChannelName, sender: Sender): void;
}

/** What the window gets for one request: sender, schema, answer, in this order. Never rejects. */
export async function answerFromWindow(
  door: WindowDoor,
  channel: ChannelName,
  sender: Sender,
  request: unknown,
): Promise<Answer> {
  if (!isTrustedSender(sender, door.ownWebContentsId())) {
    door.onForbidden(channel, sender);
    return err(senderForbidden(channel));
  }
  if (isMainChannel(channel)) {
    const handler = door.handlers[channel] as Handler<typeof channel>;
    return answerRequest(channel, request, handler, door.report);
  }
  const parsed = parseRequest(channel, request);
  return parsed.ok ? door.forward(channel, request) : parsed;
}

function isMainChannel(channel: ChannelName): channel is MainChannel {
  return CHANNELS[channel].answeredBy === 'main';
}
