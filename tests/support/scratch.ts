/** Folders for what tests write: everything under .tmp in the checkout, never in it. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const repositoryRoot = resolve(import.meta.dirname, '../..');

/** Kept between runs: what is slow to make and never changes. */
export function cacheDir(name: string): string {
  const dir = join(repositoryRoot, '.tmp/cache', name);
  mkdirSync(dir, { recursive: true });
  return dir;
}

/** Pictures of windows, to be looked at by people. */
export function screensDir(): string {
  const dir = join(repositoryRoot, '.tmp/screens');
  mkdirSync(dir, { recursive: true });
  return dir;
}

export interface ScratchDir {
  readonly path: string;
  close(): void;
}

/** A fresh folder that its owner removes. Short, because sockets inside have at most 107 characters. */
export function makeScratchDir(name: string): ScratchDir {
  const parent = join(repositoryRoot, '.tmp/e2e');
  mkdirSync(parent, { recursive: true });
  const path = mkdtempSync(join(parent, `${name}-`));
  return { path, close: () => rmSync(path, { recursive: true, force: true, maxRetries: 5 }) };
}
