/**
 * The two names of a page that the signatures of the mesh mention (renderer/media/ports.ts), for tests that drive the
 * mesh in a process without a page. No value of either exists there.
 */
interface MediaStreamTrack {
  readonly id: string;
}
interface MediaTrackConstraints {
  readonly groupId?: unknown;
}
