/** The rows of docs/call-spec.md that decide() applies. It names them in its decisions, so that tests can count them. */
export const ruleIds = [] as const;
export type RuleId = `CR${number}`;
