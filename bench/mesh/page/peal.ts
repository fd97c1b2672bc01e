/** The product's own mesh, with snapshots as the server would send them. */
import type { ReceivedSignal } from '#common/ipc';
import type { CallSnapshot, Leg } from '#protocol/snapshot';
import { createMedia } from '#renderer/media/index';
import type { MeshHandlers } from '#renderer/media/ports';
import type { MeshOptions, MeshPort } from './contender';

const legIdOf = (person: number): string => `leg-${person}`;
const personOf = (legId: string): number => Number(legId.slice('leg-'.length));

export function pealMesh(options: MeshOptions): MeshPort {
  const { me, plan, voice, camera, send, onTrack, onProblem } = options;
  const viewer = { userId: `user-${me}`, deviceId: `device-${me}` };
  const ignore = (): void => undefined;
  const handlers: MeshHandlers = {
    sendSignal: (signal) => send(personOf(signal.toLeg), signal),
    iceServers: () => Promise.resolve([]),
    onRemoteTrack: (legId, source, track) => {
      // A call of voices has no cameras to show, though every link has room for one.
      if (source === 'voice' || camera) onTrack(personOf(legId), track);
    },
    onRemoteState: ignore,
    onLinkState: ignore,
    onLiveLegs: ignore,
    onSpeaking: ignore,
    onProblem: (legId, problem) => onProblem(`${legId}: ${problem}`),
  };
  const mesh = createMedia().createMesh(plan.callId, viewer, handlers);
  mesh.setLocalTrack('voice', voice);
  mesh.setLocalTrack('camera', camera);
  mesh.setLocalState({ voiceMuted: false, cameraOff: camera === null });
  return {
    joined: (count) => {
      for (let other = 0; camera && other < count; other += 1) {
        if (other !== me) mesh.setShownHeight(legIdOf(other), plan.tile.height);
      }
      mesh.update(snapshot(plan.callId, count, camera !== null));
    },
    receive: (_from, message) => mesh.handleSignal(message as ReceivedSignal),
    close: () => mesh.stop(),
  };
}

function snapshot(callId: string, count: number, isVideo: boolean): CallSnapshot {
  return {
    ...{ callId, revision: count, kind: 'group', mediaType: isVideo ? 2 : 1 },
    ...{ callerId: 'user-0', createdAt: 0 },
    legs: Array.from({ length: count }, (_, person) => joinedLeg(person)),
  };
}

function joinedLeg(person: number): Leg {
  return {
    ...{ legId: legIdOf(person), userId: `user-${person}`, deviceId: `device-${person}` },
    ...{ invitedBy: 'user-0', state: 'joined', ringingOn: 0, joinIndex: person, joinedAt: person },
  };
}
