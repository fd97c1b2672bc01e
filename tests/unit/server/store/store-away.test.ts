import { describe, expect, it } from 'vitest';
import { Conflict, isStoreAway } from '#server/store/store-away';

const coded = (code: string): Error => Object.assign(new Error('failed'), { code });

describe('a database that may answer in a moment', () => {
  it.each([
    ['a statement that took too long', coded('57014')],
    ['a deadlock', coded('40P01')],
    ['a name that is not found', coded('ENOTFOUND')],
    ['a name server that is away', coded('EAI_AGAIN')],
    ['a refused connection', coded('ECONNREFUSED')],
    ['a busy file', coded('SQLITE_BUSY_SNAPSHOT')],
    ['a call that changed too often', new Conflict()],
    ['no free connection', new Error('timeout exceeded when trying to connect')],
  ])('is told by %s', (_what, error) => {
    expect(isStoreAway(error)).toBe(true);
  });

  it.each([
    ['a broken constraint', coded('23505')],
    ['a bug', new TypeError('x is undefined')],
    ['no error at all', 'ECONNREFUSED'],
  ])('is not told by %s', (_what, error) => {
    expect(isStoreAway(error)).toBe(false);
  });
});
