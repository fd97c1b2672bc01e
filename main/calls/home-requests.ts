/** What home asks about calls. */
import type { DeskCallView } from '#common/ipc';
import type { CallProblem } from '#common/problems';
import { joinTypes } from '#protocol/join-types';
import { type Result, err, ok } from '#protocol/result';
import type { CallList } from './call-list';
import type { CardRequests } from './card-requests';
import type { DeskParts } from './desk-parts';
import type { PageReports } from './page-reports';
import type { Placing } from './placing';
import type { AnyOrder } from './rules/orders';
import { isHeldHere, ringsHere } from './rules/wanted';

export interface HomeRequestsOptions {
  readonly parts: DeskParts;
  readonly placing: Placing;
  readonly card: CardRequests;
  readonly list: CallList;
  readonly reports: PageReports;
}

export class HomeRequests {
  readonly #options: HomeRequestsOptions;

  constructor(options: HomeRequestsOptions) {
    this.#options = options;
  }

  /** A call button is about to be clicked. */
  prepare(): void {
    this.#options.parts.windows.prepare();
  }

  place(order: AnyOrder): Promise<Result<null, CallProblem>> {
    return this.#options.placing.place(order);
  }

  /** Into a running group call without a ring; where it rings here, that is to answer. Again: to its window. */
  async enter(callId: string, switchHere: boolean): Promise<Result<null, CallProblem>> {
    const { parts, card } = this.#options;
    const { store, windows, commands, mayStart, viewer } = parts;
    const known = store.find(callId);
    if (known?.facts.overSince === null && isHeldHere(known.call, viewer)) {
      return this.returnTo(callId);
    }
    if (card.rings().some((call) => call.callId === callId)) return card.accept(callId, switchHere);
    const may = mayStart(null);
    if (!may.ok) return may;
    const entered = await store.goInto(callId, () =>
      commands.run('call.enter', {
        callId,
        ...(switchHere ? { joinType: joinTypes.kick } : {}),
      }),
    );
    if (!entered.ok) return entered;
    windows.openToAnswer(callId);
    windows.show(callId);
    return ok(null);
  }

  list(): DeskCallView[] {
    return this.#options.list.views();
  }

  /** Into the window of a call that this device holds; a call of a former run gets one. */
  returnTo(callId: string): Result<null, CallProblem> {
    const { store, windows, viewer, log, onChanged } = this.#options.parts;
    const known = store.find(callId);
    if (!known || known.facts.overSince !== null || !isHeldHere(known.call, viewer)) {
      return err('call-over');
    }
    if (!known.facts.entered) {
      log.info(`call ${callId}: going back into it`);
      this.#options.reports.comeBackPrivate(callId);
    }
    store.enter(callId);
    windows.openToAnswer(callId);
    windows.show(callId);
    onChanged();
    return ok(null);
  }

  /** The same as Hang up in its window, or Decline while it rings. */
  async hangUp(callId: string): Promise<Result<null, CallProblem>> {
    const { store, viewer, nowMs } = this.#options.parts;
    const known = store.find(callId);
    if (!known || known.facts.overSince !== null) return err('call-over');
    const { call } = known;
    const concerned = isHeldHere(call, viewer) || ringsHere(known, viewer, nowMs());
    return concerned ? this.#options.card.leave(callId) : err('call-over');
  }
}
