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
  { kind, caller, mediaType, push }: CallNotice,
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
    body: content === '' ? (mediaType === 2 ? notice.videoCall : notice.audioCall) : content,
  };
}
