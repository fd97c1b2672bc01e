/** What `npm pack` makes of the built package, as somebody meets it who has nothing else of this project. */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageDir } from '../../support/caller-page';
import { run } from '../../support/child';
import { sampleModule, seedFile } from '../../support/seed-sample';

const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
const seedSha256 = 'f890739cb9963d5fc309ad1687ec9e722c8684e822cdbe06e0cc2b806bfeb534';

/** An application that names everything documented, and is wrong where the types have to say so. */
const consumer = `import {
  ConversationType, LogLevel, RCCallEndReason, RCCallErrorCode, RCCallLanguage, RCCallMediaType, RCCallSessionState,
  RCCallUserState, RCFrameRate, RCPlayCode, RCResolution, RTCJoinType, connect,
} from 'peal-caller';
import type {
  ConnectOptions, ConnectResult, ConnectionChange, ICallConstraints, ICallParams, ICameraVideoProfile, ICodeResult,
  IEndSummary, IGroupCallParams, IInvitedUsers, IMicphoneAudioProfile, IMuteUser, IOfflineRecord, ISenderInfo, ISessionListener,
  ICallResult, IInviteOptions, IPlayOptions, IPushConfig, IRemoteUser, IRTCJoinedInfo, IUserInfo,
  ConnectProblem, Failure, PealClient, RCCallClient, RCCallSession, RCTrack,
} from 'peal-caller';

export type Types = [
  ConnectOptions, ConnectResult, ConnectionChange, ICallConstraints, ICallParams, ICameraVideoProfile, ICodeResult,
  IEndSummary, IGroupCallParams, IInvitedUsers, IMicphoneAudioProfile, IMuteUser, IOfflineRecord, ISenderInfo, ISessionListener,
  ICallResult, IInviteOptions, IPlayOptions, IPushConfig, IRemoteUser, IRTCJoinedInfo, IUserInfo,
  ConnectProblem, Failure, PealClient, RCCallClient, RCCallSession, RCTrack,
];
export const values = [
  ConversationType.PRIVATE, RCCallEndReason.HANGUP, RCCallLanguage.EN, RCCallSessionState.END, RCCallUserState.NONE,
  RCPlayCode.SUCCESS, RTCJoinType.REFUSE, LogLevel.WARN, RCFrameRate.FPS_15, RCResolution.W640_H480,
];

export async function use(token: string, listener: ISessionListener): Promise<string> {
  const connected = await connect({
    url: 'wss://phone.example.com',
    token,
    joinType: RTCJoinType.KICK,
    onSession: (session, extra) => void [session.registerSessionListener(listener), extra?.length],
    onSessionClose: (_session, { endReason, duration }) => void [endReason === 13, duration],
    onOfflineRecord: ({ callId, inviterId }) => void [callId, inviterId],
  });
  // @ts-expect-error There is no client before it is known that signing in worked.
  connected.client;
  if (!connected.ok) return connected.message;
  const { caller } = connected.client;
  // @ts-expect-error 3 is no media type.
  void caller.call({ targetId: 'bao', mediaType: 3, listener });
  const { code, session } = await caller.call({
    targetId: 'bao',
    mediaType: RCCallMediaType.AUDIO_VIDEO,
    listener,
    constraints: { video: { frameRate: 'FPS_15', resolution: 'W640_H480' } },
  });
  return code === RCCallErrorCode.SUCCESS ? (session?.getSessionId() ?? '') : String(code);
}

export async function useInGroup(caller: RCCallClient, heard: ISessionListener): Promise<boolean> {
  const listener: ISessionListener = {
    ...heard,
    onSpeakingChange: (userIds, session) => void session.setShownHeight(userIds[0] ?? '', 360),
    onVideoAsked: (_sender, session) => void session.answerVideo(true),
    onVideoAskEnd: (session) => void session.getVideoAsk()?.until,
  };
  const call: IGroupCallParams = { userIds: ['bao', 'chen'], mediaType: RCCallMediaType.AUDIO, listener };
  // @ts-expect-error Somebody has to be called.
  void caller.callInGroup({ targetId: 'design', mediaType: RCCallMediaType.AUDIO, listener });
  const { code, session } = await caller.callInGroup({ ...call, targetId: 'design' });
  if (code === RCCallErrorCode.CALL_FULL) return (await caller.enter('a call', listener)).session !== undefined;
  const options: IInviteOptions = { extra: 'desk 4', pushTitle: 'Come', pushContent: 'We are waiting' };
  const { code: asked = RCCallErrorCode.NOT_IN_GROUP } = (await session?.invite(['eva'], options)) ?? {};
  if (asked === RCCallErrorCode.CONVERSATION_NOT_GROUP_ERROR) await session?.extend(['eva']);
  await session?.askForVideo();
  return session?.getRemoteUsers().every(({ userId, state }) => state === session.getUserState(userId)) ?? false;
}
`;

/** What the examples of the README take from the application around them. */
const applicationOfReadme = `
declare const listener: import('peal-caller').ISessionListener;
declare function tokenFromYourBackEnd(): Promise<string>;
declare function showIncomingCall(session: import('peal-caller').RCCallSession): void;
declare function showCall(session: import('peal-caller').RCCallSession | undefined): void;
declare function showEnd(reason: import('peal-caller').RCCallEndReason): void;
declare function showMembers(users: readonly import('peal-caller').IRemoteUser[]): void;
`;

/** Every example, one after the other, as they stand there. */
function examplesIn(readme: string): string {
  const examples = [...readme.matchAll(/^```ts\n([^]*?)^```$/gm)].map((match) => match[1] ?? '');
  if (examples.length < 2) throw new Error('The README has lost its examples.');
  return examples.join('\n');
}

let project: string;

beforeAll(async () => {
  project = mkdtempSync(join(tmpdir(), 'peal-caller-user-'));
  writeFileSync(join(project, 'package.json'), '{ "private": true, "type": "module" }');
  await npm('pack', packageDir, '--pack-destination', project);
  const tarball = readdirSync(project).find((name) => name.endsWith('.tgz'));
  if (tarball === undefined) throw new Error('npm pack made no file.');
  await npm('install', '--offline', '--no-audit', '--no-fund', join(project, tarball));
}, 60_000);

afterAll(() => rmSync(project, { recursive: true, force: true }));

const npm = (...args: readonly string[]): Promise<string> =>
  run('npm', ['--prefix', project, ...args]);

/** Compiles the files in the fresh project; rejects with what the compiler says. */
async function compile(files: Record<string, string>, settings: object): Promise<void> {
  const folder = mkdtempSync(join(project, 'src-'));
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const compilerOptions = {
    ...{ strict: true, noEmit: true, target: 'es2022', lib: ['es2022', 'dom'], types: [] },
    ...{ skipDefaultLibCheck: true, ...settings },
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions }));
  await run(process.execPath, [tsc, '--project', folder]).catch((error: unknown) => {
    throw new Error(String((error as { stdout?: string }).stdout ?? error));
  });
}

/** A compiler's start on a machine that is busy with other tests. */
const compileLimitMs = 60_000;
const asBundler = { module: 'esnext', moduleResolution: 'bundler' };
const asNode = { module: 'nodenext', moduleResolution: 'nodenext' };

describe('the package', () => {
  const installed = (name: string): string =>
    readFileSync(join(project, 'node_modules/peal-caller', name), 'utf8');

  it('is one module, its types and its papers, and installs without the network', () => {
    expect(readdirSync(join(project, 'node_modules/peal-caller')).sort()).toEqual([
      'LICENSE',
      'README.md',
      'index.d.ts',
      'index.js',
      'package.json',
    ]);
    expect(
      readdirSync(join(project, 'node_modules')).filter((name) => !name.startsWith('.')),
    ).toEqual(['peal-caller']);
  });

  it('imports nothing, neither in its module nor in its types', () => {
    const imports = /^\s*(import|export)\b[^;]*\bfrom\s*['"]|\bimport\(|\brequire\(/m;
    expect(imports.exec(installed('index.js'))?.[0]).toBeUndefined();
    expect(imports.exec(installed('index.d.ts'))?.[0]).toBeUndefined();
  });

  it('can be loaded where there is no page, as long as nobody connects', async () => {
    const script =
      "import { RCCallErrorCode } from 'peal-caller'; console.log(RCCallErrorCode.SUCCESS);";
    writeFileSync(join(project, 'load.mjs'), script);
    expect((await run(process.execPath, [join(project, 'load.mjs')])).trim()).toBe('10000');
  });

  it(
    'has types under all documented names for strict applications, and examples that compile',
    async () => {
      const readme = examplesIn(installed('README.md'));
      const around = { 'application.d.ts': applicationOfReadme };
      await compile({ 'consumer.ts': consumer, 'readme.ts': readme, ...around }, asNode);
    },
    compileLimitMs,
  );
});

describe('the documented sample', () => {
  it('is the seed document, byte for byte', () => {
    expect(createHash('sha256').update(readFileSync(seedFile)).digest('hex')).toBe(seedSha256);
  });

  it(
    'compiles without a change under strict rules',
    async () => {
      await compile({ 'sample.ts': sampleModule() }, asBundler);
    },
    compileLimitMs,
  );

  it(
    'would not compile against types that lack what it uses',
    async () => {
      const wrong = sampleModule().replace(" | 'setPushConfig'", '');
      await expect(compile({ 'sample.ts': wrong }, asBundler)).rejects.toThrow(/setPushConfig/);
    },
    compileLimitMs,
  );
});
