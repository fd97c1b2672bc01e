/** Text that only its key opens: AES-256-GCM, which also tells a changed one. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const algorithm = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;

/** Base64. */
export const newKey = (): string => randomBytes(32).toString('base64');

export function seal(text: string, key: string): string {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv(algorithm, Buffer.from(key, 'base64'), iv);
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64');
}

/** Null: another key, or not what was sealed. */
export function unseal(sealed: string, key: string): string | null {
  const bytes = Buffer.from(sealed, 'base64');
  const tag = bytes.subarray(ivBytes, ivBytes + tagBytes);
  try {
    const options = { authTagLength: tagBytes };
    const iv = bytes.subarray(0, ivBytes);
    const decipher = createDecipheriv(algorithm, Buffer.from(key, 'base64'), iv, options);
    decipher.setAuthTag(tag);
    const text = decipher.update(bytes.subarray(ivBytes + tagBytes));
    return Buffer.concat([text, decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}
