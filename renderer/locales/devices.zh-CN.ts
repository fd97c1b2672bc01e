/** Microphone, camera and loudspeaker in simplified Chinese. */
import type { devices as en } from './devices.en';
import type { Texts } from './texts';

export const devices: Texts<typeof en> = {
  menu: '设备',
  kind: {
    microphone: '麦克风',
    camera: '摄像头',
    speaker: '扬声器',
    ringSpeaker: '响铃扬声器',
  },
  system: '系统默认',
  away: '{device}（未接入）',
  unnamed: {
    microphone: '麦克风',
    camera: '摄像头',
    speaker: '扬声器',
  },
  missing: {
    microphone: '{device}未接入，已改用系统的麦克风。',
    camera: '{device}未接入，已改用系统的摄像头。',
    speaker: '{device}未接入，已改用系统的扬声器播放声音。',
  },
  isAway: '{device}未接入。重新接入之前，Peal 会使用系统的设备。',
  lead: '这里选择的设备用于每次通话，通话中也可以更换。',
  level: '麦克风音量',
  speak: '请说句话：Peal 听到你的声音时，音量条会变化。',
  preview: '你的摄像头画面',
  showCamera: '查看我的画面',
  hideCamera: '关闭摄像头',
  test: '播放测试音',
  testRing: '播放铃声',
  noSpeaker: '没有找到扬声器。接入后会自动显示在这里。',
};
