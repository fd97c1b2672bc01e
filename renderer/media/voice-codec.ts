/**
 * How a voice survives lost packets. With `red` (RFC 2198) each packet carries the sound of the one before it once more:
 * it takes twice the bits, and a single lost packet is not heard at all. Both ends can always read it, so each sender
 * decides for itself and at any time. Chromium lets a page choose only by the order of the payload types in the *other*
 * end's description, and describing what was agreed a second time, for this end alone, is enough for that.
 */

/** The other end's description as this end's browser is to take it. Without such a voice in it: as it is. */
export function withVoice(sdp: string, isTwice: boolean): string {
  const [head, ...sections] = sdp.split(/^(?=m=)/m);
  const at = sections.findIndex((section) => section.startsWith('m=audio '));
  const changed = sections.map((section, index) =>
    index === at ? inOrder(section, isTwice) : section,
  );
  return [head, ...changed].join('');
}

/** The first type that is no `red` is the voice itself. */
function inOrder(section: string, isTwice: boolean): string {
  const [, red] = /^a=rtpmap:(\d+) red\/48000/m.exec(section) ?? [];
  return section.replace(/^(m=audio \S+ \S+ )([\d ]+)/, (line, head: string, types: string) => {
    const all = types.split(' ');
    if (red === undefined || !all.includes(red)) return line;
    const [voice = red, ...others] = all.filter((type) => type !== red);
    return head + [...(isTwice ? [red, voice] : [voice, red]), ...others].join(' ');
  });
}
