/** How this user wants to be called, as the server said last. */
import type { RulesProblem } from '#common/problems';
import { type CallRules, type RequestBody, defaultCallRules } from '#protocol/messages';
import { type Result, err, ok } from '#protocol/result';
import type { SignalingPort } from '../calls/ports';
import { toRulesProblem } from './request-problems';
import type { TellHome } from './tell-home';

type ChangeType = 'rules.block' | 'rules.favourite' | 'rules.set';

export class OwnRules {
  readonly #signaling: Pick<SignalingPort, 'request'>;
  readonly #tellHome: TellHome;
  #rules: CallRules = defaultCallRules;

  constructor(signaling: Pick<SignalingPort, 'request'>, tellHome: TellHome) {
    this.#signaling = signaling;
    this.#tellHome = tellHome;
  }

  get current(): CallRules {
    return this.#rules;
  }

  block(body: RequestBody<'rules.block'>): Promise<Result<CallRules, RulesProblem>> {
    return this.#change('rules.block', body);
  }

  favour(body: RequestBody<'rules.favourite'>): Promise<Result<CallRules, RulesProblem>> {
    return this.#change('rules.favourite', body);
  }

  set(body: RequestBody<'rules.set'>): Promise<Result<CallRules, RulesProblem>> {
    return this.#change('rules.set', body);
  }

  /** With each welcome: home may still show those of whoever was signed in before. */
  handleWelcome(rules: CallRules): void {
    this.#replace(rules);
  }

  /** The reply and the push to all devices say the same: the second one is no change. */
  note(rules: CallRules): void {
    if (JSON.stringify(rules) !== JSON.stringify(this.#rules)) this.#replace(rules);
  }

  async #change<T extends ChangeType>(
    type: T,
    body: RequestBody<T>,
  ): Promise<Result<CallRules, RulesProblem>> {
    const answer = await this.#signaling.request<ChangeType>(type, body);
    if (!answer.ok) return err(toRulesProblem(answer.error));
    this.note(answer.value.rules);
    return ok(answer.value.rules);
  }

  #replace(rules: CallRules): void {
    this.#rules = rules;
    this.#tellHome('phone:rules.changed', rules);
  }
}
