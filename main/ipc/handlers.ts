/** What each request does, one file for each kind of window. Thin: the work is in main/session and main/calls. */
import { callHandlers } from './call-handlers';
import type { Desk, HandlerParts } from './handler-parts';
import { homeHandlers } from './home-handlers';
import { incomingHandlers } from './incoming-handlers';
import type { AllHandlers } from './router';

export function createHandlers(parts: HandlerParts): AllHandlers {
  const desk: Desk = () => parts.keeper.session?.desk ?? null;
  return {
    ...homeHandlers(parts, desk),
    ...incomingHandlers(parts, desk),
    ...callHandlers(parts, desk),
    'phone:echo.ready': () => {
      parts.echo.handleReady();
      return null;
    },
  };
}
