/** What Peal offers to say while declining, until somebody writes own words. In the language of the window. */
export const defaultReplyKeys = ['reply.callBack', 'reply.meeting', 'reply.onMyWay'] as const;

export function defaultReplies(t: (key: string) => string): readonly string[] {
  return defaultReplyKeys.map((key) => t(key));
}
