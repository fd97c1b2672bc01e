/**
 * Data folders of a server with people in them. The admin's program makes one for each build and set of people; every
 * server gets a copy, because a start of the program for each account would be a good part of opening a team.
 */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './child';
import type { Person } from './people';
import { cacheDir, repositoryRoot } from './scratch';

export const serverProgram = join(repositoryRoot, 'out/main/peal-server.js');

export async function fillWithAccounts(data: string, people: readonly Person[]): Promise<void> {
  const folder = join(cacheDir('accounts'), keyOf(people));
  if (!existsSync(folder)) await make(folder, people);
  cpSync(folder, data, { recursive: true });
}

/** What another build made may have other tables. */
function keyOf(people: readonly Person[]): string {
  const made = JSON.stringify([statSync(serverProgram).mtimeMs, people]);
  return createHash('sha256').update(made).digest('hex').slice(0, 16);
}

async function make(folder: string, people: readonly Person[]): Promise<void> {
  const own = mkdtempSync(`${folder}-`);
  try {
    for (const person of people) await addUser(own, person);
    renameSync(own, folder);
  } catch (error) {
    // Another process may have made it meanwhile.
    if (!existsSync(folder)) throw error;
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
}

async function addUser(data: string, { userId, name, password }: Person): Promise<void> {
  const account = ['user', 'add', userId, '--name', name, '--password-stdin'];
  const command = `printf %s "$PASSWORD" | exec "$@"`;
  const admin = [process.execPath, serverProgram, ...account, '--data', data];
  await run('sh', ['-c', command, 'sh', ...admin], { PASSWORD: password });
}
