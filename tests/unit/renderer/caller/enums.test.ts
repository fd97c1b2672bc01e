/** Applications store and compare these numbers: none of them may ever change. */
import { describe, expect, it } from 'vitest';
import * as enums from '../../../../renderer/caller/enums';

const { RCCallEndReason, RCCallErrorCode } = enums;

describe('the documented numbers', () => {
  it('of error codes stay what they are', () => {
    expect(RCCallErrorCode).toEqual({
      SUCCESS: 10000,
      STATE_MACHINE_EXIT: 53200,
      SEND_MSG_ERROR: 53201,
      REJECTED_BY_BLACKLIST: 53202,
      NOT_IN_GROUP: 53203,
      GET_LOCAL_AUDIO_TRACK_ERROR: 53301,
      GET_LOCAL_VIDEO_TRACK_ERROR: 53302,
      GET_LOCAL_AUDIO_AND_VIDEO_TRACK_ERROR: 53303,
      JOIN_ROOM_ERROR: 53304,
      AUDIO_PUBLISH_ERROR: 53305,
      VIDEO_PUBLISH_ERROR: 53306,
      AUDIO_AND_VIDEO_PUBLISH_ERROR: 53307,
      QUERY_JOINED_USER_INFO_ERROR: 53308,
      MISSING_VIDEO_TRACK_ERROR: 53309,
      UNPUBLISH_VIDEO_ERROR: 53310,
      CONVERSATION_NOT_GROUP_ERROR: 53311,
      CALL_FULL: 53901,
    });
  });

  it('of end reasons stay what they are', () => {
    const names = Object.entries(RCCallEndReason).map(([name, reason]) => `${reason} ${name}`);
    expect(names).toEqual([
      '1 CANCEL',
      '2 REJECT',
      '3 HANGUP',
      '4 BUSY_LINE',
      '5 NO_RESPONSE',
      '6 ENGINE_UNSUPPORTED',
      '7 NETWORK_ERROR',
      '8 GET_MEDIA_RESOURCES_ERROR',
      '9 PUBLISH_ERROR',
      '10 SUBSCRIBE_ERROR',
      '11 REMOTE_CANCEL',
      '12 REMOTE_REJECT',
      '13 REMOTE_HANGUP',
      '14 REMOTE_BUSY_LINE',
      '15 REMOTE_NO_RESPONSE',
      '16 REMOTE_ENGINE_UNSUPPORTED',
      '17 REMOTE_NETWORK_ERROR',
      '18 REMOTE_GET_MEDIA_RESOURCE_ERROR',
      '19 REMOTE_PUBLISH_ERROR',
      '20 REMOTE_SUBSCRIBE_ERROR',
      '21 OTHER_CLIENT_JOINED_CALL',
      '22 OTHER_CLIENT_IN_CALL',
      '23 KICKED_BY_SERVER',
      '24 ACCEPT_SYSTEM_CALL',
      '31 REMOTE_OTHER_CLIENT_JOINED_CALL',
      '32 REMOTE_OTHER_CLIENT_IN_CALL',
      '33 REMOTE_KICKED_BY_SERVER',
      '34 REMOTE_ACCEPT_SYSTEM_CALL',
      '101 ACCEPT_BY_OTHER_CLIENT',
      '102 HANGUP_BY_OTHER_CLIENT',
      '103 ADDED_TO_BLACKLIST',
      '104 SERVICE_NOT_OPENED',
    ]);
  });

  it('of states, types and languages stay what they are', () => {
    expect(enums.RCCallMediaType).toEqual({ AUDIO: 1, AUDIO_VIDEO: 2 });
    expect(enums.RCCallSessionState).toEqual({ WAITING: 0, KEEPING: 1, END: 2 });
    expect(enums.RCCallUserState).toEqual({ NONE: 0, WAITING: 1, KEEPING: 2 });
    expect(enums.ConversationType).toEqual({ PRIVATE: 1, GROUP: 3 });
    expect(enums.RTCJoinType).toEqual({ KICK: 0, REFUSE: 1, COEXIST: 2 });
    expect(enums.RCCallLanguage).toEqual({ ZH: 'zh', EN: 'en' });
    expect(enums.LogLevel).toEqual({ DEBUG: 0, INFO: 1, WARN: 2, ERROR: 3, NONE: 1000 });
  });

  it('of playing stay what they are', () => {
    expect(enums.RCPlayCode).toEqual({
      SUCCESS: 10000,
      UNKNOWN_SPEAKER: 50001,
      NOT_READY: 53020,
      NO_VIDEO_ELEMENT: 53021,
      PLAY_FAILED: 53022,
    });
  });

  it('of sizes and rates are names that the devices understand', () => {
    for (const name of Object.values(enums.RCFrameRate)) expect(name).toMatch(/^FPS_\d+$/);
    for (const name of Object.values(enums.RCResolution)) expect(name).toMatch(/^W\d+_H\d+$/);
    expect(Object.keys(enums.RCFrameRate)).toHaveLength(4);
    expect(Object.keys(enums.RCResolution)).toHaveLength(13);
  });
});
