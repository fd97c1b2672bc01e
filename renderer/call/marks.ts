/** The stages of a call on the page's performance timeline, each once, for the benches to read. */
export const markNames = [
  'peal:assigned',
  'peal:media-open',
  'peal:session',
  'peal:remote-track',
  'peal:remote-frame',
  'peal:remote-sound',
] as const;
export type MarkName = (typeof markNames)[number];

export function createMarks(timeline: Pick<Performance, 'mark'>): (name: MarkName) => void {
  const made = new Set<MarkName>();
  return (name) => {
    if (made.has(name)) return;
    made.add(name);
    timeline.mark(name);
  };
}
