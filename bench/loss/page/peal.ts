/** The product's own mesh, with snapshots as the server would send them. */
import type { ReceivedSignal } from '#common/ipc';
import type { CallSnapshot, Leg } from '#protocol/snapshot';
import { createMedia } from '#renderer/media/index';
import type { MeshHandlers } from '#renderer/media/ports';
import type { BareMesh, BareMeshOptions } from '../../baseline/loss/bare-mesh.mjs';

const legIdOf = (person: number): string => `leg-${person}`;
const personOf = (legId: string): number => Number(legId.slice('leg-'.length));

export function pealMesh(options: BareMeshOptions & { readonly callId: string }): BareMesh {
  const { callId, me, tracks, send, onTrack } = options;
  const ignore = (): void => undefined;
  const handlers: MeshHandlers = {
    sendSignal: (signal) => send(personOf(signal.toLeg), signal),
    iceServers: () => Promise.resolve([]),
    onRemoteTrack: (legId, _source, track) => onTrack(personOf(legId), track),
    onRemoteState: ignore,
    onLinkState: ignore,
    onLiveLegs: ignore,
    onSpeaking: ignore,
    onProblem: (legId, problem) => console.error(`${legId}: ${problem}`),
  };
  const viewer = { userId: `user-${me}`, deviceId: `device-${me}` };
  const mesh = createMedia().createMesh(callId, viewer, handlers);
  for (const track of tracks)
    mesh.setLocalTrack(track.kind === 'audio' ? 'voice' : 'camera', track);
  mesh.setLocalState({ voiceMuted: false, cameraOff: false });
  return {
    joined: (count) => mesh.update(snapshot(callId, count)),
    receive: (_from, message) => mesh.handleSignal(message as ReceivedSignal),
    close: () => mesh.stop(),
  };
}

function snapshot(callId: string, count: number): CallSnapshot {
  return {
    ...{ callId, revision: count, kind: 'group', mediaType: 2, callerId: 'user-0', createdAt: 0 },
    legs: Array.from({ length: count }, (_, person) => joinedLeg(person)),
  };
}

function joinedLeg(person: number): Leg {
  return {
    ...{ legId: legIdOf(person), userId: `user-${person}`, deviceId: `device-${person}` },
    ...{ invitedBy: 'user-0', state: 'joined', ringingOn: 0, joinIndex: person, joinedAt: person },
  };
}
