/**
 * What a notification at the called person says when the calling application wants default words in one language
 * (install option `lang`). By media type: 1 audio, 2 audio and video. The titles are those of the documented library,
 * which addresses its reader with 您; so does the rest here, unlike our own windows.
 */
interface DefaultPush {
  readonly callTitle: string;
  readonly callContent: string;
  readonly hungupTitle: string;
  readonly hungupContent: string;
}

const endedEn = {
  hungupTitle: 'Missed call',
  hungupContent: 'The call ended before it was answered.',
};

const endedZh = { hungupTitle: '未接来电', hungupContent: '对方在您接听之前结束了呼叫。' };

export const pushTexts: Readonly<Record<'en' | 'zh', Readonly<Record<1 | 2, DefaultPush>>>> = {
  en: {
    1: { callTitle: 'You have a voice call', callContent: 'Somebody is calling you.', ...endedEn },
    2: { callTitle: 'You have a video call', callContent: 'Somebody is calling you.', ...endedEn },
  },
  zh: {
    1: { callTitle: '您有一条音频通话', callContent: '有人正在呼叫您。', ...endedZh },
    2: { callTitle: '您有一条视频通话', callContent: '有人正在呼叫您。', ...endedZh },
  },
};
