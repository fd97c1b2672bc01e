/** Two people who talk while others misbehave: their signals and snapshots must go on flowing. */
import { randomUUID } from 'node:crypto';
import type { CallSnapshot } from '#protocol/snapshot';
import type { RawClient } from './raw-client';
import type { WireServer } from './wire-server';

/** What a real offer would begin with: it must never be found in a log. */
export const sdpMark = 'v=0 o=- SDP-OF-THE-HONEST';

export class HonestCall {
  readonly callId: string;
  readonly legs: { readonly anna: string; readonly bao: string };
  #revision: number;

  private constructor(
    readonly anna: RawClient,
    readonly bao: RawClient,
    call: CallSnapshot,
  ) {
    const legIds = call.legs.map(({ legId }) => legId);
    this.callId = call.callId;
    this.legs = { anna: legIds[0]!, bao: legIds[1]! };
    this.#revision = call.revision;
  }

  static async begin(server: WireServer): Promise<HonestCall> {
    const [anna, bao] = await Promise.all([server.join('anna'), server.join('bao')]);
    const { call } = await anna.request('call.start', { targetId: 'bao', mediaType: 1 });
    await bao.request('call.claim', { callId: call.callId });
    const joined = await bao.request('call.join', { callId: call.callId });
    const honest = new HonestCall(anna, bao, joined.call);
    await honest.#report(bao, [honest.legs.anna]);
    return honest;
  }

  /** A signal each way, and a change of the call that Bao hears of. */
  async expectFlows(): Promise<void> {
    try {
      await Promise.all([
        this.#signal(this.anna, this.bao, [this.legs.anna, this.legs.bao]),
        this.#signal(this.bao, this.anna, [this.legs.bao, this.legs.anna]),
        this.#change(),
      ]);
    } catch (cause) {
      const closed = `closed: ${String(this.anna.closeCode)}, ${String(this.bao.closeCode)}`;
      throw new Error(`The honest call does not flow any more (${closed}).`, { cause });
    }
  }

  async end(): Promise<CallSnapshot> {
    await this.anna.request('call.leave', { callId: this.callId, why: 'hangup' });
    return this.bao.waitForCall((call) => call.endedAt !== undefined);
  }

  async #signal(from: RawClient, to: RawClient, [fromLeg, toLeg]: [string, string]): Promise<void> {
    const payload = `${sdpMark} ${randomUUID()}`;
    const signal = { type: 'peer.signal', callId: this.callId, linkId: 'link', fromLeg, toLeg };
    from.sendText(JSON.stringify({ ...signal, payload }));
    await to.waitFor(
      (message): message is typeof message & { type: 'peer.signal' } =>
        message.type === 'peer.signal' && message.payload === payload,
      'the honest signal',
    );
  }

  /** Anna has and has not a live link, by turns. */
  async #change(): Promise<void> {
    const legIds = this.#revision % 2 === 0 ? [] : [this.legs.bao];
    const before = this.#revision;
    await this.#report(this.anna, legIds);
    const news = await this.bao.waitForCall((call) => call.revision > before);
    this.#revision = Math.max(news.revision, before + 1);
  }

  /** The legs a device has a live link to: without any, it would be put out after its grace. */
  async #report(from: RawClient, legIds: string[]): Promise<void> {
    const [calls, live] = [{ [this.callId]: this.#revision }, { [this.callId]: legIds }];
    await from.request('heartbeat', { calls, live });
  }
}
