/** What a notification about a call says: in the words of the calling application where it brought some, else ours. */
import { limits } from '#protocol/limits';
import type { CallNotice } from '../calls/ports';
import { type MainTexts, fill } from '../locales';
import { plainLine } from './plain-text';

export interface NoticeText {
  readonly title: string;
  readonly body: string;
}

/** The name is always there, and first: nobody but the directory says who calls. */
export function noticeText(
  { kind, caller, mediaType, group, push }: CallNotice,
  { notice }: MainTexts,
): NoticeText {
  const isIncoming = kind === 'incoming';
  const name = plainLine(caller, limits.nameChars);
  const given = (text: string | undefined, maxChars: number): string =>
    plainLine(text ?? '', maxChars);
  const title = given(isIncoming ? push?.callTitle : push?.hungupTitle, limits.pushTitleChars);
  const content = given(
    isIncoming ? push?.callContent : push?.hungupContent,
    limits.pushContentChars,
  );
  const ours = isIncoming ? notice.incomingTitle : notice.missedTitle;
  return {
    title: title === '' ? fill(ours, { name }) : fill(notice.pushTitle, { name, title }),
    body: content === '' ? kindOfCall(mediaType, group, notice) : content,
  };
}

/** Names the group, where there is one. */
function kindOfCall(
  mediaType: 1 | 2,
  group: CallNotice['group'],
  notice: MainTexts['notice'],
): string {
  const isVideo = mediaType === 2;
  if (!group) return isVideo ? notice.videoCall : notice.audioCall;
  const name = plainLine(group.name ?? '', limits.nameChars);
  if (name === '') return isVideo ? notice.groupVideoCall : notice.groupAudioCall;
  return fill(isVideo ? notice.videoCallIn : notice.audioCallIn, { name });
}
