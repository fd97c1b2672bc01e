/** docs/protocol.md has a row for every message and code there is, and for no other. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { closeCodes } from '#protocol/close-code';
import { errorCodes } from '#protocol/error-code';
import { clientSchemas, serverSchemas } from '#protocol/messages';

const doc = readFileSync(join(import.meta.dirname, '../../../docs/protocol.md'), 'utf8');

/** The first cells of the table under the heading that begins so: the code in them, or the number. */
function namesUnder(heading: string): string[] {
  const section = doc.split(/^## /m).find((text) => text.startsWith(heading)) ?? '';
  return [...section.matchAll(/^\| (?:`([\w.-]+)`|(\d+))[^|]*\|/gm)].map(
    ([, code, number]) => code ?? number ?? '',
  );
}

describe('docs/protocol.md', () => {
  it.each([
    ['message to the server', 'Client to server', Object.keys(clientSchemas)],
    ['message to the client', 'Server to client', Object.keys(serverSchemas)],
    ['error code', 'Error codes', [...errorCodes]],
    ['close code', 'Close codes', Object.keys(closeCodes)],
  ])('has exactly one row for every %s', (_what, heading, names) => {
    expect(namesUnder(heading).toSorted()).toEqual(names.toSorted());
  });
});
