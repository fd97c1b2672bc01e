/**
 * The documented sample, taken out of the seed document by line and not changed by a byte, inside the least code that
 * gives it what it uses: an async method with a `this`, and the names that it expects around it.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from './scratch';

export const seedFile = join(repositoryRoot, 'tests/fixtures/seed/000_98b80d0e7a76c7eb.txt');

/** First and last line of each snippet, counted from 1. */
const snippetLines = {
  push: [18, 18],
  call: [45, 145],
  callInGroup: [171, 272],
  hungup: [286, 287],
  invite: [313, 316],
} as const;

export type SnippetName = keyof typeof snippetLines;

export function snippet(name: SnippetName): string {
  const [first, last] = snippetLines[name];
  const lines = readFileSync(seedFile, 'utf8').split('\n');
  return lines.slice(first - 1, last).join('\n');
}

/** A module in TypeScript. What stands around the snippets is ours; `session` and `userIds` are handed in. */
export function sampleModule(): string {
  return `import type {
  IInvitedUsers, IMuteUser, ISenderInfo, RCCallClient, RCCallEndReason, RCCallMediaType, RCCallSession, RCTrack,
} from 'peal-caller';

export interface Scope {
  readonly caller: Pick<RCCallClient, 'call' | 'callInGroup' | 'setPushConfig'>;
  readonly callPushConfig: { pushTitle: string; pushContent: string };
  readonly hungupPushConfig: { pushTitle: string; pushContent: string };
  readonly targetId: string;
  readonly mediaType: RCCallMediaType;
  readonly user: { readonly userId: string };
  readonly RCCallErrorCode: typeof import('peal-caller').RCCallErrorCode;
}

export function createSample(scope: Scope) {
  const { caller, callPushConfig, hungupPushConfig, mediaType, user, RCCallErrorCode } = scope;
  class Sample {
    targetId = scope.targetId;

    async push() {
${snippet('push')}
    }

    async call() {
${snippet('call')}
      return { code, session };
    }

    async callInGroup(userIds: string[]) {
${snippet('callInGroup')}
      return { code, session };
    }

    async hungup(session: RCCallSession) {
${snippet('hungup')}
      return { code };
    }

    async invite(session: RCCallSession, userIds: string[]) {
${snippet('invite')}
      return { code };
    }
  }
  return new Sample();
}
`;
}
