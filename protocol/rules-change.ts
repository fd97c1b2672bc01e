/** What a change makes of the rules of a user, or of another change: for the server that keeps them and who shows them. Pure. */
import type { CallRules, RulesChange } from './values';

export function changedRules(rules: CallRules, change: RulesChange): CallRules {
  const doNotDisturb = { ...rules.doNotDisturb, ...change.doNotDisturb };
  return { ...rules, ...change, doNotDisturb };
}

/** The later one counts where both say something. */
export function bothChanges(first: RulesChange, second: RulesChange): RulesChange {
  const both = { ...first, ...second };
  if (!first.doNotDisturb || !second.doNotDisturb) return both;
  return { ...both, doNotDisturb: { ...first.doNotDisturb, ...second.doNotDisturb } };
}
