/**
 * The documented numbers (docs/call-api.md), as const objects with a type of the same name.
 * Odd spellings (STATE_MACHINE_EXIT) are the documented ones and stay.
 */
import { EndReason } from '#protocol/end-reason';

/** S0:32. */
export const RCCallMediaType = { AUDIO: 1, AUDIO_VIDEO: 2 } as const;
export type RCCallMediaType = (typeof RCCallMediaType)[keyof typeof RCCallMediaType];

/** WAITING from the invitation, KEEPING once connected, END for good. */
export const RCCallSessionState = { WAITING: 0, KEEPING: 1, END: 2 } as const;
export type RCCallSessionState = (typeof RCCallSessionState)[keyof typeof RCCallSessionState];

/** NONE: was in the call and left. WAITING: is being called. KEEPING: is in the call. */
export const RCCallUserState = { NONE: 0, WAITING: 1, KEEPING: 2 } as const;
export type RCCallUserState = (typeof RCCallUserState)[keyof typeof RCCallUserState];

/** The language of default push texts. */
export const RCCallLanguage = { ZH: 'zh', EN: 'en' } as const;
export type RCCallLanguage = (typeof RCCallLanguage)[keyof typeof RCCallLanguage];

/** S0:75; the numbers are those of the wire (protocol/end-reason.ts). */
export const RCCallEndReason = EndReason;
export type RCCallEndReason = EndReason;

/** S0:41, S0:142. Success is 10000; 0 is not. */
export const RCCallErrorCode = {
  SUCCESS: 10000,
  /** An unfinished call exists. */
  STATE_MACHINE_EXIT: 53200,
  /** The command did not reach the server, or the server refused it. */
  SEND_MSG_ERROR: 53201,
  /** The other person blocked this user. */
  REJECTED_BY_BLACKLIST: 53202,
  /** This user is not in the group. */
  NOT_IN_GROUP: 53203,
  /** The microphone could not be opened. */
  GET_LOCAL_AUDIO_TRACK_ERROR: 53301,
  /** The camera could not be opened. */
  GET_LOCAL_VIDEO_TRACK_ERROR: 53302,
  /** Microphone and camera could not both be opened. */
  GET_LOCAL_AUDIO_AND_VIDEO_TRACK_ERROR: 53303,
  /** The media could not be joined. */
  JOIN_ROOM_ERROR: 53304,
  /** The microphone could not be sent. */
  AUDIO_PUBLISH_ERROR: 53305,
  /** The camera could not be sent. */
  VIDEO_PUBLISH_ERROR: 53306,
  /** Neither could be sent. */
  AUDIO_AND_VIDEO_PUBLISH_ERROR: 53307,
  /** Who is joined could not be asked. */
  QUERY_JOINED_USER_INFO_ERROR: 53308,
  /** There is no local picture to switch. */
  MISSING_VIDEO_TRACK_ERROR: 53309,
  /** The camera could not be taken out of the call. */
  UNPUBLISH_VIDEO_ERROR: 53310,
  /** Only people in a group call can be invited. */
  CONVERSATION_NOT_GROUP_ERROR: 53311,
  /** Ours, from the reserved range: more people than one call may have. */
  CALL_FULL: 53901,
} as const;
export type RCCallErrorCode = (typeof RCCallErrorCode)[keyof typeof RCCallErrorCode];

/** What RCTrack.play() answers, besides 10000. */
export const RCPlayCode = {
  SUCCESS: 10000,
  /** The loudspeaker asked for does not exist or may not be used. */
  UNKNOWN_SPEAKER: 50001,
  /** The track has ended. */
  NOT_READY: 53020,
  /** A picture needs an HTMLVideoElement. */
  NO_VIDEO_ELEMENT: 53021,
  /** The browser refused to play. */
  PLAY_FAILED: 53022,
} as const;
export type RCPlayCode = (typeof RCPlayCode)[keyof typeof RCPlayCode];

/** One person, or a group. */
export const ConversationType = { PRIVATE: 1, GROUP: 3 } as const;
export type ConversationType = (typeof ConversationType)[keyof typeof ConversationType];

/** What becomes of the user's call on another device when this one starts or answers a call. */
export const RTCJoinType = {
  /** It is left there. */
  KICK: 0,
  /** This one is refused. */
  REFUSE: 1,
  /** Both go on. */
  COEXIST: 2,
} as const;
export type RTCJoinType = (typeof RTCJoinType)[keyof typeof RTCJoinType];

/** From which level on something is reported; NONE reports nothing. */
export const LogLevel = { DEBUG: 0, INFO: 1, WARN: 2, ERROR: 3, NONE: 1000 } as const;
export type LogLevel = (typeof LogLevel)[keyof typeof LogLevel];

/** Pictures a second. */
export const RCFrameRate = {
  FPS_10: 'FPS_10',
  FPS_15: 'FPS_15',
  FPS_24: 'FPS_24',
  FPS_30: 'FPS_30',
} as const;
export type RCFrameRate = (typeof RCFrameRate)[keyof typeof RCFrameRate];

/** Width and height of a picture, in pixels. */
export const RCResolution = {
  W176_H132: 'W176_H132',
  W176_H144: 'W176_H144',
  W256_H144: 'W256_H144',
  W320_H180: 'W320_H180',
  W240_H240: 'W240_H240',
  W320_H240: 'W320_H240',
  W480_H360: 'W480_H360',
  W640_H360: 'W640_H360',
  W480_H480: 'W480_H480',
  W640_H480: 'W640_H480',
  W720_H480: 'W720_H480',
  W1280_H720: 'W1280_H720',
  W1920_H1080: 'W1920_H1080',
} as const;
export type RCResolution = (typeof RCResolution)[keyof typeof RCResolution];
