/**
 * A small client of the DevTools protocol over one running Electron: it sees every page, presses what has a role and a
 * name, and reads what the page has marked. Pages are never paused while it attaches, so that watching a program does
 * not slow it: that is why a bench uses this and not a test driver.
 */
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { within } from '../../tests/support/wait';

/** Longer than any wait inside a page, which has its own limit and better words for it. */
const replyLimitMs = 30_000;

interface Target {
  readonly targetId: string;
  readonly type: string;
  readonly url: string;
}

interface Incoming {
  readonly id?: number;
  readonly method?: string;
  readonly params?: { readonly targetInfo?: Target; readonly targetId?: string };
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

export type Send = <T>(method: string, params?: object) => Promise<T>;

export class Devtools {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, Waiting>();
  readonly #targets = new Map<string, Target>();
  readonly #watchers = new Set<() => void>();
  #lastId = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (raw: Buffer) => {
      this.#receive(JSON.parse(raw.toString()) as Incoming);
    });
    socket.on('close', () => {
      for (const { reject } of this.#waiting.values()) reject(new Error('The program has ended.'));
      this.#waiting.clear();
    });
  }

  static async connect(url: string): Promise<Devtools> {
    const socket = new WebSocket(url, { perMessageDeflate: false });
    await within(once(socket, 'open'), replyLimitMs, `connection to ${url}`);
    const devtools = new Devtools(socket);
    await devtools.send('Target.setDiscoverTargets', { discover: true });
    return devtools;
  }

  send<T>(method: string, params: object = {}, sessionId?: string): Promise<T> {
    const id = ++this.#lastId;
    const reply = new Promise<T>((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as Waiting['resolve'], reject });
      this.#socket.send(JSON.stringify({ id, method, params, sessionId }));
    });
    return within(reply, replyLimitMs, `reply to ${method}`);
  }

  /** The page whose address contains `part`, as soon as there is one. */
  async page(part: string, limitMs = 10_000): Promise<Page> {
    const found = (): Target | undefined =>
      [...this.#targets.values()].find(({ type, url }) => type === 'page' && url.includes(part));
    const target = await this.#until(found, `the page ${part}`, limitMs);
    const { sessionId } = await this.send<{ sessionId: string }>('Target.attachToTarget', {
      targetId: target.targetId,
      flatten: true,
    });
    return new Page(target.targetId, (method, params) => this.send(method, params, sessionId));
  }

  async gone(part: string, limitMs = 10_000): Promise<void> {
    const left = (): boolean => ![...this.#targets.values()].some(({ url }) => url.includes(part));
    await this.#until(() => left() || undefined, `the end of the page ${part}`, limitMs);
  }

  close(): void {
    this.#socket.close();
  }

  #until<T>(find: () => T | undefined, what: string, limitMs: number): Promise<T> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const found = find();
        if (found === undefined) return;
        end();
        resolve(found);
      };
      const end = (): void => {
        clearTimeout(timer);
        this.#watchers.delete(look);
      };
      const timer = setTimeout(() => {
        end();
        reject(new Error(`Waited ${limitMs} ms for ${what}.`));
      }, limitMs);
      this.#watchers.add(look);
      look();
    });
  }

  #receive({ id, method, params, result, error }: Incoming): void {
    if (id !== undefined) {
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (error) waiting?.reject(new Error(error.message));
      else waiting?.resolve(result);
      return;
    }
    if (method === 'Target.targetDestroyed') this.#targets.delete(params?.targetId ?? '');
    else if (params?.targetInfo) this.#targets.set(params.targetInfo.targetId, params.targetInfo);
    else return;
    for (const look of [...this.#watchers]) look();
  }
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** What a person looks for: a role, and the name that a screen reader would say. */
export interface Named {
  readonly role: 'button' | 'textbox';
  readonly name: string;
}

interface RemoteObject {
  readonly result: { readonly objectId?: string };
}

interface Evaluated {
  readonly result: { readonly value?: unknown };
  readonly exceptionDetails?: { readonly exception?: { readonly description?: string } };
}

export class Page {
  readonly targetId: string;
  readonly #send: Send;

  constructor(targetId: string, send: Send) {
    this.targetId = targetId;
    this.#send = send;
  }

  /** The value of an expression in the page, awaited. */
  async evaluate<T>(expression: string): Promise<T> {
    const { result, exceptionDetails } = await this.#send<Evaluated>('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
      userGesture: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? expression);
    return result.value as T;
  }

  /** Where it can be pressed. Waits until it is there and enabled. */
  async find({ role, name }: Named, limitMs = 10_000): Promise<Point> {
    const end = performance.now() + limitMs;
    for (;;) {
      const point = await this.evaluate<Point | null>(
        `(${lookFor})(${JSON.stringify(role)}, ${JSON.stringify(name)})`,
      );
      if (point) return point;
      if (performance.now() > end) throw new Error(`Waited ${limitMs} ms for ${role} "${name}".`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async hover({ x, y }: Point): Promise<void> {
    await this.#send('Input.dispatchMouseEvent', { type: 'mouseMoved', x, y });
  }

  async press({ x, y }: Point): Promise<void> {
    const button = { x, y, button: 'left', clickCount: 1 };
    await this.#send('Input.dispatchMouseEvent', { type: 'mousePressed', ...button });
    await this.#send('Input.dispatchMouseEvent', { type: 'mouseReleased', ...button });
  }

  async click(named: Named): Promise<void> {
    const point = await this.find(named);
    await this.hover(point);
    await this.press(point);
  }

  /** Replaces what stands in a text field. */
  async fill(named: Named, text: string): Promise<void> {
    await this.click(named);
    await this.evaluate('document.activeElement?.select?.()');
    await this.#send('Input.insertText', { text });
  }

  /** When the page set this mark: milliseconds since 1970, comparable between the pages of one machine. */
  markedAt(name: string, limitMs = 15_000): Promise<number> {
    return this.evaluate<number>(`new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('No mark ${name} in ${limitMs} ms.')), ${limitMs});
      new PerformanceObserver((list, observer) => {
        const [mark] = list.getEntriesByName(${JSON.stringify(name)});
        if (!mark) return;
        observer.disconnect();
        clearTimeout(timer);
        resolve(performance.timeOrigin + mark.startTime);
      }).observe({ type: 'mark', buffered: true });
    })`);
  }

  /** Runs a function of the page on all its living objects of a class; most of them are not in the document. */
  async onObjects<T>(className: string, functionOfObjects: string): Promise<T> {
    const prototype = await this.#send<RemoteObject>('Runtime.evaluate', {
      expression: `${className}.prototype`,
    });
    const { objects } = await this.#send<{ objects: RemoteObject['result'] }>(
      'Runtime.queryObjects',
      { prototypeObjectId: prototype.result.objectId },
    );
    const { result, exceptionDetails } = await this.#send<Evaluated>('Runtime.callFunctionOn', {
      objectId: objects.objectId,
      functionDeclaration: `function () { return (${functionOfObjects})(this); }`,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? className);
    return result.value as T;
  }

  async clearMarks(): Promise<void> {
    await this.evaluate('performance.clearMarks()');
  }
}

/**
 * Looks for an enabled element by role and name, in the page. The browser's own accessibility tree would know better,
 * but asking it makes a page slower and sometimes never answers.
 */
const lookFor = `(role, wanted) => {
  const elements = { button: 'button', textbox: 'input' };
  const text = (element) => element?.textContent.trim() ?? '';
  const labelledBy = (element) =>
    (element.getAttribute('aria-labelledby') ?? '').split(' ').filter(Boolean)
      .map((id) => text(document.getElementById(id))).join(' ');
  const nameOf = (element) =>
    labelledBy(element) || element.ariaLabel || text(element.labels?.[0]) || text(element);
  const found = [...document.querySelectorAll(elements[role])].find(
    (element) => nameOf(element) === wanted && !element.disabled,
  );
  if (!found) return null;
  const { x, y, width, height } = found.getBoundingClientRect();
  return width > 0 ? { x: x + width / 2, y: y + height / 2 } : null;
}`;
