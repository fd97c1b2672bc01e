import { describe, expect, it } from 'vitest';
import {
  toGroupProblem,
  toInviteProblem,
  toProfileProblem,
  toRulesProblem,
} from '#main/session/request-problems';

describe('what the server answers to a request of a person', () => {
  it.each([
    { of: 'rules', toProblem: toRulesProblem },
    { of: 'links', toProblem: toInviteProblem },
    { of: 'names', toProblem: toProfileProblem },
    { of: 'groups', toProblem: toGroupProblem },
  ])(
    'tells whoever was too quick with $of to wait, and not that the server is broken',
    ({ toProblem }) => {
      expect(toProblem('rate-limited')).toBe('rate-limited');
    },
  );

  it('is a matter of the connection where nobody answered', () => {
    expect(toRulesProblem('offline')).toBe('offline');
    expect(toInviteProblem('unavailable')).toBe('offline');
  });

  it('is a problem of the server where the person can do nothing about it', () => {
    expect(toRulesProblem('not-allowed')).toBe('server-error');
    expect(toInviteProblem('internal')).toBe('server-error');
  });
});
