/** Signed tokens (JWT, HS256): our own access tokens, and those of an application's back end. */
import { SignJWT, errors, jwtVerify } from 'jose';
import { type Result, err, ok } from '#protocol/result';
import { limits } from '#protocol/limits';
import { userIdPattern } from '#protocol/user-id';
import { cleanName } from '../names';

const issuer = 'peal';
const accessLifeMs = 15 * 60_000;
const isUserId = new RegExp(userIdPattern);

export interface AccessClaims {
  readonly userId: string;
  readonly deviceId: string;
  /** Of the device's row: a device that was signed out or began anew has another one. */
  readonly family: string;
}

export interface AppClaims {
  readonly userId: string;
  readonly name?: string;
}

export type TokenProblem = 'bad-credentials' | 'token-expired';

export async function signAccessToken(
  claims: AccessClaims,
  key: Uint8Array,
  nowMs: number,
): Promise<{ readonly token: string; readonly expiresAt: number }> {
  const expiresAt = nowMs + accessLifeMs;
  const token = await new SignJWT({ dev: claims.deviceId, fam: claims.family })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer(issuer)
    .setSubject(claims.userId)
    .setExpirationTime(Math.floor(expiresAt / 1000))
    .sign(key);
  return { token, expiresAt };
}

export async function verifyAccessToken(
  token: string,
  key: Uint8Array,
  nowMs: number,
): Promise<Result<AccessClaims, TokenProblem>> {
  const verified = await verify(token, key, { nowMs, issuer });
  if (!verified.ok) return verified;
  const { sub, dev, fam } = verified.value;
  if (typeof sub !== 'string' || typeof dev !== 'string' || typeof fam !== 'string') {
    return err('bad-credentials');
  }
  return ok({ userId: sub, deviceId: dev, family: fam });
}

/** What an application's back end does for its users; here for tests and for the server inside the app. */
export function signAppToken(
  claims: AppClaims,
  secret: string,
  expiresAtMs: number,
): Promise<string> {
  return new SignJWT(claims.name === undefined ? {} : { name: claims.name })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(claims.userId)
    .setExpirationTime(Math.floor(expiresAtMs / 1000))
    .sign(new TextEncoder().encode(secret));
}

export async function verifyAppToken(
  token: string,
  secret: string,
  nowMs: number,
): Promise<Result<AppClaims, TokenProblem>> {
  const verified = await verify(token, new TextEncoder().encode(secret), { nowMs });
  if (!verified.ok) return verified;
  const { sub, name } = verified.value;
  if (typeof sub !== 'string' || sub.length > limits.idChars || !isUserId.test(sub)) {
    return err('bad-credentials');
  }
  if (name === undefined) return ok({ userId: sub });
  const clean = typeof name === 'string' ? cleanName(name) : null;
  return clean === null ? err('bad-credentials') : ok({ userId: sub, name: clean });
}

async function verify(
  token: string,
  key: Uint8Array,
  { nowMs, issuer: expected }: { readonly nowMs: number; readonly issuer?: string },
): Promise<Result<Readonly<Record<string, unknown>>, TokenProblem>> {
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: ['HS256'],
      requiredClaims: ['sub', 'exp'],
      currentDate: new Date(nowMs),
      ...(expected === undefined ? {} : { issuer: expected }),
    });
    return ok(payload);
  } catch (error) {
    if (error instanceof errors.JWTExpired) return err('token-expired');
    if (error instanceof errors.JOSEError) return err('bad-credentials');
    throw error;
  }
}
