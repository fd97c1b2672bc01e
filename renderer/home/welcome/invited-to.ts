/**
 * The server an invitation leads to, as a person reads it: its host, or nothing where the text is no invitation. Main
 * alone decides whether a link is any good.
 */
export function invitedTo(link: string): string {
  const server = URL.canParse(link) ? new URL(link).searchParams.get('server') : null;
  return server !== null && URL.canParse(server) ? new URL(server).host : '';
}
