import { describe, expect, it } from 'vitest';
import { onKeptPort } from '#server/kept-ports';

const failure = (code: string): Error => Object.assign(new Error(code), { code });

describe('the port of last time', () => {
  it('is tried again for a moment while it is taken', async () => {
    const asked: number[] = [];
    const port = await onKeptPort(4001, (wanted) => {
      asked.push(wanted);
      return asked.length < 3 ? Promise.reject(failure('EADDRINUSE')) : Promise.resolve(wanted);
    });
    expect({ port, asked }).toEqual({ port: 4001, asked: [4001, 4001, 4001] });
  });

  it('is given up for this time when it stays taken', async () => {
    const listen = (wanted: number): Promise<number> =>
      wanted === 4001 ? Promise.reject(failure('EADDRINUSE')) : Promise.resolve(50_000);
    expect(await onKeptPort(4001, listen)).toBe(50_000);
  });

  it('is not given up for what has another cause', async () => {
    const asked: number[] = [];
    const listen = (wanted: number): Promise<number> => {
      asked.push(wanted);
      return Promise.reject(failure('EACCES'));
    };
    await expect(onKeptPort(4001, listen)).rejects.toThrow('EACCES');
    expect(asked).toEqual([4001]);
  });
});
