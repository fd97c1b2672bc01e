import { createHash } from 'node:crypto';

/** Leaves room for a number that tells two of one name apart. */
const readableChars = 40;

/** The user id of somebody who only gave a name: readable where the name is Latin, always the same for the same name. */
export function userIdFor(name: string): string {
  const readable = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}+/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, readableChars)
    .replace(/^-+|-+$/g, '');
  if (readable !== '') return readable;
  return `user-${createHash('sha256').update(name).digest('hex').slice(0, 12)}`;
}
