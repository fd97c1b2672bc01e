/** Which addresses updates have to do with. */

/** Files are fetched over TLS alone, or from a server on this very computer. */
export function mayFetch(address: string): boolean {
  const url = parsed(address);
  if (!url) return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isThisComputer(url.hostname));
}

/** The whole address of a file of the feed, if it lies where the feed lies. */
export function fileAddress(feed: string, address: string): string | null {
  const url = parsed(address, feed);
  const isBeside = url !== null && url.origin === parsed(feed)?.origin;
  return isBeside && mayFetch(url.href) ? url.href : null;
}

/** The whole address of a page that the system may open: a secure one, on the host of the feed. */
export function pageAddress(feed: string, address: string): string | null {
  const url = parsed(address, feed);
  const isOfHost = url !== null && url.hostname === parsed(feed)?.hostname;
  return isOfHost && url.protocol === 'https:' ? url.href : null;
}

/** An address with a name or a password in it is none of ours. */
function parsed(address: string, base?: string): URL | null {
  if (!URL.canParse(address, base)) return null;
  const url = new URL(address, base);
  return url.username === '' && url.password === '' ? url : null;
}

function isThisComputer(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}
