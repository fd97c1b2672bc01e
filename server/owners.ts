/**
 * Who uses the server inside the app by "Try it on this computer": a name is typed and nothing proves it, so it stands
 * for a user that was made in this way, and never for a colleague who came by an invitation.
 */
import { join } from 'node:path';
import Type from 'typebox';
import { Compile } from 'typebox/compile';
import { Line, UserId, strict } from '#protocol/primitives';
import { limits } from '#protocol/limits';
import { readKept, writeKept } from './kept-file';
import { userIdFor } from './user-id';

/** A list, not a map: names are anything that people type. */
const Owners = Type.Array(strict({ name: Line(limits.nameChars), userId: UserId }));
type Owners = Type.Static<typeof Owners>;

const validator = Compile(Owners);

export interface OwnerUsers {
  /** False: there is a user with this id. */
  addTokenUser(user: { readonly userId: string; readonly name: string }): Promise<boolean>;
}

/** The user is there then, the same one at every start with this name. */
export async function ownerFor(folder: string, name: string, users: OwnerUsers): Promise<string> {
  const file = join(folder, 'owners.json');
  const isGood = (value: unknown): value is Owners => validator.Check(value);
  const owners = readKept(file, isGood) ?? [];
  const known = owners.find((owner) => owner.name === name);
  if (known) {
    await users.addTokenUser(known);
    return known.userId;
  }
  const userId = await makeOwner(owners, name, users);
  writeKept(file, [...owners, { name, userId }]);
  return userId;
}

/** A name that differs in signs only is the same person's; where somebody else has the id it gets a number. */
async function makeOwner(owners: Owners, name: string, users: OwnerUsers): Promise<string> {
  const wanted = userIdFor(name);
  for (let number = 1; ; number += 1) {
    const userId = number === 1 ? wanted : `${wanted}-${number}`;
    const isOwn = owners.some((owner) => owner.userId === userId);
    if (isOwn || (await users.addTokenUser({ userId, name }))) return userId;
  }
}
